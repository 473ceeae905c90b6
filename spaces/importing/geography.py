"""Where a place is: degrees, or metres on the British National Grid."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _
from pyproj import Transformer
from pyproj.network import set_network_enabled

# Great Britain and Northern Ireland, with room to spare.
_LATITUDES = (49.0, 61.5)
_LONGITUDES = (-9.0, 2.5)
_EASTINGS = (1_000.0, 700_000.0)
_NORTHINGS = (1_000.0, 1_300_000.0)
# Metres as maps on the web count them (EPSG:3857): no place on the grid lies so far north.
_WEB_EASTINGS = (-1_000_000.0, 280_000.0)
_WEB_NORTHINGS = (6_270_000.0, 8_750_000.0)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SQUARE = re.compile(r"([HNST])([A-HJ-Z])\s*(\d{2,5}\s+\d{2,5}|(?:\d\d){2,5})")
_SHAPE = re.compile(r"(MULTI)?(POINT|POLYGON|LINESTRING)|GEOMETRYCOLLECTION")
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Found:
    """Degrees, or None; `code` and `words`: what to say about it, empty for nothing."""

    place: tuple[float, float] | None
    code: str = ""
    words: str = ""


def from_pair(x: str, y: str) -> Found:
    """`x` is a longitude or easting, `y` a latitude or northing, as the list has them."""
    east, north = _number(x), _number(y)
    if east is None and north is None and not x and not y:
        return Found(None)
    if east is None or north is None:
        said = ", ".join(one for one in (x, y) if one)[:60]
        return _off(_("“%(said)s” is not a pair of coordinates: left out.") % {"said": said})
    if east == 0 or north == 0:
        return _off(_("The coordinates are 0: left out."))
    if _is_in(north, _LATITUDES) and _is_in(east, _LONGITUDES):
        return Found((north, east))
    if _is_in(east, _LATITUDES) and _is_in(north, _LONGITUDES):
        words = _("Latitude and longitude were swapped: put right. Change them over in the list.")
        return Found((east, north), "swapped", words)
    if place := _from_metres(east, north):
        return Found(place)
    said = f"{x}, {y}"[:60]
    words = _("The coordinates %(said)s are not in the United Kingdom: left out.")
    return Found(None, "not_in_britain", words % {"said": said})


def from_text(said: str) -> Found:
    """A pair in one cell, a POINT(…), or a grid reference such as SJ 789 912."""
    words = " ".join(said.upper().split())
    if not words:
        return Found(None)
    if square := _SQUARE.fullmatch(words):
        return _from_square(square)
    words = words.partition(";")[2] if words.startswith("SRID") else words
    if re.fullmatch(r"0[01][0-9A-F]{20,}", words):
        return _from_binary(words)
    pair = _middle(words) if _SHAPE.match(words) else _NUMBER.findall(words)
    if len(pair) != 2:
        cut = {"said": said[:60]}
        return _off(_("“%(said)s” is not a pair of coordinates: left out.") % cut)
    first, second = pair
    is_metres = abs(float(first)) > 180
    if _SHAPE.match(words) or is_metres:
        return from_pair(first, second)
    # People write latitude first.
    found = from_pair(second, first)
    return Found(found.place) if found.code == "swapped" else found


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Over the ground."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    part = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * 6_371_000 * asin(min(1.0, sqrt(part)))


def _from_metres(east: float, north: float) -> tuple[float, float] | None:
    if _is_in(east, _EASTINGS) and _is_in(north, _NORTHINGS):
        place = _from_grid(east, north)
        if _is_in(place[0], _LATITUDES) and _is_in(place[1], _LONGITUDES):
            return place
    if _is_in(east, _WEB_EASTINGS) and _is_in(north, _WEB_NORTHINGS):
        return _from_web_map(east, north)
    return None


@cache
def _grid() -> Transformer:
    # Nothing is fetched: the Helmert shift that is built in is good to 5 metres.
    set_network_enabled(False)
    return Transformer.from_crs(27700, 4326, always_xy=True)


def _from_grid(east: float, north: float) -> tuple[float, float]:
    longitude, latitude = _grid().transform(east, north)
    return round(latitude, 6), round(longitude, 6)


def _from_web_map(east: float, north: float) -> tuple[float, float]:
    set_network_enabled(False)
    longitude, latitude = _web_map().transform(east, north)
    return round(latitude, 6), round(longitude, 6)


@cache
def _web_map() -> Transformer:
    return Transformer.from_crs(3857, 4326, always_xy=True)


def _middle(words: str) -> list[str]:
    """The middle of a shape in words (WKT); a point is its own."""
    corners = [_NUMBER.findall(corner)[:2] for corner in words.split(",")]
    if any(len(corner) != 2 for corner in corners):
        return []
    sides = ([float(corner[n]) for corner in corners] for n in (0, 1))
    return [f"{(min(side) + max(side)) / 2:.7f}" for side in sides]


def _from_binary(words: str) -> Found:
    """A point as databases write it (EWKB in hexadecimal)."""
    data = bytes.fromhex(words) if len(words) % 2 == 0 else b""
    order = "<" if data[:1] == b"\x01" else ">"
    kind = struct.unpack(f"{order}I", data[1:5])[0] if len(data) >= 21 else 0
    at = 9 if kind & 0x20000000 else 5
    if kind & 0xFF != 1 or len(data) < at + 16:
        return _off(_("“%(said)s” is not a pair of coordinates: left out.") % {"said": words[:60]})
    x, y = struct.unpack(f"{order}dd", data[at : at + 16])
    return from_pair(f"{x:.7f}", f"{y:.7f}")


def _from_square(square: re.Match[str]) -> Found:
    first, second = _LETTERS.index(square[1]), _LETTERS.index(square[2])
    digits = square[3]
    half = len(digits) // 2
    easting, _space, northing = digits.partition(" ")
    if not northing:
        easting, northing = digits[:half], digits[half:]
    east_km = ((first - 2) % 5) * 500 + (second % 5) * 100
    north_km = (19 - (first // 5) * 5) * 100 - (second // 5) * 100
    if len(easting) != len(northing):
        return _off(_("“%(said)s” is not a grid reference: left out.") % {"said": square[0]})
    size = 10 ** (5 - len(easting))
    east = east_km * 1000 + int(easting) * size + size / 2
    north = north_km * 1000 + int(northing) * size + size / 2
    return from_pair(str(east), str(north))


def _number(said: str) -> float | None:
    words = said.replace(" ", "")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", words):
        words = words.replace(",", "")
    elif re.fullmatch(r"[-+]?\d{1,3},\d+", words):
        words = words.replace(",", ".")
    if not re.fullmatch(r"[-+\u2212]?\d{1,9}(\.\d{1,20})?", words, re.ASCII):
        return None
    return float(words.replace("\u2212", "-"))


def _off(words: str) -> Found:
    return Found(None, "coordinates", words)


def _is_in(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]
