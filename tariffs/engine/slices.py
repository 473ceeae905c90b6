"""A hire cut into stretches of London wall clock, none of which crosses a boundary of price.

Prices go by the wall clock: 10pm to 6am is eight hours on every night of the year.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from core.clock import london
from core.intervals import Span
from spaces.timetable import is_bank_holiday
from tariffs.engine.ask import Loose, PriceAsk
from tariffs.rules.conditions import DateRange, Day, Window

_DAYS = tuple(Day)[:7]
_DAY = timedelta(days=1)
_MOST_DAYS = 800

# How closely a rule names a day.
ANY_DAY, BY_KIND, BY_NAME, BY_HOLIDAY = range(4)


@dataclass(frozen=True, slots=True)
class Slice:
    """[starts, ends) in naive wall times on `day`; None where the request does not say.

    `seconds` of wall clock; `number` is that of the day within the hire, from 1.
    """

    day: date | None
    starts: datetime | None
    ends: datetime | None
    seconds: int | None
    during: str = "use"
    number: int = 1

    @property
    def minute(self) -> int | None:
        return None if self.starts is None else self.starts.hour * 60 + self.starts.minute

    def day_in(self, window: Window | None) -> date | None:
        """The day that counts: after midnight in a window that began the day before, that one."""
        minute = self.minute
        if window and window.wraps and self.day and minute is not None and minute < window.end:
            return self.day - _DAY
        return self.day


def wall_clock(span: Span) -> tuple[datetime, datetime]:
    """Start and end as naive London wall times, the end always after the start.

    Inside the hour that happens twice the wall clock may not move on; elapsed time counts then.
    """
    starts = london(span.start).replace(tzinfo=None)
    ends = london(span.end).replace(tzinfo=None)
    return starts, ends if ends > starts else starts + span.length


def slices_of(ask: PriceAsk, boundaries: Sequence[int]) -> list[Slice]:
    """All stretches of a hire in time order, setting up and clearing down among them."""
    if ask.span is None:
        return _loose(ask.loose or Loose())
    starts, ends = wall_clock(ask.span)
    slices = _cut(starts, ends, boundaries, "use")
    if ask.setup_minutes:
        before = starts - timedelta(minutes=ask.setup_minutes)
        slices = _cut(before, starts, boundaries, "setup") + slices
    if ask.cleardown_minutes:
        after = ends + timedelta(minutes=ask.cleardown_minutes)
        slices += _cut(ends, after, boundaries, "cleardown")
    return slices


def _cut(starts: datetime, ends: datetime, boundaries: Sequence[int], during: str) -> list[Slice]:
    slices: list[Slice] = []
    first, day = starts.date(), starts.date()
    while datetime.combine(day, time(0)) < ends:
        midnight = datetime.combine(day, time(0))
        edges = [midnight + timedelta(minutes=minute) for minute in boundaries]
        edges.append(midnight + _DAY)
        for early, late in pairwise(edges):
            begins, stops = max(early, starts), min(late, ends)
            if begins < stops:
                seconds = int((stops - begins).total_seconds())
                number = (day - first).days + 1
                slices.append(Slice(day, begins, stops, seconds, during, number))
        day += _DAY
    return slices


def _loose(loose: Loose) -> list[Slice]:
    seconds = None if loose.hours is None else int(loose.hours * 3600)
    if loose.first is None:
        return [Slice(None, None, None, seconds)]
    last = loose.last or loose.first
    days = range(min((last - loose.first).days + 1, _MOST_DAYS))
    return [
        Slice(loose.first + timedelta(days=n), None, None, seconds if n == 0 else 0, "use", n + 1)
        if seconds is not None
        else Slice(loose.first + timedelta(days=n), None, None, None, "use", n + 1)
        for n in days
    ]


def is_holiday(day: date, named: Collection[DateRange]) -> bool:
    """A bank holiday, or a day that the tariff charges like one."""
    return is_bank_holiday(day) or any(dates.holds(day) for dates in named)


def day_level(
    days: frozenset[Day] | None, day: date, named: Collection[DateRange] = ()
) -> int | None:
    """How closely `days` name this day; None where they do not."""
    if days is None:
        return ANY_DAY
    if Day.BANK_HOLIDAY in days and is_holiday(day, named):
        return BY_HOLIDAY
    if _DAYS[day.weekday()] in days:
        return BY_NAME
    kind = Day.WEEKEND if day.weekday() >= 5 else Day.WEEKDAY
    return BY_KIND if kind in days else None
