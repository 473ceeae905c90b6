"""Count searches that found nothing, so that demand is known later. No person is kept."""

from __future__ import annotations

from datetime import datetime, time

from django.db import connection

from bookings.finder.query import FindResult
from core.clock import london
from core.intervals import Span
from spaces.access_facts import NEEDS
from tariffs.models import GuidePrice

_EVENING_FROM = time(17)
_COUNT = """
INSERT INTO bookings_searchmiss (month, ward_id, daypart, need, times)
SELECT %s, %s, %s, need, 1 FROM unnest(%s::text[]) AS need
ON CONFLICT ON CONSTRAINT search_miss_once
DO UPDATE SET times = bookings_searchmiss.times + 1
"""


def record_miss(result: FindResult, *, now: datetime) -> bool:
    """Count `result` if it found nothing; whether it was counted. One statement.

    One row for each need asked for, or one without a need. The view calls this for searches
    that people make: not for HEAD, not for robots, not for the second page.
    """
    if result.count or result.query.page > 1 or result.is_place_unknown:
        return False
    needs = sorted(need for need in set(result.query.needs) if need in NEEDS) or [""]
    ward = result.place.ward_id if result.place else None
    month = london(now).date().replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [month, ward, daypart_of(result.spans), needs])
    return True


def daypart_of(spans: tuple[Span, ...]) -> str:
    """The time of week of the first date: weekday, evening or weekend; empty for any time."""
    if not spans:
        return ""
    starts = london(spans[0].start)
    if starts.weekday() >= 5:
        return str(GuidePrice.Daypart.WEEKEND)
    is_evening = starts.time() >= _EVENING_FROM
    return str(GuidePrice.Daypart.EVENING if is_evening else GuidePrice.Daypart.WEEKDAY)
