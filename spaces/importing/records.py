"""What a row is taken to say: a venue, its room where it names one, and its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spaces.models import AccessFact, Facility, Space


@dataclass(frozen=True, slots=True)
class FactRecord:
    """What the list says of one fact; about the space where `is_of_space`, else the venue."""

    code: str
    value: AccessFact.Value
    note: str = ""
    measure: int | None = None
    is_of_space: bool = False


@dataclass(frozen=True, slots=True)
class SpaceRecord:
    """A room or pitch that the list names; `slug` where the list has ours."""

    name: str
    kind: Space.Kind
    description: str = ""
    slug: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class VenueRecord:
    """One venue of a list. `fields` follow the list until somebody changes them by hand.

    `first_fields` are set when it is added and then left to whoever runs it. `key` is the
    list's own number, or what stands in for it.
    """

    key: str
    fields: dict[str, Any]
    first_fields: dict[str, Any]
    space: SpaceRecord | None = None
    ward_name: str = ""
    ward_code: str = ""
    facilities: dict[Facility.Code, int | None] = field(default_factory=dict)
    facts: tuple[FactRecord, ...] = ()
    checked_on: date | None = None
