"""What a list can be narrowed by: kinds, marks, layouts and the guide price of each space.

One statement for all fits of a question. Quiet times are read from the spans that the rules gave;
late and weekend opening is kept with the space (spaces/habits.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from core import sql
from core.intervals import Span
from spaces.models import Facility, Layout
from spaces.models.timetable import Loudness

_DAYS = 14
LAYOUTS: tuple[str, ...] = tuple(Layout.Kind.values)


class Mark(StrEnum):
    """Something that a place has or has not."""

    OPEN_LATE = "open_late"
    OPEN_WEEKEND = "open_weekend"
    STUDY = "study"
    FREE = "free"
    QUIET_TIMES = "quiet_times"


BITS = {mark: 1 << n for n, mark in enumerate(Mark)}
FACILITIES = {Mark.STUDY: Facility.Code.STUDY_SPACE, Mark.FREE: Facility.Code.FREE_TO_USE}


class Traits(NamedTuple):
    """Of one space; `layouts` in the order of LAYOUTS, None where nobody has said."""

    venue_kind: str
    space_kind: str
    marks: int
    an_hour: Decimal | None
    layouts: tuple[int | None, ...]

    def has(self, mark: str) -> bool:
        return bool(self.marks & BITS[Mark(mark)])


_LAYOUT_COLUMNS = ", ".join(
    f"max(l.people) FILTER (WHERE l.kind = '{kind}') AS {kind}" for kind in LAYOUTS
)
# A space's own yes or no about a facility goes before its venue's. `quiet` has one window for each
# date asked for, which a span must cover; without dates the two bounds of the window are swapped,
# so that a span that touches it is enough.
_STATEMENT = f"""
WITH asked AS MATERIALIZED (SELECT unnest(%(spaces)s::text::bigint[]) AS id),
quiet AS (
    SELECT DISTINCT q.space_id FROM asked JOIN spaces_quietspan q ON q.space_id = asked.id
    JOIN unnest(%(quiet_a)s::timestamptz[], %(quiet_b)s::timestamptz[]) AS t(a, b)
      ON q.starts_at <= t.a AND q.ends_at >= t.b
    WHERE q.starts_at > %(quiet_since)s::timestamptz AND q.starts_at <= %(quiet_until)s::timestamptz
      AND q.loudest <= %(quiet)s::int
),
there AS (
    SELECT f.venue_id, f.space_id,
        bool_or(f.value = 'yes') FILTER (WHERE f.code = %(study)s) AS study,
        bool_or(f.value = 'yes') FILTER (WHERE f.code = %(free)s) AS free
    FROM spaces_facility f WHERE f.code IN (%(study)s, %(free)s) AND f.value <> 'unknown'
    GROUP BY 1, 2
),
guide AS (
    SELECT g.space_id, min(g.amount) AS amount FROM tariffs_guideprice g
    WHERE g.category = %(category)s AND g.daypart = ANY(%(dayparts)s::text[]) GROUP BY 1
),
layout AS (SELECT l.space_id, {_LAYOUT_COLUMNS} FROM spaces_layout l GROUP BY 1)
SELECT s.id, v.kind, s.kind,
    s.opens_late::int + 2 * s.opens_at_weekends::int
    + 4 * coalesce(own.study, theirs.study, false)::int
    + 8 * (coalesce(own.free, theirs.free, false) OR coalesce(guide.amount = 0, false))::int
    + 16 * (quiet.space_id IS NOT NULL)::int,
    guide.amount, {", ".join(f"layout.{kind}" for kind in LAYOUTS)}
FROM asked JOIN spaces_space s ON s.id = asked.id JOIN spaces_venue v ON v.id = s.venue_id
LEFT JOIN quiet ON quiet.space_id = s.id
LEFT JOIN there own ON own.space_id = s.id
LEFT JOIN there theirs ON theirs.venue_id = s.venue_id AND theirs.space_id IS NULL
LEFT JOIN guide ON guide.space_id = s.id
LEFT JOIN layout ON layout.space_id = s.id
"""  # noqa: S608 - only the names of layouts are put in


def traits_of(
    space_ids: Collection[int],
    *,
    spans: Sequence[Span],
    category: str,
    dayparts: Collection[str],
    now: datetime,
) -> dict[int, Traits]:
    """The traits of each space, for this kind of hirer. One query."""
    values = {
        # Thousands of ids are written out ten times faster than the driver dumps a list of them.
        "spaces": f"{{{','.join(map(str, space_ids))}}}",
        "category": category,
        "dayparts": list(dayparts),
        "study": FACILITIES[Mark.STUDY].value,
        "free": FACILITIES[Mark.FREE].value,
        **_quiet(spans, now),
    }
    return {
        row[0]: Traits(row[1], row[2], row[3], row[4], row[5:])
        for row in sql.rows_planned_anew(_STATEMENT, values)
    }


def _quiet(spans: Sequence[Span], now: datetime) -> dict[str, Any]:
    starts = [span.start for span in spans] or [now + timedelta(days=_DAYS)]
    ends = [span.end for span in spans] or [now]
    first = min(starts) if spans else now
    return {
        "quiet": int(Loudness.TALK),
        "quiet_a": starts,
        "quiet_b": ends,
        "quiet_since": first - timedelta(hours=25),
        "quiet_until": max(starts),
    }
