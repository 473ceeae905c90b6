"""Stops and stations near a place, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from spaces.models import Stop

_METRES_A_DEGREE = 111_200
_EARTH = 6_371_000
NEAR_METRES = 1_200
MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class NearStop:
    """A stop, and how far it is in a straight line."""

    stop: Stop
    metres: float


def nearest_stops(
    latitude: float, longitude: float, *, within: int = NEAR_METRES, most: int = MOST_NEAR
) -> list[NearStop]:
    """Those in use within a straight line of so many metres. One query, over a box by index."""
    up = within / _METRES_A_DEGREE
    across = up / max(cos(radians(latitude)), 0.01)
    rows = Stop.objects.filter(
        is_served=True,
        latitude__range=(latitude - up, latitude + up),
        longitude__range=(longitude - across, longitude + across),
    )
    here = (latitude, longitude)
    found = [NearStop(stop, metres_between(here, (stop.latitude, stop.longitude))) for stop in rows]
    near = [one for one in found if one.metres <= within]
    return sorted(near, key=lambda one: (one.metres, one.stop.code))[:most]


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Over the ground, by haversine."""
    up, across = radians(other[0] - one[0]), radians(other[1] - one[1])
    part = sin(up / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(across / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(part)))
