"""Where people say they are: a postcode, a street, an area, a station, a venue, or 51.45,0.15.

Everything is found in the installation's own gazetteer, and by the postcodes of its venues:
imported ones may stand where the gazetteer ends. Only where OPENHALL_GEOCODER names a
service of geopy (`nominatim?domain=geo.example.org&user_agent=openhall`), words that the
gazetteer does not have are sent there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import structlog
from django.conf import settings
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Avg, Case, IntegerField, QuerySet, Value, When

from spaces.models import Place, Venue

# Alike enough for a slip of the pen: "Mill Laen" finds Mill Lane, "Mill" alone does not.
_ALIKE = 0.4
_LONGEST_TEXT = 100
_GEOCODER_SECONDS = 3
_POSTCODE = re.compile(r"([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})")
_DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d{1,12})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?")
_KINDS = (
    Place.Kind.AREA,
    Place.Kind.STATION,
    Place.Kind.STREET,
    Place.Kind.STOP,
    Place.Kind.DISTRICT,
    Place.Kind.POSTCODE,
)
_log = structlog.get_logger("openhall.places")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A point on the ground. `is_guess`: not exactly what was written."""

    name: str
    latitude: float
    longitude: float
    ward_id: int | None = None
    council_id: int | None = None
    is_guess: bool = False


def search_key(text: str) -> str:
    """Lower case, without spaces or marks: how the gazetteer is looked up."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST_TEXT]).lower()
    return "".join(char for char in plain if char.isalnum())


def find_place(text: str, *, council_id: int | None = None) -> FoundPlace | None:
    """The place that `text` most likely means, one of the council's own first; None if none."""
    key = search_key(text)
    if not key:
        return None
    if degrees := _DEGREES.fullmatch(text.strip()):
        return _point(float(degrees[1]), float(degrees[2]))
    if _POSTCODE.fullmatch(key) or _OUTWARD.fullmatch(key):
        return _postcode(key, council_id) or _geocoded(text)
    return (
        _named(key, council_id)
        or _venue(text.strip()[:_LONGEST_TEXT])
        or _misspelt(key, council_id)
        or _geocoded(text)
    )


def suggestions(text: str, *, limit: int = 8) -> list[str]:
    """Names that begin with what has been typed, for a list below the field. One query."""
    key = search_key(text)
    if len(key) < 2:
        return []
    rows = Place.objects.filter(search_key__startswith=key).order_by("search_key")
    return list(dict.fromkeys(rows.values_list("name", flat=True)[: limit * 2]))[:limit]


def _ranked(places: QuerySet[Any], council_id: int | None) -> QuerySet[Any]:
    kinds = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(_KINDS)]
    own = Case(
        When(council_id=council_id, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    by_kind = Case(*kinds, default=Value(len(_KINDS)), output_field=IntegerField())
    return places.annotate(own=own, by_kind=by_kind)


def _postcode(key: str, council_id: int | None) -> FoundPlace | None:
    """The postcode itself, else the venues at it, else its district, else the district's middle."""
    match = _POSTCODE.fullmatch(key)
    outward = match[1] if match else key
    found = _first(
        _ranked(
            Place.objects.filter(
                kind__in=[Place.Kind.POSTCODE, Place.Kind.DISTRICT], search_key__in=[key, outward]
            ),
            council_id,
        ).order_by("-kind", "own", "pk"),
        key,
    )
    if match and (found is None or found.is_guess):
        written = f"{match[1]} {match[2]}".upper()
        at_it = _middle(written, _venues().filter(postcode__iexact=written))
        found = replace(at_it, is_guess=False) if at_it else found
    if found is not None:
        return found
    inside = Place.objects.filter(
        kind=Place.Kind.POSTCODE, search_key__regex=rf"^{outward}[0-9][a-z]{{2}}$"
    )
    of_venues = _venues().filter(postcode__istartswith=f"{outward} ")
    return _middle(outward.upper(), inside) or _middle(outward.upper(), of_venues)


def _middle(name: str, rows: QuerySet[Any]) -> FoundPlace | None:
    found = rows.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if found["latitude"] is None:
        return None
    return FoundPlace(name, found["latitude"], found["longitude"], is_guess=True)


def _point(latitude: float, longitude: float) -> FoundPlace | None:
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return FoundPlace(f"{latitude}, {longitude}", latitude, longitude)


def _venues() -> QuerySet[Venue]:
    """Those that may be found by where they are."""
    return Venue.objects.filter(visibility=Venue.Visibility.PUBLIC, latitude__isnull=False)


def _named(key: str, council_id: int | None) -> FoundPlace | None:
    exact = Place.objects.filter(search_key=key)
    found = _first(_ranked(exact, council_id).order_by("own", "by_kind", "pk"), key)
    if found is not None or len(key) < 3:
        return found
    begins = Place.objects.filter(search_key__startswith=key).exclude(kind=Place.Kind.POSTCODE)
    return _first(_ranked(begins, council_id).order_by("own", "by_kind", "search_key", "pk"), key)


def _venue(text: str) -> FoundPlace | None:
    venue = _venues().filter(name__iexact=text).order_by("pk").first()
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return FoundPlace(venue.name, venue.latitude, venue.longitude, venue.ward_id, venue.council_id)


def _misspelt(key: str, council_id: int | None) -> FoundPlace | None:
    alike = (
        _ranked(Place.objects.exclude(kind=Place.Kind.POSTCODE), council_id)
        .annotate(alike=TrigramSimilarity("search_key", key))
        .filter(alike__gte=_ALIKE)
        .order_by("-alike", "own", "by_kind", "pk")
    )
    return _first(alike, key)


def _first(places: QuerySet[Any], key: str) -> FoundPlace | None:
    place = next(iter(places[:1]), None)
    if place is None:
        return None
    return FoundPlace(
        place.name,
        place.latitude,
        place.longitude,
        place.ward_id,
        place.council_id,
        is_guess=place.search_key != key,
    )


def _geocoded(text: str) -> FoundPlace | None:
    """What the configured service makes of it; a service that fails is as good as none."""
    service, _mark, parameters = getattr(settings, "OPENHALL_GEOCODER", "").partition("?")
    if not service:
        return None
    from geopy.exc import GeopyError
    from geopy.geocoders import get_geocoder_for_service

    try:
        geocoder = get_geocoder_for_service(service)(
            **dict(parse_qsl(parameters)), timeout=_GEOCODER_SECONDS
        )
        found = geocoder.geocode(text[:_LONGEST_TEXT])
    except GeopyError as error:
        _log.warning("geocoder failed", reason=type(error).__name__)
        return None
    if found is None:
        return None
    return FoundPlace(text.strip(), found.latitude, found.longitude, is_guess=True)
