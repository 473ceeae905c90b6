"""What the rules look at, loaded once for all dates; the rules themselves never query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bookings.requests import BookingRequest
from core.intervals import Span
from spaces.models import Space, Venue


@dataclass(frozen=True, slots=True)
class QuietTime:
    """A quiet time of the space or of one that hears it.

    `loudest` is the most allowed here; `activities` are those allowed, none named: any.
    """

    span: Span
    loudest: int
    place: str
    promise: str
    why: str = ""
    activities: tuple[str, ...] = ()
    is_next_door: bool = False


@dataclass(frozen=True, slots=True)
class NextDoor:
    """A live use in a space that hears ours."""

    span: Span
    loudness: int
    needs_quiet: bool
    place: str


@dataclass(frozen=True, slots=True)
class Presence:
    """People who will be in the building."""

    span: Span
    people: int


@dataclass(frozen=True, slots=True)
class LicenceEnd:
    """When music or the sale of alcohol must end, on London dates [first_on, last_on]."""

    kind: str
    first_on: date
    last_on: date | None
    until: time
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """`opening`: by space id, merged spans. Instants are UTC."""

    request: BookingRequest
    venue: Venue
    spaces: Sequence[Space]
    now: datetime
    opening: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    quiet: Sequence[QuietTime] = ()
    next_door: Sequence[NextDoor] = ()
    in_building: Sequence[Presence] = ()
    waiting: int = 0
    licence: Sequence[LicenceEnd] = ()
    event_notices: Sequence[Span] = ()
