"""Turns the lattice and the anchors of the content into coordinates. The same every time.

Two wards that touch share each point of the border between them, so wards tile without gaps.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from demo.content.boroughs import COLUMNS_EACH, COUNCILS, FAR_BANK, LATTICE, ROWS
from demo.content.kinds import Anchor, CouncilSpec, ShapeSpec

Point = tuple[float, float]
Ring = list[list[float]]

KM_LATITUDE = 1 / 111.2
KM_LONGITUDE = 1 / (111.2 * math.cos(math.radians(51.5)))
_CELLS = {
    ward: (council.first_column + n % COLUMNS_EACH, n // COLUMNS_EACH)
    for council in COUNCILS
    for n, ward in enumerate(council.wards)
}


def ward_ring(ward: str) -> Ring:
    """The ward's border, closed, clockwise from its north-west corner."""
    column, row = _CELLS[ward]
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    return _ring(corners)


def council_ring(council: CouncilSpec) -> Ring:
    """The border of the whole borough, closed."""
    west, east = council.first_column, council.first_column + COLUMNS_EACH
    top = [(c, 0) for c in range(west, east)]
    right = [(east, r) for r in range(ROWS)]
    bottom = [(c, ROWS) for c in range(east, west, -1)]
    left = [(west, r) for r in range(ROWS, 0, -1)]
    return _ring(top + right + bottom + left)


def river_ring() -> Ring:
    """The tidal river north of both boroughs: their bank, then the far one."""
    last = len(LATTICE[0]) - 1
    near = [point for c in range(last) for point in _edge((c, 0), (c + 1, 0))[:-1]]
    west, east = LATTICE[0][0], LATTICE[0][last]
    bank = [(west[0] - 0.016, west[1] - 0.001), *near, east, (east[0] + 0.016, east[1] - 0.002)]
    far = smooth(FAR_BANK)
    return _closed([*bank, *far])


def brook_ring() -> Ring:
    """The brook on the border between the boroughs, 25 metres wide, as an area."""
    middle = [p for r in range(ROWS) for p in _edge((COLUMNS_EACH, r), (COLUMNS_EACH, r + 1))[:-1]]
    middle.append(LATTICE[ROWS][COLUMNS_EACH])
    half = 0.025 * KM_LONGITUDE
    west = [(x - half, y) for x, y in middle]
    east = [(x + half, y) for x, y in reversed(middle)]
    return _closed([*west, *east])


def anchor_point(anchor: Anchor) -> Point:
    """Longitude and latitude of a spot in a ward, rounded to a metre or so."""
    ward, east, north = anchor
    column, row = _CELLS[ward]
    u, v = (east + 1) / 2, (1 - north) / 2
    nw, ne = LATTICE[row][column], LATTICE[row][column + 1]
    sw, se = LATTICE[row + 1][column], LATTICE[row + 1][column + 1]
    longitude = (1 - v) * ((1 - u) * nw[0] + u * ne[0]) + v * ((1 - u) * sw[0] + u * se[0])
    latitude = (1 - v) * ((1 - u) * nw[1] + u * ne[1]) + v * ((1 - u) * sw[1] + u * se[1])
    return round(longitude, 5), round(latitude, 5)


def shape_points(shape: ShapeSpec) -> Ring:
    """A line made smooth, or for a park or a lake a closed blob round its middle."""
    if len(shape.anchors) > 1:
        return _listed(smooth([anchor_point(anchor) for anchor in shape.anchors]))
    return _blob(anchor_point(shape.anchors[0]), shape.size, seed=shape.name)


def smooth(points: Sequence[Point], *, steps: int = 5) -> list[Point]:
    """A Catmull-Rom curve through every point."""
    padded = [points[0], *points, points[-1]]
    found: list[Point] = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        found.extend(_curve((a, b, c, d), step / steps) for step in range(steps))
    return [*found, points[-1]]


def _curve(through: tuple[Point, Point, Point, Point], t: float) -> Point:
    a, b, c, d = through
    x, y = (
        0.5
        * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t**2
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )
        for i in (0, 1)
    )
    return x, y


def _blob(middle: Point, size: tuple[float, float], *, seed: str) -> Ring:
    rng = random.Random(seed)
    corners = 11
    points = []
    for n in range(corners):
        angle = 2 * math.pi * n / corners
        reach = rng.uniform(0.78, 1.12)
        points.append(
            (
                middle[0] + math.cos(angle) * size[0] * reach * KM_LONGITUDE,
                middle[1] + math.sin(angle) * size[1] * reach * KM_LATITUDE,
            )
        )
    curve = smooth([points[-1], *points, points[0], points[1]], steps=3)
    return _closed(curve[3 : 3 + corners * 3])


@cache
def _edge(start: tuple[int, int], end: tuple[int, int]) -> tuple[Point, ...]:
    """The border between two corners, the same points whichever way it is walked."""
    if start > end:
        return tuple(reversed(_edge(end, start)))
    rng = random.Random(f"{start}{end}")
    points: list[Point] = [LATTICE[start[1]][start[0]], LATTICE[end[1]][end[0]]]
    for _round in range(3):
        points = list(_roughened(points, rng))
    return tuple(points)


def _roughened(points: Sequence[Point], rng: random.Random) -> Iterable[Point]:
    for (ax, ay), (bx, by) in pairwise(points):
        swing = rng.uniform(-0.09, 0.09)
        yield ax, ay
        yield (
            (ax + bx) / 2 - swing * (by - ay) * KM_LONGITUDE / KM_LATITUDE,
            (ay + by) / 2 + swing * (bx - ax) * KM_LATITUDE / KM_LONGITUDE,
        )
    yield points[-1]


def _ring(corners: Sequence[tuple[int, int]]) -> Ring:
    around = [*corners, corners[0]]
    found: list[Point] = []
    for start, end in pairwise(around):
        found.extend(_edge(start, end)[:-1])
    return _closed(found)


def _closed(points: Sequence[Point]) -> Ring:
    return _listed([*points, points[0]])


def _listed(points: Sequence[Point]) -> Ring:
    return [[round(x, 5), round(y, 5)] for x, y in points]
