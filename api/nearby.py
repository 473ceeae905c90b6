"""Where: a box or a point in degrees, and the venues in it or around it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import ASin, Cast, Cos, Least, Power, Radians, Sin, Sqrt
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from spaces.models import Venue

DISTANCE = "distance_km"
_EARTH_KM = 6371.0088
_DEGREE_KM = 110.0
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Corner:
    """A place on the earth in degrees."""

    latitude: float
    longitude: float


def _numbers(data: Any) -> list[float]:
    parts = data.split(",") if isinstance(data, str) and len(data) < 100 else []
    return [float(part) for part in parts if _NUMBER.fullmatch(part.strip())]


def _corner(latitude: float, longitude: float) -> Corner | None:
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Corner(latitude, longitude)


@extend_schema_field(OpenApiTypes.STR)
class Point(serializers.Field):
    """`51.45,0.15`."""

    default_error_messages = {"invalid": _("Write a latitude and a longitude, like 51.45,0.15.")}

    def to_internal_value(self, data: Any) -> Corner:
        """The place."""
        found = _numbers(data)
        corner = _corner(*found) if len(found) == 2 else None
        if corner is None:
            self.fail("invalid")
        return corner


@extend_schema_field(OpenApiTypes.STR)
class Box(serializers.Field):
    """`0.05,51.40,0.25,51.50`: west, south, east, north."""

    default_error_messages = {
        "invalid": _("Write west, south, east and north, like 0.05,51.40,0.25,51.50.")
    }

    def to_internal_value(self, data: Any) -> tuple[Corner, Corner]:
        """The south-west and the north-east corner."""
        found = _numbers(data)
        if len(found) != 4:
            self.fail("invalid")
        west, south, east, north = found
        low, high = _corner(south, west), _corner(north, east)
        if low is None or high is None or west >= east or south >= north:
            self.fail("invalid")
        return low, high


def named(rows: QuerySet[Venue], words: str) -> QuerySet[Venue]:
    """Venues in whose name or address every word stands."""
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(town__icontains=word)
            | Q(postcode__icontains=word)
            | Q(address__icontains=word)
        )
    return rows


def inside(rows: QuerySet[Venue], box: tuple[Corner, Corner]) -> QuerySet[Venue]:
    """Venues in a box."""
    low, high = box
    return rows.filter(
        latitude__range=(low.latitude, high.latitude),
        longitude__range=(low.longitude, high.longitude),
    )


def around(rows: QuerySet[Venue], centre: Corner, *, within_km: float) -> QuerySet[Venue]:
    """Venues at most so far away as the crow flies, with their distance."""
    north = within_km / _DEGREE_KM
    east = north / max(math.cos(math.radians(centre.latitude)), 0.01)
    rows = rows.filter(
        latitude__range=(centre.latitude - north, centre.latitude + north),
        longitude__range=(centre.longitude - east, centre.longitude + east),
    )
    annotated: QuerySet[Any] = rows.annotate(**{DISTANCE: _haversine(centre)})
    return annotated.filter(**{f"{DISTANCE}__lte": within_km})


def _haversine(centre: Corner) -> Any:
    latitude, longitude = (Cast(F(name), FloatField()) for name in ("latitude", "longitude"))
    here = Value(math.radians(centre.latitude), output_field=FloatField())
    there = Value(math.radians(centre.longitude), output_field=FloatField())
    half = Value(2.0, output_field=FloatField())
    north = Power(Sin((Radians(latitude) - here) / half), 2)
    east = Power(Sin((Radians(longitude) - there) / half), 2)
    chord = north + Cos(Radians(latitude)) * Cos(here) * east
    return ASin(Sqrt(Least(chord, Value(1.0)))) * Value(2 * _EARTH_KM)
