"""What a profile makes of a row: a venue with one space, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spaces.models import AccessFact, Facility, Space


@dataclass(frozen=True, slots=True)
class FactRecord:
    """What the record says of one fact; about the space where `is_of_space`, else the venue."""

    code: str
    value: AccessFact.Value
    note: str = ""
    is_of_space: bool = False


@dataclass(frozen=True, slots=True)
class VenueRecord:
    """One venue of a source. `fields` are the venue's own columns, and follow the source.

    `first_fields` are set when it is added and then left to whoever runs it.
    """

    key: str
    fields: dict[str, Any]
    first_fields: dict[str, Any]
    space_name: str
    space_kind: Space.Kind
    space_description: str = ""
    ward_name: str = ""
    ward_code: str = ""
    facilities: dict[Facility.Code, int | None] = field(default_factory=dict)
    facts: tuple[FactRecord, ...] = ()
    checked_on: date | None = None
    warnings: tuple[str, ...] = ()
