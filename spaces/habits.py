"""When places tend to be open, read from their opening times and never typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.clock import at, london, start_of_day
from core.intervals import Span
from spaces.models import OpeningSpan

LATE = time(21)
DAYS = 14


@dataclass(frozen=True, slots=True)
class Habits:
    """Over the next fortnight: open after 9pm on some evening; open on some Saturday or Sunday."""

    open_late: bool = False
    open_at_weekends: bool = False


def habits_of(space_ids: Collection[int], *, now: datetime) -> Habits:
    """Of all these spaces together. One query."""
    today = london(now).date()
    days = [today + timedelta(days=n) for n in range(DAYS)]
    first, last = start_of_day(days[0]), start_of_day(days[-1] + timedelta(days=1))
    rows = OpeningSpan.objects.filter(space__in=space_ids, starts_at__lt=last, ends_at__gt=first)
    spans = {Span(*row) for row in rows.values_list("starts_at", "ends_at").distinct()}
    nights = [Span(at(day, LATE), start_of_day(day + timedelta(days=1))) for day in days]
    weekends = [
        Span(start_of_day(day), start_of_day(day + timedelta(days=1)))
        for day in days
        if day.weekday() >= 5
    ]
    return Habits(open_late=_touch(spans, nights), open_at_weekends=_touch(spans, weekends))


def _touch(spans: Collection[Span], wanted: Collection[Span]) -> bool:
    return any(span.overlaps(one) for span in spans for one in wanted)
