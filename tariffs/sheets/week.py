"""Every hour of an ordinary week, priced for every kind of hirer, to find what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from core.clock import at
from core.intervals import Span
from spaces.timetable import is_bank_holiday
from tariffs.engine import AskedSpace, PriceAsk
from tariffs.engine.choose import Rivals, Unpriced
from tariffs.engine.run import run
from tariffs.engine.slices import slices_of
from tariffs.rules import TariffDocument
from tariffs.rules.conditions import DAY_MINUTES, Day
from tariffs.rules.shape import Reach

_MOST_RUNS = 4000
_EARLIEST, _LATEST = 8 * 60, 23 * 60


def open_hours(tariff: TariffDocument, *, kinds: Collection[str] = ()) -> Iterator[str]:
    """For each space and kind of hirer, the hours of the week that nothing prices, or two do."""
    monday = _ordinary_week(tariff.more.valid_from or date(2027, 1, 4))
    spaces = sorted(
        {
            name
            for rule in tariff.rules
            if not rule.target.is_fee and not rule.target.is_item
            for name in rule.target.names
            if len(rule.target.names) == 1 or rule.target.reach is Reach.EACH
        }
    )
    named = {kind for rule in tariff.rules for kind in rule.when.categories or ()}
    categories = sorted({*named, *kinds} if named else ()) or [""]
    edges = sorted({_EARLIEST, _LATEST, *(m for m in tariff.boundaries if _EARLIEST < m < _LATEST)})
    gaps: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    runs = 0
    for space in spaces:
        for category in categories:
            for n, day in enumerate(tuple(Day)[:7]):
                for first, last in pairwise(edges):
                    runs += 1
                    if runs > _MOST_RUNS:
                        return
                    kind = _probe(tariff, monday + timedelta(days=n), first, last, space, category)
                    if kind:
                        gaps[kind, space, category].append(f"{day} {_clock(first)}-{_clock(last)}")
    yield from _told(gaps)


def _told(gaps: dict[tuple[str, str, str], list[str]]) -> Iterator[str]:
    for (kind, space, category), hours in gaps.items():
        said = {"space": space, "who": category or _("anybody"), "hours": _listed(hours)}
        if kind == "none":
            yield _("What does %(who)s pay for %(space)s: %(hours)s? Nothing says so.") % said
        else:
            yield _("Two prices hold for %(who)s in %(space)s: %(hours)s. Which one?") % said


def _listed(hours: list[str]) -> str:
    shown = ", ".join(hours[:6])
    return (
        shown
        if len(hours) <= 6
        else _("%(hours)s and %(n)d more") % {"hours": shown, "n": len(hours) - 6}
    )


def _probe(
    tariff: TariffDocument, day: date, first: int, last: int, space: str, category: str
) -> str:
    midnight = datetime.combine(day, time(0))
    starts = midnight + timedelta(minutes=first)
    ends = midnight + timedelta(minutes=min(last, first + 60, DAY_MINUTES))
    span = Span(at(starts.date(), starts.time()), at(ends.date(), ends.time()))
    ask = PriceAsk(spaces=(AskedSpace(space, space),), span=span, category=category)
    draft = run(tariff, ask, slices_of(ask, tariff.boundaries), category=category)
    for _kind, question in draft.open_questions:
        if isinstance(question, Unpriced):
            return "none"
        if isinstance(question, Rivals):
            return "two"
    return ""


def _ordinary_week(day: date) -> date:
    monday = day + timedelta(days=-day.weekday() % 7)
    while any(is_bank_holiday(monday + timedelta(days=n)) for n in range(7)):
        monday += timedelta(days=7)
    return monday


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
