"""The search question and its answers as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.clock import start_of_day
from core.intervals import Span
from spaces.access_facts import NEEDS, State
from spaces.availability import Reason


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `radius_m` metres of a point."""

    latitude: float
    longitude: float
    radius_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which public spaces suit `people` during each of `spans`, near a place, with these needs.

    Empty fields ask nothing. `venue_ids`: only these venues, where words were asked for; empty
    finds nothing. `with_needs`: read what is known of each of `spaces.access_facts.NEEDS`. The
    most spans is `spaces.timetable.MOST_DATES`.
    """

    spans: tuple[Span, ...] = ()
    people: int | None = None
    near: Circle | None = None
    with_needs: bool = False
    venue_kinds: tuple[str, ...] = ()
    space_kinds: tuple[str, ...] = ()
    council_id: int | None = None
    venue_ids: tuple[int, ...] | None = None


_BIT = {need: 1 << n for n, need in enumerate(NEEDS)}


class Facts(NamedTuple):
    """The answers to needs: bit n is need n of NEEDS; in neither mask it is not known."""

    yes_mask: int
    no_mask: int

    def state_of(self, need: str) -> State:
        """Whether a need is met; unknown is not no."""
        bit = _BIT[need]
        if self.no_mask & bit:
            return State.NO
        return State.YES if self.yes_mask & bit else State.UNKNOWN


class Fit(NamedTuple):
    """One bookable space as the answer; bit n of a mask is span n of the question.

    `metres` is None where the question named no place. `open_mask` says nothing where
    `hours_known` is False. (A tuple, because two thousand of them are made for one question.)
    """

    space_id: int
    venue_id: int
    capacity: int | None
    hours_known: bool
    expanded_until: date | None
    least_minutes: int
    longest_minutes: int
    notice_hours: int
    booking_window_days: int
    metres: float | None
    open_mask: int
    busy_mask: int
    yes_mask: int
    no_mask: int

    @property
    def free_mask(self) -> int:
        """The spans in which it is known to be open and nothing holds it."""
        return self.open_mask & ~self.busy_mask if self.hours_known else 0

    @property
    def free_count(self) -> int:
        return self.free_mask.bit_count()

    def ask_mask(self, count: int) -> int:
        """The spans of `count` that nothing holds, where the venue must say if it is open."""
        return 0 if self.hours_known else ((1 << count) - 1) & ~self.busy_mask

    def reasons(self, n: int, span: Span) -> frozenset[Reason]:
        """Why span `n` may not be had; empty where it may."""
        found = {Reason.TAKEN} if self.busy_mask >> n & 1 else set()
        if not self.hours_known:
            found.add(Reason.HOURS_UNKNOWN)
        elif not self.open_mask >> n & 1:
            until = start_of_day(self.expanded_until) if self.expanded_until else None
            is_beyond = until is not None and span.end > until
            found.add(Reason.BEYOND_HORIZON if is_beyond else Reason.OUTSIDE_HOURS)
        return frozenset(found)

    @property
    def facts(self) -> Facts:
        return Facts(self.yes_mask, self.no_mask)


class Ask(NamedTuple):
    """A venue that is booked elsewhere or by phone and is not ruled out by place or kind."""

    venue_id: int
    metres: float | None
    yes_mask: int
    no_mask: int

    @property
    def facts(self) -> Facts:
        return Facts(self.yes_mask, self.no_mask)
