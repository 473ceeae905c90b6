"""Patterns for the tests, and how their spans read on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from core.clock import london
from core.intervals import Span
from spaces import timetable
from spaces.models.timetable import Series
from spaces.timetable import Frequency, Pattern

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
WHOLE_2027 = Span(datetime(2026, 12, 30, tzinfo=UTC), datetime(2028, 1, 3, tzinfo=UTC))


def weekly(first: date, starts: time, ends: time, **fields: Any) -> Pattern:
    fields.setdefault("count", 4 if "until" not in fields else None)
    return Pattern(first, starts, ends, Frequency.WEEKLY, **fields)


def monthly(first: date, **fields: Any) -> Pattern:
    return Pattern(first, time(19), time(21), Frequency.MONTHLY, **fields)


def stored(pattern: Pattern) -> Series:
    """As a later reader has it: read again from the database."""
    made = timetable.store(pattern, calendar_slug="venue-1", title="Choir")
    return Series.objects.get(pk=made.pk)


def walls(found: list[Span]) -> list[tuple[str, str]]:
    form = "%d %b %H:%M"
    return [(london(one.start).strftime(form), london(one.end).strftime(form)) for one in found]
