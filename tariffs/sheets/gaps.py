"""What a sheet leaves open: hours without a price, prices that tie, rules that never count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules import TariffDocument, read
from tariffs.rules.conditions import InDates, When
from tariffs.rules.editions import stamped
from tariffs.rules.names import short
from tariffs.rules.shape import RateRule, Reach, Target, Unit
from tariffs.sheets.further import further, items_open
from tariffs.sheets.probing import Prober, spaces_priced
from tariffs.sheets.slips import slips
from tariffs.sheets.week import in_week, open_hours, told

_MOST = 60
_MOST_COMPARED = 400


def questions_of(documents: Sequence[Any]) -> list[Fault]:
    """What to ask the venue, the same once, at most sixty questions.

    Each names the rule at which to look and what may be done about it.
    """
    found: dict[Fault, None] = {}
    begins = documents[0].get("valid_from") if documents else None
    for document in documents:
        for question in islice(questions_in(document, begins=begins), _MOST):
            found.setdefault(question)
    return list(found)[:_MOST]


def questions_in(document: Any, *, begins: str | None = None) -> Iterator[Fault]:
    """What one version leaves open; `begins` is the first day of all versions."""
    tariff = read(stamped(document))
    prober = Prober(tariff)
    spaces = spaces_priced(tariff)
    named = {kind for rule in tariff.rules for kind in rule.when.categories or ()}
    kinds = [short(name) for name in document.get("categories", {})]
    categories = sorted({*named, *kinds} if named else ()) or [""]
    yield from slips(document)
    yield from unreachable(tariff, begins=date.fromisoformat(begins) if begins else None)
    yield from _steps(tariff)
    ordinary = open_hours(prober, spaces, categories)
    yield from told(in_week(ordinary, prober), categories=categories)
    yield from told(items_open(prober, categories), categories=categories)
    yield from told(further(prober, spaces, categories, ordinary), categories=categories)
    if prober.is_spent:
        yield Fault(
            "",
            "rules",
            _("There are too many rules to try every hour for every hirer; some were not tried."),
            _("Try prices for the rest, or write fewer rules."),
        )


def _steps(tariff: TariffDocument) -> Iterator[Fault]:
    for rule in tariff.rules:
        if rule.quantity.unit is Unit.MONTH and rule.overage and rule.overage_step is None:
            yield Fault(
                rule.id,
                "overage",
                _("What does part of an hour more than included cost?"),
                _("Write overage_step: 1 if it counts as a whole hour."),
            )


def unreachable(tariff: TariffDocument, *, begins: date | None = None) -> Iterator[Fault]:
    """Rates that another one always goes before, or whose days are over before they begin."""
    rules = tariff.rules[:_MOST_COMPARED]
    for rule in rules:
        other = next((one for one in rules if one is not rule and _always_wins(one, rule)), None)
        if other is not None:
            yield Fault(
                rule.id,
                "rank",
                _("“%(rule)s” never counts: “%(other)s” always goes before it. Is it still meant?")
                % {"rule": rule.id, "other": other.id},
                _("Take it out, or give it the higher rank."),
            )
        elif _is_over(rule.when, begins):
            yield Fault(
                rule.id,
                "when",
                _("“%(rule)s” never counts: its days are over before these prices begin.")
                % {"rule": rule.id},
                _("Take it out, or write the dates of this year."),
            )


def _is_over(when: When, begins: date | None) -> bool:
    if begins is None:
        return False
    first = (begins.year, begins.month, begins.day)
    return any(
        isinstance(test, InDates)
        and test.is_wanted
        and bool(test.ranges)
        and all(len(dates.last) == 3 and dates.last < first for dates in test.ranges)
        for test in when.tests
    )


def _always_wins(other: RateRule, rule: RateRule) -> bool:
    if other.rank <= rule.rank or other.options or rule.options:
        return False
    if not _covers(other.target, rule.target):
        return False
    return _is_wider(other.when, rule.when) and other.quantity.fit is None


def _covers(other: Target, target: Target) -> bool:
    """Whether `other` prices all that `target` does, each by itself."""
    if other == target:
        return True
    is_single = target.reach is Reach.EACH or (
        target.reach is Reach.TOGETHER and len(target.names) == 1
    )
    if other.is_fee or target.is_fee or other.is_item != target.is_item or not is_single:
        return False
    return other.reach is Reach.ANY or (other.reach is Reach.EACH and target.names <= other.names)


def _is_wider(other: When, when: When) -> bool:
    """Whether `other` holds wherever `when` does."""
    if other.categories is not None and not (
        when.categories and when.categories <= other.categories
    ):
        return False
    if other.days is not None and not (when.days and when.days <= other.days):
        return False
    if other.window is not None and not (when.window and when.window.within(other.window)):
        return False
    return set(other.tests) <= set(when.tests)
