"""What a sheet leaves open: hours without a price, prices that tie, rules that never count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tariffs.rules import TariffDocument, read
from tariffs.rules.conditions import When
from tariffs.rules.editions import stamped
from tariffs.rules.names import short
from tariffs.rules.shape import RateRule
from tariffs.sheets.week import open_hours

_MOST = 60


def questions_of(documents: Sequence[Any]) -> list[str]:
    """What to ask the venue, the same once, at most sixty questions."""
    found: dict[str, None] = {}
    for document in documents:
        tariff = read(stamped(document))
        kinds = [short(name) for name in document.get("categories", {})]
        for question in (*unreachable(tariff), *open_hours(tariff, kinds=kinds)):
            found.setdefault(question)
            if len(found) >= _MOST:
                return list(found)
    return list(found)


def unreachable(tariff: TariffDocument) -> Iterator[str]:
    """Rates that another one always goes before."""
    for rule in tariff.rules:
        for other in tariff.rules:
            if other is not rule and _always_wins(other, rule):
                yield _(
                    "“%(rule)s” never counts: “%(other)s” always goes before it. Is it still meant?"
                ) % {"rule": rule.id, "other": other.id}
                break


def _always_wins(other: RateRule, rule: RateRule) -> bool:
    if other.target != rule.target or other.rank <= rule.rank or other.options or rule.options:
        return False
    return _is_wider(other.when, rule.when) and other.quantity.fit is None


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
