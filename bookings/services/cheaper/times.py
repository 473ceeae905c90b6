"""Other times for the same hire, as patterns. Wall clock only; nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from math import ceil

from bookings.services.cheaper.answers import Kind
from bookings.services.cheaper.hints import Hints
from spaces.timetable import MOST_DATES, Frequency, Pattern

DAY = 24 * 60
STEP = 15
FURTHEST_SHIFT = 60
# Nobody is sent to a hall in the middle of the night who did not ask for that.
_EARLIEST, _LATEST = 7 * 60, DAY
_MOST_LONGER, _MOST_OFF_PEAK, _MOST_COUNTS = 12, 10, 2
# A block of more dates than this is no longer "the same, but cheaper".
_MOST_IN_A_BLOCK = 26

Change = tuple[Kind, Pattern, int]


def walls(pattern: Pattern) -> tuple[int, int]:
    """Start and end in minutes after the midnight before the hire begins."""
    start = pattern.starts.hour * 60 + pattern.starts.minute
    end = pattern.ends.hour * 60 + pattern.ends.minute
    days = pattern.more_days or (1 if pattern.ends <= pattern.starts else 0)
    return start, end + days * DAY


def at_walls(pattern: Pattern, start: int, end: int) -> Pattern | None:
    """The pattern from `start` to `end`, in minutes as `walls` counts them.

    None where it would begin on another day, or where a repeat would last for days.
    """
    if not 0 <= start < DAY or end <= start:
        return None
    days, ends = divmod(end, DAY)
    more_days = days if days > 1 or (days == 1 and ends > start) else 0
    if more_days and pattern.frequency is not Frequency.ONCE:
        return None
    return replace(pattern, starts=wall_time(start), ends=wall_time(ends), more_days=more_days)


def changes(pattern: Pattern, hints: Hints) -> Iterator[Change]:
    """Every other time worth a price, nearest first within its kind."""
    yield from _shifts(pattern)
    yield from _off_peak(pattern, hints)
    yield from _longer(pattern, hints)
    yield from _other_days(pattern)
    yield from _blocks(pattern, hints)


def _shifts(pattern: Pattern) -> Iterator[Change]:
    start, end = walls(pattern)
    for minutes in range(STEP, FURTHEST_SHIFT + 1, STEP):
        for by in (-minutes, minutes):
            if (moved := at_walls(pattern, start + by, end + by)) is not None:
                yield Kind.SHIFT, moved, minutes


def _off_peak(pattern: Pattern, hints: Hints) -> Iterator[Change]:
    """The same length where it begins or ends with a stretch of another price."""
    start, end = walls(pattern)
    length = end - start
    if length > DAY:
        return
    marks = {*hints.minutes, DAY}
    starts = {*marks, *(mark - length for mark in marks)}
    awake = range(min(_EARLIEST, start), max(_LATEST, end) + 1)
    fit = [s for s in starts if s in awake and s + length in awake]
    fit = [s for s in fit if abs(s - start) > FURTHEST_SHIFT]
    for other in sorted(fit, key=lambda s: (abs(s - start), s))[:_MOST_OFF_PEAK]:
        if (moved := at_walls(pattern, other, other + length)) is not None:
            yield Kind.OFF_PEAK, moved, abs(other - start)


def _longer(pattern: Pattern, hints: Hints) -> Iterator[Change]:
    """Hires that hold all of this one: to the next change of price, or up to a cheaper length."""
    start, end = walls(pattern)
    if end - start >= DAY:
        return
    marks = sorted({*hints.minutes, *(mark + DAY for mark in hints.minutes)})
    earlier = [start, *reversed([mark for mark in marks if mark < start][-2:])]
    later = [end, *[mark for mark in marks if mark > end][:2]]
    found = [(a, b) for a in earlier for b in later]
    for length in (length for length in hints.lengths if length > end - start):
        found += [(start, start + length), (end - length, end)]
    found += [(start, end + hours * 60) for hours in (1, 2)]
    fit = [(a, b) for a, b in dict.fromkeys(found) if end - start < b - a <= DAY and a >= 0]
    for a, b in sorted(fit, key=lambda walls: walls[1] - walls[0])[:_MOST_LONGER]:
        if (longer := at_walls(pattern, a, b)) is not None:
            yield Kind.LONGER, longer, (b - a) - (end - start)


def _other_days(pattern: Pattern) -> Iterator[Change]:
    """The other days of the same week, Monday to Sunday; all dates of a weekly hire move alike."""
    if not can_move_days(pattern):
        return
    weekday = (pattern.weekdays or (pattern.first.weekday(),))[0]
    for other in range(7):
        by = other - weekday
        if by:
            moved = replace(
                pattern,
                first=pattern.first + timedelta(days=by),
                until=_plus(pattern.until, by),
                weekdays=(other,) if pattern.weekdays else (),
            )
            yield Kind.OTHER_DAY, moved, abs(by)


def can_move_days(pattern: Pattern) -> bool:
    """Whether "another day of the week" says clearly what becomes of each date."""
    once = pattern.frequency is Frequency.ONCE
    weekly = pattern.frequency is Frequency.WEEKLY and len(pattern.weekdays) <= 1
    return (once or weekly) and not (pattern.struck or pattern.added)


def _blocks(pattern: Pattern, hints: Hints) -> Iterator[Change]:
    """More dates, as many as a block rate asks for; a single date is repeated every week."""
    once = pattern.frequency is Frequency.ONCE
    if pattern.more_days or pattern.added or pattern.struck or not (once or pattern.count):
        return
    now = 1 if once else pattern.count or 0
    for count in _wanted_counts(pattern, hints, more_than=now):
        frequency = Frequency.WEEKLY if once else pattern.frequency
        yield Kind.BLOCK, replace(pattern, frequency=frequency, count=count), count - now


def _wanted_counts(pattern: Pattern, hints: Hints, *, more_than: int) -> list[int]:
    start, end = walls(pattern)
    hours = Decimal(end - start) / 60
    wanted = {*hints.counts, *(ceil(least / hours) for least in hints.hours_in_all)}
    most = min(MOST_DATES, max(_MOST_IN_A_BLOCK, more_than + _MOST_IN_A_BLOCK))
    return sorted(count for count in wanted if more_than < count <= most)[:_MOST_COUNTS]


def wall_time(minutes: int) -> time:
    """A time of day from minutes after midnight, of this day or the next."""
    return time(*divmod(minutes % DAY, 60))


def _plus(day: date | None, by: int) -> date | None:
    return None if day is None else day + timedelta(days=by)


def minutes_in(window: tuple[int, int], start: int, end: int) -> int:
    """How many minutes of [start, end) lie in a daily window; an end before its start wraps."""
    first, last = window
    last += DAY if last <= first else 0
    shifts: Iterable[int] = (-DAY, 0, DAY, 2 * DAY)
    return sum(max(0, min(end, last + by) - max(start, first + by)) for by in shifts)
