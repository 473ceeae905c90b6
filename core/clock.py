"""The only reader of the clock, and the only place that turns wall time into instants.

Council wall time means Europe/London. Instants are aware and in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now().astimezone(UTC)


def today() -> date:
    """Today's date in London."""
    return london(now()).date()


def london(instant: datetime) -> datetime:
    """`instant` on London's wall clock."""
    return instant.astimezone(LONDON)


def at(day: date, wall: time) -> datetime:
    """The UTC instant of `wall` on `day` in London.

    A time that happens twice (autumn) means the first; a time that never happens (spring,
    01:00 to 02:00) means the same distance after the jump: 01:30 becomes 02:30 BST.
    """
    naive = datetime.combine(day, wall.replace(tzinfo=None, fold=0))
    return naive.replace(tzinfo=LONDON).astimezone(UTC)


def between(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """The instants of a wall-clock span that begins on `day`; `ends` <= `starts` means next day."""
    last = day + timedelta(days=1) if ends <= starts else day
    return at(day, starts), at(last, ends)


def start_of_day(day: date) -> datetime:
    """The instant at which `day` begins in London."""
    return at(day, time(0))


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The half-open span of one London day: 23, 24 or 25 hours long."""
    return start_of_day(day), start_of_day(day + timedelta(days=1))
