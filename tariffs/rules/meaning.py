"""Faults that a schema cannot see: words nobody defined, rules that say the same twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.circles import circle_faults
from tariffs.rules.conditions import When
from tariffs.rules.document import TariffDocument
from tariffs.rules.meaning_more import faults_of_more
from tariffs.rules.meaning_rates import quantity_faults, target_faults
from tariffs.rules.meaning_values import value_faults
from tariffs.rules.meaning_words import undefined_words
from tariffs.rules.names import short
from tariffs.rules.reading import read
from tariffs.rules.schema import MOST_RULES
from tariffs.rules.shape import RateRule, Reach, Target
from tariffs.rules.tables import expanded


def faults_of_meaning(
    document: Mapping[str, Any],
    *,
    spaces: Collection[str] | None,
    items: Collection[str] | None,
) -> Iterator[Fault]:
    """The faults of a document whose shape is right."""
    rules = expanded(document["rules"])
    if len(rules) > MOST_RULES:
        yield too_many(len(rules))
        return
    words = [*undefined_words(document, rules), *value_faults(document)]
    yield from words
    yield from _same_name_twice(rules)
    yield from circle_faults(document, rules)
    rates = [rule for rule in rules if rule.get("kind", "rate") in ("rate", "standing")]
    known = _known_spaces(document, spaces)
    found: list[Fault] = []
    for rule in rates:
        found += target_faults(rule, spaces=known, items=items)
        found += quantity_faults(rule)
    found += faults_of_more(rules)
    yield from found
    if not words and not any(fault.where == "amount" for fault in found):
        tariff = read(document)
        yield from _rivals(tariff)
        yield from _no_list_price(tariff)


def too_many(number: int) -> Fault:
    """More rules than a tariff may have."""
    return Fault(
        rule="",
        where="rules",
        problem=_("There are %(n)d rules.") % {"n": number},
        remedy=_("Use at most %(most)d. One rule can name several kinds of hirer and days.")
        % {"most": MOST_RULES},
    )


def _known_spaces(
    document: Mapping[str, Any], spaces: Collection[str] | None
) -> Collection[str] | None:
    """The venue's spaces, else those the document lists."""
    listed = document.get("spaces", {})
    own = {short(name) for name in listed}
    own |= {
        short(part)
        for said in listed.values()
        if isinstance(said, dict)
        for part in said.get("parts", ())
    }
    return spaces if spaces is not None else own or None


def _same_name_twice(rules: Collection[Mapping[str, Any]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for rule in rules:
        if rule["id"] in seen:
            yield Fault(
                rule["id"],
                "id",
                _("Two rules have this name."),
                _("Give each rule a name of its own."),
            )
        seen.add(rule["id"])


def _rivals(tariff: TariffDocument) -> Iterator[Fault]:
    """Two rules that always hold together: no booking could ever be priced."""
    first: dict[object, RateRule] = {}
    for rule in tariff.rules:
        when = When(rule.when.categories, rule.when.days, rule.when.window, "", rule.when.tests)
        key = (rule.target, when, rule.rank, rule.options, rule.quantity.fit)
        other = first.setdefault(key, rule)
        if other is not rule and other.id != rule.id:
            yield Fault(
                rule.id,
                "when",
                _("It says when and where exactly as “%(other)s” does.") % {"other": other.id},
                _("Remove one of the two, or give one a higher rank."),
            )


def _no_list_price(tariff: TariffDocument) -> Iterator[Fault]:
    """Every target needs a rule for the category whose price is the list price."""
    if not tariff.list_category:
        return
    by_target: dict[Target, list[RateRule]] = defaultdict(list)
    for rule in tariff.rules:
        if not rule.target.is_fee:
            by_target[rule.target].append(rule)
    open_to_list = {
        target
        for target, rules in by_target.items()
        if any(_is_for(rule, tariff.list_category) for rule in rules)
    }
    has_any = {target.is_item for target in open_to_list if target.reach is Reach.ANY}
    for target, rules in by_target.items():
        covered = {
            name
            for other in open_to_list
            if other.is_item == target.is_item
            and (other.reach is Reach.EACH or len(other.names) == 1)
            for name in other.names
        }
        if target in open_to_list or target.is_item in has_any:
            continue
        if target.names and target.names <= covered:
            continue
        yield Fault(
            rules[0].id,
            "when.category",
            _("Nothing says what “%(category)s” pays here, and that is the full price.")
            % {"category": tariff.list_category},
            _("Add a rule for “%(category)s”, or name another list_category.")
            % {"category": tariff.list_category},
        )


def _is_for(rule: RateRule, category: str) -> bool:
    return rule.when.categories is None or category in rule.when.categories
