"""The drawn map of components/map.html: shapes of the councils in view, and numbered pins.

A script may turn it into one that moves (static/js/map.js); where the installation names no tile
server, that one lies on the very same drawing.

Everything is drawn on a sheet 400 wide; a kilometre is as long from north to south as across.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.conf import settings

from spaces.models import MapShape, Ward

_WIDTH, _HEIGHT = 400, 380
# A pin is 44 high and 32 wide and stands on its point.
_SIDE, _TOP, _BOTTOM = 34, 60, 24
_KM_A_DEGREE = 111.2
_LEAST_KM = 1.0
_KINDS = {
    MapShape.Kind.LAND: "land",
    MapShape.Kind.WATER: "water",
    MapShape.Kind.PARK: "green",
    MapShape.Kind.ROAD: "road",
    MapShape.Kind.RAIL: "rail",
}
_ORDER = ("land", "green", "water", "river", "ward", "road", "rail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A numbered place; `kind` is "all" where it fits every date, "some" where it does not."""

    number: int
    latitude: float
    longitude: float
    href: str
    name: str
    kind: str = "all"


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere on the ground with a name to write beside it."""

    latitude: float
    longitude: float
    name: str


class _Sheet:
    """From degrees to places on the sheet, so that every point has room."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats, lons = [p[0] for p in points], [p[1] for p in points]
        self._middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
        self._km = (_KM_A_DEGREE, _KM_A_DEGREE * cos(radians(self._middle[0])))
        high = max((max(lats) - min(lats)) * self._km[0], _LEAST_KM)
        wide = max((max(lons) - min(lons)) * self._km[1], _LEAST_KM)
        self._scale = min((_WIDTH - 2 * _SIDE) / wide, (_HEIGHT - _TOP - _BOTTOM) / high)

    def place(self, latitude: float, longitude: float) -> tuple[int, int]:
        across = (longitude - self._middle[1]) * self._km[1] * self._scale
        down = (self._middle[0] - latitude) * self._km[0] * self._scale
        return round(_WIDTH / 2 + across), round((_HEIGHT + _TOP - _BOTTOM) / 2 + down)

    def bounds(self) -> list[list[float]]:
        """The south-west and north-east corners of the sheet, in degrees."""
        up = (_HEIGHT + _TOP - _BOTTOM) / 2
        north = self._middle[0] + up / (self._km[0] * self._scale)
        south = self._middle[0] - (_HEIGHT - up) / (self._km[0] * self._scale)
        half = _WIDTH / 2 / (self._km[1] * self._scale)
        west, east = self._middle[1] - half, self._middle[1] + half
        return [[round(south, 6), round(west, 6)], [round(north, 6), round(east, 6)]]

    def path(self, points: Iterable[Sequence[float]]) -> str:
        """SVG path data; empty where nothing of it is on the sheet."""
        drawn: list[tuple[int, int]] = []
        for longitude, latitude in points:
            spot = self.place(latitude, longitude)
            if not drawn or drawn[-1] != spot:
                drawn.append(spot)
        xs, ys = [x for x, _y in drawn], [y for _x, y in drawn]
        if len(drawn) < 2 or max(xs) < 0 or max(ys) < 0 or min(xs) > _WIDTH or min(ys) > _HEIGHT:
            return ""
        closed = "Z" if drawn[0] == drawn[-1] else ""
        return "M" + "L".join(f"{x} {y}" for x, y in drawn) + closed


def drawn_map(
    pins: Sequence[Pin],
    *,
    council_ids: Collection[int],
    title: str,
    here: Spot | None = None,
    spots: Sequence[Spot] = (),
) -> dict[str, Any] | None:
    """The context of components/map.html; None where there is nothing to show. Two queries.

    `spots` are written beside their place; without any, the wards are.
    """
    points = [(pin.latitude, pin.longitude) for pin in pins]
    points += [(spot.latitude, spot.longitude) for spot in (*spots, *([here] if here else []))]
    if not points:
        return None
    sheet = _Sheet(points)
    wards = list(Ward.objects.filter(council_id__in=council_ids))
    shapes = _shapes(sheet, council_ids) + _borders(sheet, wards)
    shapes.sort(key=lambda shape: _ORDER.index(shape["kind"]))
    return {
        "title": title,
        "height": _HEIGHT,
        "bounds": json.dumps(sheet.bounds()),
        "tiles": settings.OPENHALL_MAP_TILES,
        "tiles_credit": settings.OPENHALL_MAP_CREDIT,
        "shapes": shapes,
        "labels": _labels(sheet, spots or [_middle_of(ward) for ward in wards if ward.boundary]),
        "pins": [_pin(sheet, pin) for pin in pins],
        "here": _xy(sheet.place(here.latitude, here.longitude)) if here else None,
    }


def _shapes(sheet: _Sheet, council_ids: Collection[int]) -> list[dict[str, str]]:
    rows = MapShape.objects.filter(council_id__in=council_ids).order_by("pk")
    found = []
    for row in rows:
        kind = _KINDS[MapShape.Kind(row.kind)]
        if kind == "water" and row.points and row.points[0] != row.points[-1]:
            kind = "river"
        found.append({"kind": kind, "path": sheet.path(row.points)})
    return [shape for shape in found if shape["path"]]


def _borders(sheet: _Sheet, wards: Iterable[Ward]) -> list[dict[str, str]]:
    found = [{"kind": "ward", "path": sheet.path(ward.boundary)} for ward in wards]
    return [shape for shape in found if shape["path"]]


def _middle_of(ward: Ward) -> Spot:
    longitudes = [point[0] for point in ward.boundary]
    latitudes = [point[1] for point in ward.boundary]
    return Spot(sum(latitudes) / len(latitudes), sum(longitudes) / len(longitudes), ward.name)


def _labels(sheet: _Sheet, spots: Iterable[Spot]) -> list[dict[str, Any]]:
    """Words that stand on the sheet with room around them, each clear of those before."""
    labels: list[dict[str, Any]] = []
    for spot in spots:
        x, y = sheet.place(spot.latitude, spot.longitude)
        half = 4 * len(spot.name)
        if (
            half < x < _WIDTH - half
            and 16 < y < _HEIGHT - 8
            and not any(
                abs(x - other["x"]) < half + 4 * len(other["text"]) and abs(y - other["y"]) < 18
                for other in labels
            )
        ):
            labels.append({"x": x, "y": y, "text": spot.name})
    return labels


def _pin(sheet: _Sheet, pin: Pin) -> dict[str, Any]:
    at = _xy(sheet.place(pin.latitude, pin.longitude))
    return {
        **at,
        "number": pin.number,
        "href": pin.href,
        "name": pin.name,
        "kind": pin.kind,
        "degrees": json.dumps([round(pin.latitude, 6), round(pin.longitude, 6)]),
    }


def _xy(at: tuple[int, int]) -> dict[str, int]:
    return {"x": at[0], "y": at[1]}
