"""Venues as objects with their spaces inside, for JSON and GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from spaces.exporting.access_columns import measured
from spaces.exporting.answers import Answer
from spaces.exporting.column import Cell, Column
from spaces.exporting.columns import SPACE_ONLY, VENUE_ONLY, VENUES
from spaces.exporting.rows import SpaceRow, VenueRow

_PLACES = {"latitude", "longitude"}
# RFC 7946, 11.2: six are ten centimetres.
_DECIMALS = 6


def as_feature(row: VenueRow) -> dict[str, Any]:
    """A feature of RFC 7946; of what stands beside a fact only what is known."""
    told = {column.name: _value(column.of(row)) for column in VENUES if column.name not in _PLACES}
    beside = {column.name for column in VENUES if column.group == "of_fact"}
    properties = {name: value for name, value in told.items() if value or name not in beside}
    properties["spaces"] = [_plain(SPACE_ONLY, space) for space in row.spaces]
    return {
        "type": "Feature",
        "id": row.venue.slug,
        "geometry": _geometry(row),
        "properties": properties,
    }


def as_object(row: VenueRow) -> dict[str, Any]:
    """A venue with every fact about it, those of its doors and lifts, and its spaces."""
    return {
        **_plain(VENUE_ONLY, row),
        "needs": row.needs,
        "access": _facts(row.access),
        "places": [
            {"kind": place.kind, "name": place.name, "access": _facts(place.access)}
            for place in row.places
        ],
        "spaces": [
            {**_plain(SPACE_ONLY, space), "needs": space.needs, "access": _facts(space.own)}
            for space in row.spaces
        ],
    }


def _geometry(row: VenueRow) -> dict[str, Any] | None:
    latitude, longitude = row.venue.latitude, row.venue.longitude
    if latitude is None or longitude is None:
        return None
    return {
        "type": "Point",
        "coordinates": [round(longitude, _DECIMALS), round(latitude, _DECIMALS)],
    }


def _plain(columns: Iterable[Column], row: VenueRow | SpaceRow) -> dict[str, Any]:
    return {column.name: _value(column.of(row)) for column in columns}


def _facts(access: Mapping[str, Answer]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "value": said.value,
            **_told(
                source=said.source,
                checked_on=said.checked_on,
                kind=said.choice,
                measured=measured(said),
                unit=said.unit,
                note=said.note,
            ),
        }
        for code, said in access.items()
    ]


def _told(**said: Cell) -> dict[str, Any]:
    return {name: _value(value) for name, value in said.items() if value}


def _value(value: Cell) -> Any:
    """Null for what is not known; numbers as numbers, days like 2027-01-05."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
