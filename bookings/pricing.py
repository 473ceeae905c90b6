"""What a price may depend on that follows from the dates alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.clock import london
from core.intervals import Span

_HOUR = Decimal(3600)


def series_facts(spans: Sequence[Span], *, booked_on: date) -> list[dict[str, object]]:
    """For each date what is known of it and of all of them; `spans` in time order."""
    days = [london(span.start).date() for span in spans]
    gaps = [Decimal((late - early).days) for early, late in pairwise(days)]
    seconds = sum(int(span.length.total_seconds()) for span in spans)
    of_all: dict[str, object] = {
        "series.count": Decimal(len(spans)),
        "series_hours": Decimal(seconds) / _HOUR,
    }
    if gaps:
        of_all |= {"shortest_gap": min(gaps), "longest_gap": max(gaps)}
    return [
        {
            **of_all,
            "series.ordinal": Decimal(n),
            "is_later_date": n > 1,
            "days_ahead": Decimal(max(0, (day - booked_on).days)),
        }
        for n, day in enumerate(days, start=1)
    ]
