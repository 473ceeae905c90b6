"""Minutes of the London week, 0 at midnight before Monday, as half-open spans."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from itertools import pairwise

from core.clock import london
from core.intervals import Span
from spaces.models.route import WEEK_MINUTES

Minutes = tuple[int, int]
ALL_WEEK: Minutes = (0, WEEK_MINUTES)


def minute_of(weekday: int, wall: time) -> int:
    """Monday 9am is 540. The last minute of a day ends it: 11:59pm closes at midnight."""
    return weekday * 1440 + wall.hour * 60 + wall.minute


def closing_minute_of(weekday: int, wall: time) -> int:
    """As `minute_of`; closing at 11:59pm means midnight."""
    minute = minute_of(weekday, wall)
    return minute + 1 if minute % 1440 == 1439 else minute


def minutes_of(span: Span) -> Minutes:
    """The wall-clock minutes of a span; the second may lie in the week after. At most a week."""
    start = london(span.start)
    first = minute_of(start.weekday(), start.time())
    end = london(span.end)
    wall = end.replace(tzinfo=None) - start.replace(tzinfo=None)
    # In the hour that comes twice the wall clock runs backwards: then the true length counts.
    length = max(wall, timedelta(minutes=1)) if wall > timedelta() else span.length
    minutes = -(-int(length.total_seconds()) // 60)
    return first, first + min(max(minutes, 1), WEEK_MINUTES)


def pieces(breaks: Iterable[int]) -> list[Minutes]:
    """The week cut at these minutes."""
    cuts = sorted({0, WEEK_MINUTES, *(one for one in breaks if 0 < one < WEEK_MINUTES)})
    return list(pairwise(cuts))


def overlaps(one: Minutes, other: Minutes) -> bool:
    """Whether minutes of the week (`one`) meet those of a span, which may run past Sunday."""
    for shift in (0, WEEK_MINUTES):
        if one[0] + shift < other[1] and one[1] + shift > other[0]:
            return True
    return False


def covers(hours: Collection[Minutes], piece: Minutes) -> bool:
    """Whether a piece that no opening or closing cuts lies within the hours."""
    return any(start <= piece[0] and piece[1] <= end for start, end in hours)


def minute_at(instant: datetime) -> int:
    """The minute of the week of an instant."""
    wall = london(instant)
    return minute_of(wall.weekday(), wall.time())
