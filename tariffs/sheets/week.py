"""Every hour of an ordinary week, priced for every kind of hirer, to find what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from spaces.timetable import is_bank_holiday
from tariffs.errors import Fault
from tariffs.rules.conditions import Day
from tariffs.sheets.probing import Prober, first_rule

_EARLIEST, _LATEST = 8 * 60, 23 * 60
_MOST_SHOWN = 6
# What is open, for which space and kind of hirer, by its hours.
Gaps = dict[tuple[str, str, str], list[str]]


def week_of(prober: Prober) -> list[date]:
    """Seven days from the first on which the tariff holds, without a bank holiday."""
    first = prober.tariff.more.valid_from or date(2027, 1, 4)
    monday = first + timedelta(days=-first.weekday() % 7)
    while any(is_bank_holiday(monday + timedelta(days=n)) for n in range(7)):
        monday += timedelta(days=7)
    return [monday + timedelta(days=n) for n in range(7)]


def edges_of(prober: Prober) -> list[int]:
    """Minutes of the day at which a price may change, from eight in the morning to eleven."""
    inner = (m for m in prober.tariff.boundaries if _EARLIEST < m < _LATEST)
    return sorted({_EARLIEST, _LATEST, *inner})


def open_hours(prober: Prober, spaces: Sequence[str], categories: Sequence[str]) -> Gaps:
    """For each space and kind of hirer, the hours of the week that nothing prices, or two do."""
    week, edges = week_of(prober), edges_of(prober)
    gaps: Gaps = defaultdict(list)
    for space in spaces:
        for category in categories:
            for name, day in zip(Day, week, strict=False):
                for first, last in pairwise(edges):
                    kind = prober.hour(space, category, day, first, min(60, last - first))
                    if kind:
                        hours = f"{name} {clock(first)}-{clock(last)}"
                        gaps[kind, space, category].append(hours)
    return gaps


@dataclass(frozen=True, slots=True)
class Open:
    """What is open for one kind of hirer: "none" is no price, "two" is two of them."""

    kind: str
    what: str
    hours: str
    category: str
    rule: str
    rules: tuple[str, ...] = ()


def in_week(gaps: Gaps, prober: Prober) -> Iterator[Open]:
    """What the ordinary week leaves open, at the first rule that prices the space."""
    for (kind, space, category), hours in gaps.items():
        rules = prober.rivals.get((space, category), ()) if kind == "two" else ()
        rule = rules[0] if rules else first_rule(prober.tariff, space)
        yield Open(kind, space, _listed(hours), category, rule, rules)


def told(found: Iterable[Open], *, categories: Sequence[str]) -> Iterator[Fault]:
    """A question for each; what is open alike for several kinds of hirer is asked once."""
    alike: dict[Open, list[str]] = {}
    for one in found:
        alike.setdefault(replace(one, category=""), []).append(one.category)
    for one, kinds in alike.items():
        is_all = len(kinds) == len(categories)
        who = _("anybody") if is_all else ", ".join(kinds[:_MOST_SHOWN])
        said = {"who": who, "space": one.what, "hours": one.hours}
        yield _question(one, said)


def _question(one: Open, said: dict[str, str]) -> Fault:
    """What somebody pays for something at some time; or which of two prices holds."""
    if one.kind == "none":
        asked = _("What does %(who)s pay for %(space)s: %(hours)s? Nothing says so.")
        remedy = _("Add a rule for it; leave it if the venue is not let then.")
    else:
        asked = _("Two prices hold for %(who)s in %(space)s: %(hours)s. Which one?")
        asked += f" ({', '.join(one.rules)})" if one.rules else ""
        remedy = _("Add the rule for where both hold, or give one a higher rank.")
    return Fault(one.rule, "when", asked % said, remedy)


def _listed(hours: list[str]) -> str:
    shown = ", ".join(hours[:_MOST_SHOWN])
    if len(hours) <= _MOST_SHOWN:
        return shown
    return _("%(hours)s and %(n)d more") % {"hours": shown, "n": len(hours) - _MOST_SHOWN}


def clock(minute: int) -> str:
    """18:30; after midnight it goes on, 25:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
