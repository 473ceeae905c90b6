"""Which of a space's opening rules hold on a date: those of a single day, a bank holiday, a season
or the usual week, in that order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.clock import london
from core.intervals import Span
from spaces import timetable
from spaces.models import HoursVariant, TimeRule, VariantDates

_ONLY = TimeRule.BankHolidays.ONLY


@dataclass(slots=True)
class Calendar:
    """The dates of one space that have hours of their own: by variant id."""

    days: dict[date, int] = field(default_factory=dict)
    seasons: list[tuple[date, date, int]] = field(default_factory=list)

    def season_on(self, day: date) -> int | None:
        """The season of `day`; of two that overlap, the one that begins later."""
        found = [row for row in self.seasons if row[0] <= day <= row[1]]
        return max(found)[2] if found else None


def calendars(space_ids: Iterable[int]) -> dict[int, Calendar]:
    """The calendars of those of these spaces that have other hours on some dates."""
    found: dict[int, Calendar] = defaultdict(Calendar)
    rows = VariantDates.objects.filter(variant__space_id__in=list(space_ids)).values_list(
        "variant__space_id", "variant_id", "variant__kind", "first_on", "last_on"
    )
    for space_id, variant_id, kind, first, last in rows:
        if kind == HoursVariant.Kind.SEASON:
            found[space_id].seasons.append((first, last, variant_id))
            continue
        for n in range((last - first).days + 1):
            found[space_id].days[first + timedelta(days=n)] = variant_id
    return dict(found)


def holding(rule: TimeRule, spans: Sequence[Span], calendar: Calendar | None) -> list[Span]:
    """Those of the rule's spans that begin on a date on which it holds."""
    if calendar is None and rule.bank_holidays != _ONLY:
        return list(spans)
    known = calendar or Calendar()
    return [span for span in spans if _holds(rule, london(span.start).date(), known)]


def _holds(rule: TimeRule, day: date, calendar: Calendar) -> bool:
    if day in calendar.days:
        return rule.variant_id == calendar.days[day]
    if rule.bank_holidays == _ONLY:
        return timetable.is_bank_holiday(day)
    return rule.variant_id == calendar.season_on(day)
