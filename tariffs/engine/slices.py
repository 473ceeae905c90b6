"""A hire cut into stretches of London wall clock, none of which crosses a boundary of price.

Prices go by the wall clock: 10pm to 6am is eight hours on every night of the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from core.clock import london
from core.intervals import Span
from spaces.timetable import is_bank_holiday
from tariffs.rules.shape import Day, Window

_DAYS = tuple(Day)[:7]

# How closely a rule names a day.
ANY_DAY, BY_KIND, BY_NAME, BY_HOLIDAY = range(4)


@dataclass(frozen=True, slots=True)
class Slice:
    """[minute, ...) of `day` for `seconds` of wall clock; `starts`, `ends` are naive wall times."""

    day: date
    starts: datetime
    ends: datetime

    @property
    def minute(self) -> int:
        return self.starts.hour * 60 + self.starts.minute

    @property
    def seconds(self) -> int:
        return int((self.ends - self.starts).total_seconds())

    def day_in(self, window: Window | None) -> date:
        """The day that counts: after midnight in a window that began the day before, that one."""
        if window and window.wraps and self.minute < window.end:
            return self.day - timedelta(days=1)
        return self.day


def wall_clock(span: Span) -> tuple[datetime, datetime]:
    """Start and end as naive London wall times, the end always after the start.

    Inside the hour that happens twice the wall clock may not move on; elapsed time counts then.
    """
    starts = london(span.start).replace(tzinfo=None)
    ends = london(span.end).replace(tzinfo=None)
    return starts, ends if ends > starts else starts + span.length


def cut(span: Span, boundaries: Sequence[int]) -> list[Slice]:
    """The stretches of `span` between `boundaries` (minutes after midnight), in time order."""
    starts, ends = wall_clock(span)
    slices: list[Slice] = []
    day = starts.date()
    while datetime.combine(day, time(0)) < ends:
        midnight = datetime.combine(day, time(0))
        edges = [midnight + timedelta(minutes=minute) for minute in boundaries]
        edges.append(midnight + timedelta(days=1))
        for first, last in pairwise(edges):
            begins, stops = max(first, starts), min(last, ends)
            if begins < stops:
                slices.append(Slice(day, begins, stops))
        day += timedelta(days=1)
    return slices


def day_level(days: frozenset[Day] | None, day: date) -> int | None:
    """How closely `days` name this day; None where they do not."""
    if days is None:
        return ANY_DAY
    if Day.BANK_HOLIDAY in days and is_bank_holiday(day):
        return BY_HOLIDAY
    if _DAYS[day.weekday()] in days:
        return BY_NAME
    kind = Day.WEEKEND if day.weekday() >= 5 else Day.WEEKDAY
    return BY_KIND if kind in days else None
