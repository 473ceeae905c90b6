"""Taking access facts over from OpenStreetMap, row by row, without a second copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from math import cos, hypot, radians
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from spaces.access_facts import FACTS
from spaces.importing.osm import Told, read_tags
from spaces.models import AccessFact, AccessNode, Venue
from spaces.services.access import FactPlace, Said, record_facts
from spaces.services.ways import save_place

_METRES_A_DEGREE = 111_200
_NEAR_METRES = 150


@dataclass(slots=True)
class OsmRow:
    """What became of one thing on the map. `outcome`: updated, unchanged or refused."""

    row: int
    outcome: str
    venue: str = ""
    place: str = ""
    facts: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_record(self) -> dict[str, Any]:
        return asdict(self)


def features_of(data: Any) -> list[Any]:
    """The things of a GeoJSON collection, of an Overpass answer, or of a plain list.

    Raises: ValueError where it is none of these.
    """
    if isinstance(data, dict):
        data = data.get("features", data.get("elements"))
    if not isinstance(data, list):
        message = _("There is no list of features in it.")
        raise ValueError(message)
    return data


def import_osm(
    features: Iterable[Any], *, council_id: int, actor: User | None, now: datetime
) -> list[OsmRow]:
    """Each thing belongs to the venue it names (`openhall`), or to one of its name close by.

    With `entrance` it is a door of that venue. A row that is refused leaves the others alone.
    """
    venues = list(Venue.objects.filter(council=council_id).select_related("council", "operator"))
    with transaction.atomic():
        return [
            _one(number, feature, venues, actor=actor, now=now)
            for number, feature in enumerate(features, start=1)
        ]


def _one(
    number: int, feature: Any, venues: list[Venue], *, actor: User | None, now: datetime
) -> OsmRow:
    if not isinstance(feature, Mapping):
        return OsmRow(number, "refused", warnings=[_("This is not a thing with tags.")])
    tags = feature.get("properties") or feature.get("tags") or {}
    if not isinstance(tags, Mapping) or not tags:
        return OsmRow(number, "refused", warnings=[_("It has no tags.")])
    tags = {str(key): str(value) for key, value in tags.items() if value is not None}
    venue = _venue_of(tags, _point(feature), venues)
    if venue is None:
        words = _("No venue here has this name at this place.")
        return OsmRow(number, "refused", warnings=[words])
    read = read_tags(tags, is_entrance="entrance" in tags)
    row = OsmRow(number, "unchanged", venue.slug, warnings=read.warnings)
    try:
        with transaction.atomic():
            place = _place(venue, tags, actor=actor, now=now)
            row.place = place.name if place.node else ""
            said = [
                _said(one, read.day, read.note)
                for one in read.facts.values()
                if FACTS[one.code].belongs_to(place.where)
            ]
            row.facts = record_facts(
                place, said, source=AccessFact.Source.IMPORTED, actor=actor, now=now
            )
    except DomainError as error:
        return OsmRow(number, "refused", venue.slug, warnings=[*read.warnings, str(error.message)])
    row.outcome = "updated" if row.facts else "unchanged"
    return row


def _said(told: Told, day: date | None, note: str) -> Said:
    is_about_the_way_in = told.code == "entrance_step_free"
    return Said(
        told.code,
        told.value,
        day,
        choice=told.choice,
        measure=told.measure,
        note=note if is_about_the_way_in else "",
    )


def _place(
    venue: Venue, tags: Mapping[str, str], *, actor: User | None, now: datetime
) -> FactPlace:
    """The venue, or the door that the tags speak of; a new door is drawn, but leads nowhere yet."""
    if tags.get("entrance", "no") == "no":
        return FactPlace(venue)
    default = _("Main entrance") if tags["entrance"] == "main" else _("Entrance")
    name = (tags.get("name:entrance") or tags.get("ref") or default)[:80]
    node = AccessNode.objects.filter(venue=venue, kind=AccessNode.Kind.ENTRANCE, name=name).first()
    if node is None:
        node = save_place(
            AccessNode(venue=venue, kind=AccessNode.Kind.ENTRANCE, name=name), actor=actor, now=now
        )
    return FactPlace(venue, node=node)


def _venue_of(
    tags: Mapping[str, str], point: tuple[float, float] | None, venues: list[Venue]
) -> Venue | None:
    if named := tags.get("openhall") or tags.get("venue"):
        return next((venue for venue in venues if venue.slug == named), None)
    name = slugify(tags.get("name", ""))
    if not name or point is None:
        return None
    near = [venue for venue in venues if slugify(venue.name) == name and _is_near(venue, point)]
    return near[0] if len(near) == 1 else None


def _is_near(venue: Venue, point: tuple[float, float]) -> bool:
    if venue.latitude is None or venue.longitude is None:
        return False
    longitude, latitude = point
    up = (latitude - venue.latitude) * _METRES_A_DEGREE
    across = (longitude - venue.longitude) * _METRES_A_DEGREE * cos(radians(latitude))
    return hypot(up, across) <= _NEAR_METRES


def _point(feature: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude of a point, of GeoJSON or of Overpass."""
    geometry = feature.get("geometry")
    found = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if found is None:
        centre = feature.get("center")
        centre = centre if isinstance(centre, Mapping) else feature
        found = [centre.get("lon"), centre.get("lat")]
    try:
        longitude, latitude = float(found[0]), float(found[1])
    except (TypeError, ValueError, LookupError):
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None
