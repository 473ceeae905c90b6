"""Beyond an ordinary week: holidays, seasons, terms, edges of numbers, nights and items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from spaces.timetable import is_bank_holiday
from tariffs.rules import TariffDocument
from tariffs.rules.conditions import DateRange, InDates, InRange, Test, When
from tariffs.sheets.probing import Prober, first_rule
from tariffs.sheets.week import Gaps, Open, edges_of, week_of

_MOST_DAYS = 24
_MOST_EDGES = 12
_DAY = timedelta(days=1)
# Numbers of which a hire may be told one more and one less.
_COUNTED = {"event.people", "series.count", "hirer.hours_this_year", "hirer.bookings_this_year"}


def further(
    prober: Prober, spaces: Sequence[str], categories: Sequence[str], ordinary: Gaps
) -> Iterator[Open]:
    """What is open there and not in the ordinary week, the same once."""
    for space in spaces:
        for category in categories:
            if any((kind, space, category) in ordinary for kind in ("none", "two")):
                continue  # the ordinary week is asked about already
            yield from _on_days(prober, space, category)
            yield from _at_edges(prober, space, category)
            yield from _overnight(prober, space, category)


def items_open(prober: Prober, categories: Sequence[str]) -> Iterator[Open]:
    """Every item for every kind of hirer."""
    tariff = prober.tariff
    names = sorted({n for r in tariff.rules if r.target.is_item for n in r.target.names})
    day, start = week_of(prober)[1], edges_of(prober)[0]
    for item in names:
        for category in categories:
            kind = prober.hour("", category, day, start, item=item)
            if kind:
                rules = prober.rivals.get((item, category), ())
                rule = rules[0] if rules else first_rule(tariff, item, is_item=True)
                yield Open(kind, item, _("each"), category, rule, rules)


def _on_days(prober: Prober, space: str, category: str) -> Iterator[Open]:
    edges = edges_of(prober)
    middles = sorted({edges[0], edges[len(edges) // 2], edges[-2]})
    for label, day in _days(prober):
        kinds = [prober.hour(space, category, day, start) for start in middles]
        for kind in ("two", "none"):
            if kind in kinds:
                yield _asked(prober, kind, space, category, label)
                break


def _days(prober: Prober) -> list[tuple[str, date]]:
    """Days that a price may look at, each with a name."""
    tariff, first = prober.tariff, week_of(prober)[0]
    found = [(_("a bank holiday (%(day)s)"), _first(first, is_bank_holiday))]
    found += [(_("your own holiday (%(day)s)"), _within(r, first)) for r in tariff.more.named_days]
    for test in _tests(tariff):
        if isinstance(test, InDates) and test.name in ("season", "term"):
            found += [(f"{test.name} (%(day)s)", _within(r, first)) for r in test.ranges]
            label = _("just after %(name)s (%%(day)s)") % {"name": test.name}
            found += [(label, _after(r, first)) for r in test.ranges]
    named = {label % {"day": day.isoformat()}: day for label, day in found if day is not None}
    return list(named.items())[:_MOST_DAYS]


def _within(dates: DateRange, first: date) -> date | None:
    return _first(first, dates.holds)


def _after(dates: DateRange, first: date) -> date | None:
    """The first day after the range, whenever in it `first` is."""
    begins = _within(dates, first)
    return _first(begins, lambda day: not dates.holds(day)) if begins else None


def _first(first: date, holds: Callable[[date], bool]) -> date | None:
    """The first day within two years of which something is so."""
    days = (first + n * _DAY for n in range(731))
    return next((day for day in days if holds(day)), None)


def _at_edges(prober: Prober, space: str, category: str) -> Iterator[Open]:
    """Just below, at and just above each number that a rule mentions."""
    edges = edges_of(prober)
    day = week_of(prober)[1]
    for fact, number in _numbers(prober.tariff):
        is_hours = fact == "hours"
        step = Decimal("0.5") if is_hours else Decimal(1)
        for value in (number - step, number, number + step):
            if value <= 0 or (is_hours and value > 24 - Decimal(edges[0]) / 60):
                continue
            minutes = int(value * 60) if is_hours else 60
            told = {} if is_hours else {fact: value}
            kind = prober.hour(space, category, day, edges[0], minutes, told=told)
            if kind:
                name = fact.rpartition(".")[2].replace("_", " ")
                yield _asked(prober, kind, space, category, f"{name} = {value:f}")
                break


def _numbers(tariff: TariffDocument) -> list[tuple[str, Decimal]]:
    found = {
        (test.fact, edge): None
        for test in _tests(tariff)
        if isinstance(test, InRange) and (test.fact in _COUNTED or test.fact == "hours")
        for edge in (test.range.low, test.range.high)
        if edge is not None
    }
    return sorted(found)[:_MOST_EDGES]


def _overnight(prober: Prober, space: str, category: str) -> Iterator[Open]:
    """Past midnight, where some price goes on past it."""
    if not any(when.window and when.window.wraps for when in prober.tariff.conditions()):
        return
    saturday = week_of(prober)[5]
    kind = prober.hour(space, category, saturday, 23 * 60, 180)
    if kind:
        yield _asked(prober, kind, space, category, _("saturday 23:00 to 02:00"))


def _asked(prober: Prober, kind: str, space: str, category: str, hours: str) -> Open:
    rules = prober.rivals.get((space, category), ()) if kind == "two" else ()
    rule = rules[0] if rules else first_rule(prober.tariff, space)
    return Open(kind, space, hours, category, rule, rules)


def _tests(tariff: TariffDocument) -> Iterator[Test]:
    for when in tariff.conditions():
        yield from _inside(when)


def _inside(when: When) -> Iterator[Test]:
    yield from when.tests
    for inner in when.inner():
        yield from _inside(inner)
