"""A venue as a schema.org place, with what is known of access as `amenityFeature`."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString

from spaces.access_facts import FACTS, State
from spaces.models import AccessFault, Space, Venue, VenueKind
from spaces.routes import VenueAccess
from spaces.routes.load import VENUE_KEY

_TYPES = {
    VenueKind.LIBRARY: "Library",
    VenueKind.PARK: "Park",
    VenueKind.PLACE_OF_WORSHIP: "PlaceOfWorship",
}
_FAULTY = {
    AccessFault.What.LIFT: "lift",
    AccessFault.What.TOILET: "accessible_toilet",
    AccessFault.What.HOIST: "changing_places",
    AccessFault.What.LOOP: "hearing_loop",
    AccessFault.What.ENTRANCE: "entrance_step_free",
    AccessFault.What.PARKING: "parking_blue_badge_count",
    AccessFault.What.QUIET: "quiet_space",
}
_IN_A_PAGE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def schema_org(
    venue: Venue, spaces: list[Space], access: VenueAccess, *, url: str
) -> dict[str, Any]:
    """The venue and its rooms; `url` is its page. What is not known is left out."""
    place: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(VenueKind(venue.kind), "EventVenue"),
        "@id": url,
        "url": url,
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "addressLocality": venue.town,
            "postalCode": venue.postcode,
            "addressCountry": "GB",
        },
        "amenityFeature": [*_features(access), *_faults(access)],
        "containsPlace": [_room(space) for space in spaces],
    }
    place["address"] = {name: value for name, value in place["address"].items() if value}
    if venue.latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return {name: value for name, value in place.items() if value != []}


def data_block(data: dict[str, Any]) -> SafeString:
    """For <script type="application/ld+json">, which runs nothing: no tag can end it early."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_IN_A_PAGE))


def _features(access: VenueAccess) -> list[dict[str, Any]]:
    found = []
    for code, fact in FACTS.items():
        known = access.state(VENUE_KEY, code)
        if known.state is State.UNKNOWN:
            continue
        feature: dict[str, Any] = {
            "@type": "LocationFeatureSpecification",
            "name": str(fact.question),
            "propertyID": code,
            "value": known.state is State.YES,
        }
        measure = known.rows[0].measure if known.state is State.YES else None
        if measure is not None:
            feature["value"] = int(measure)
            feature["unitText"] = known.rows[0].unit
        found.append(feature)
    return found


def _faults(access: VenueAccess) -> list[dict[str, Any]]:
    found = []
    for fault in access.faults:
        code = _FAULTY[AccessFault.What(fault.what)]
        feature: dict[str, Any] = {
            "@type": "LocationFeatureSpecification",
            "name": str(FACTS[code].question),
            "propertyID": code,
            "value": False,
            "validFrom": fault.starts_at.isoformat(),
        }
        if fault.until:
            feature["validThrough"] = fault.until.isoformat()
        found.append(feature)
    return found


def _room(space: Space) -> dict[str, Any]:
    room: dict[str, Any] = {"@type": "MeetingRoom", "name": space.name}
    if space.capacity:
        room["occupancy"] = {"@type": "QuantitativeValue", "maxValue": space.capacity}
    return room
