"""When a rule holds, as values. Whoever evaluates them gets three answers: yes, no, unknown.

Times of day are minutes after midnight on London's wall clock; every window is [start, end).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tariffs.rules.ranges import Range
from tariffs.rules.words import LATER_FACTS, LENGTH, Kind

DAY_MINUTES = 24 * 60


class Day(StrEnum):
    """How a rule may name days. A bank holiday outranks a named day, and that a kind of day."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end) of a day; an end at or before the start is on the next day."""

    start: int
    end: int

    @property
    def wraps(self) -> bool:
        return self.end <= self.start

    def minutes(self) -> frozenset[int]:
        """Where the window begins and ends within a day."""
        return frozenset({self.start % DAY_MINUTES, self.end % DAY_MINUTES})

    def holds(self, minute: int) -> bool:
        """Whether the window covers this minute of the day."""
        if self.wraps:
            return minute >= self.start or minute < self.end
        return self.start <= minute < self.end

    def within(self, other: Window) -> bool:
        """Whether every minute of this window is in `other`."""
        start, end = self._unrolled()
        first, last = other._unrolled()
        return any(
            first + shift <= start and end <= last + shift
            for shift in (-DAY_MINUTES, 0, DAY_MINUTES)
        )

    def _unrolled(self) -> tuple[int, int]:
        return self.start, self.end + (DAY_MINUTES if self.wraps else 0)


@dataclass(frozen=True, slots=True)
class DateRange:
    """First and last day, both included: (month, day) of every year, or one date."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    def holds(self, day: date) -> bool:
        """Whether `day` is in it; a yearly range may pass the new year."""
        if len(self.first) == 3:
            return self.first <= (day.year, day.month, day.day) <= self.last
        spot = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= spot <= self.last
        return spot >= self.first or spot <= self.last


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fact is among `words` (or all, or none of them are)."""

    name: str
    fact: str
    kind: Kind
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class YesNo:
    name: str
    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class InRange:
    name: str
    fact: str
    range: Range


@dataclass(frozen=True, slots=True)
class Crosses:
    """The hire begins before this minute of the day and ends after it."""

    minute: int
    name: str = "crosses"


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """The whole hire lies between two moments of a week, in minutes after Monday 00:00."""

    first: int
    last: int
    name: str = "span"


@dataclass(frozen=True, slots=True)
class InDates:
    """A stretch is on one of these dates."""

    name: str
    ranges: tuple[DateRange, ...]
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class During:
    """A stretch is the use itself, setting up, or clearing down."""

    words: frozenset[str]
    name: str = "during"


@dataclass(frozen=True, slots=True)
class DayNumber:
    """The number of the day within the hire, from 1."""

    range: Range
    name: str = "day_number"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `choices` holds."""

    choices: tuple[When, ...]
    name: str = "any"


@dataclass(frozen=True, slots=True)
class Not:
    """`when` does not hold."""

    when: When
    name: str = "unless"


Test = OneOf | YesNo | InRange | Crosses | WeekSpan | InDates | During | DayNumber | AnyOf | Not
_BY_SLICE = (InDates, During, DayNumber)


@dataclass(frozen=True, slots=True)
class When:
    """When a rule holds. None: whoever, whichever day, the whole day."""

    categories: frozenset[str] | None = None
    days: frozenset[Day] | None = None
    window: Window | None = None
    daypart: str = ""
    tests: tuple[Test, ...] = ()

    def inner(self) -> Iterator[When]:
        """The conditions inside `any` and `unless`."""
        for test in self.tests:
            if isinstance(test, AnyOf):
                yield from test.choices
            elif isinstance(test, Not):
                yield test.when

    def cuts(self) -> frozenset[int]:
        """Minutes of the day at which the answer may change."""
        own = self.window.minutes() if self.window else frozenset()
        return own.union(*(inner.cuts() for inner in self.inner()))

    def is_by_slice(self) -> bool:
        """Whether the answer may differ within one hire."""
        if self.days is not None or self.window is not None:
            return True
        return any(isinstance(test, _BY_SLICE) for test in self.tests) or any(
            inner.is_by_slice() for inner in self.inner()
        )

    def needs_total(self) -> bool:
        """Whether the answer is known only once the hire is priced."""
        return any(
            isinstance(test, InRange) and test.fact in LATER_FACTS for test in self.tests
        ) or any(inner.needs_total() for inner in self.inner())

    def levels(self) -> tuple[bool, bool, bool, bool]:
        """What goes before closeness: a named hirer, set-up, a purpose, a length."""
        names = {test.name for test in self.tests}
        return (
            "hirer" in names,
            "during" in names,
            "purpose" in names,
            not names.isdisjoint(LENGTH),
        )
