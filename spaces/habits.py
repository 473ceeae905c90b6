"""When places tend to be open: read from their opening times, kept with the space, never typed.

A search of thousands of spaces would else read a fortnight of spans of each of them. Whatever
writes opening spans keeps the habits too, and once a night they are all worked out anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from core import sql
from core.clock import at, london, start_of_day

LATE = time(21)
DAYS = 14

# Opening is cut at midnight, so nothing that touches a window begins over a day before it.
_REFRESH = """
WITH fresh AS (
    SELECT s.id, EXISTS (
        SELECT 1 FROM unnest(%(nights)s::timestamptz[], %(mornings)s::timestamptz[]) AS t(a, b)
        JOIN spaces_openingspan o ON o.space_id = s.id AND o.starts_at > t.a - interval '25 hours'
            AND o.starts_at < t.b AND o.ends_at > t.a
    ) AS late, EXISTS (
        SELECT 1 FROM unnest(%(saturdays)s::timestamptz[], %(mondays)s::timestamptz[]) AS t(a, b)
        JOIN spaces_openingspan o ON o.space_id = s.id AND o.starts_at > t.a - interval '25 hours'
            AND o.starts_at < t.b AND o.ends_at > t.a
    ) AS weekends
    FROM spaces_space s WHERE %(everybody)s OR s.id = ANY(%(spaces)s::bigint[])
)
UPDATE spaces_space s SET opens_late = fresh.late, opens_at_weekends = fresh.weekends
FROM fresh WHERE fresh.id = s.id
    AND (s.opens_late, s.opens_at_weekends) IS DISTINCT FROM (fresh.late, fresh.weekends)
"""


def refresh(space_ids: Collection[int], *, now: datetime) -> int:
    """Work these spaces' habits out over the next fortnight; how many changed. One statement."""
    return _refresh(now, everybody=False, spaces=sorted(space_ids))


def refresh_all(*, now: datetime) -> int:
    """The same of every space: a fortnight moves on though nobody changes anything."""
    return _refresh(now, everybody=True, spaces=[])


def _refresh(now: datetime, **of: Any) -> int:
    today = london(now).date()
    days = [today + timedelta(days=n) for n in range(DAYS)]
    # A fortnight that begins on a Sunday has half a weekend at its start.
    weekends = [day for day in days if day.weekday() >= 5]
    windows = {
        "nights": [at(day, LATE) for day in days],
        "mornings": [start_of_day(day + timedelta(days=1)) for day in days],
        "saturdays": [start_of_day(day) for day in weekends],
        "mondays": [start_of_day(day + timedelta(days=1)) for day in weekends],
    }
    return sql.run(_REFRESH, {**windows, **of})
