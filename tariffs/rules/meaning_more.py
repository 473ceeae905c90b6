"""Faults of rules that are no rates: adjustments, bounds, choices, terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.names import short
from tariffs.rules.ranges import range_of

_LINES = frozenset({"hire", "items", "fees", "staff", "all", "total"})
_MOST_PERCENT = 1000


def faults_of_more(rules: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """All of them."""
    names = _named(rules)
    options = {option for rule in rules for option in rule.get("option", ())}
    for rule in rules:
        yield from _KINDS.get(rule.get("kind", "rate"), _nothing)(rule)
        for word in rule.get("on", ()):
            if word not in _LINES and short(word) not in names:
                yield Fault(
                    rule["id"],
                    "on",
                    _("“%(word)s” is no line of this tariff.") % {"word": word},
                    _("Use hire, items, fees, staff or all, or the name of a rule."),
                )
        for option in rule.get("options", ()):
            if option not in options:
                yield Fault(
                    rule["id"],
                    "options",
                    _("No rate has the option “%(word)s”.") % {"word": option},
                    _("Give it to a rate, or leave it out."),
                )
        yield from _empty_ranges(rule, rule.get("when", {}), "when")


def _named(rules: Sequence[Mapping[str, Any]]) -> set[str]:
    names = {rule["id"] for rule in rules}
    for rule in rules:
        for value in rule.get("target", {}).values():
            names |= {short(name) for name in ([value] if isinstance(value, str) else value)}
    return names


def _nothing(rule: Mapping[str, Any]) -> Iterator[Fault]:
    return iter(())


def _adjust(rule: Mapping[str, Any]) -> Iterator[Fault]:
    if ("percent" in rule) == ("amount" in rule):
        yield Fault(
            rule["id"],
            "percent",
            _("It needs a percent or an amount, and not both."),
            _("Write percent: “-10” for a tenth off, or amount: “-5” with per: hour."),
        )
    elif "percent" in rule and not -100 <= Decimal(str(rule["percent"])) <= _MOST_PERCENT:
        yield Fault(
            rule["id"],
            "percent",
            _("No price goes below nothing, nor up elevenfold."),
            _("Write a percent from “-100” to “1000”."),
        )


def _bound(rule: Mapping[str, Any]) -> Iterator[Fault]:
    if "floor" not in rule and "ceiling" not in rule:
        yield Fault(
            rule["id"],
            "floor",
            _("It has neither a floor nor a ceiling."),
            _("Say the least or the most that is charged."),
        )
    ends = [str(rule[word]) for word in ("floor", "ceiling") if word in rule]
    is_plain = all(end.replace(".", "", 1).isdigit() for end in ends)
    if len(ends) == 2 and is_plain and Decimal(ends[0]) > Decimal(ends[1]):
        yield Fault(
            rule["id"],
            "ceiling",
            _("The least is more than the most."),
            _("Let the floor be no more than the ceiling."),
        )


def _deposit(rule: Mapping[str, Any]) -> Iterator[Fault]:
    if len({"amount", "percent", "bands"} & rule.keys()) != 1:
        yield Fault(
            rule["id"],
            "amount",
            _("It needs one of: amount, percent, bands."),
            _("Write pounds in quotes, zero or more, like “12.50”."),
        )


def _schedule(rule: Mapping[str, Any]) -> Iterator[Fault]:
    percents = [Decimal(str(part["percent"])) for part in rule["parts"] if "percent" in part]
    rest = [part for part in rule["parts"] if "percent" not in part and "amount" not in part]
    if len(rest) > 1:
        yield Fault(
            rule["id"],
            "parts",
            _("Two parts are “the rest”."),
            _("Give all parts but one a percent or an amount."),
        )
    if sum(percents) > 100 or (
        not rest and len(percents) == len(rule["parts"]) and sum(percents) != 100
    ):
        yield Fault(
            rule["id"],
            "parts",
            _("The parts do not add up to the whole."),
            _("Let the percents add up to 100, or leave one part without."),
        )


def _cancel(rule: Mapping[str, Any]) -> Iterator[Fault]:
    for step in rule["steps"]:
        if ("charge" in step) == ("refund" in step):
            yield Fault(
                rule["id"],
                "steps",
                _("A step needs a charge or a refund, and not both."),
                _("Write charge: “50%”, or refund: “75%% - 15”.").replace("%%", "%"),
            )


def _empty_ranges(rule: Mapping[str, Any], when: Mapping[str, Any], where: str) -> Iterator[Fault]:
    for name, value in when.items():
        is_text = isinstance(value, str) and value[:1] in ("<", ">")
        if is_text and range_of(value).is_empty:
            yield Fault(
                rule["id"],
                f"{where}.{name}",
                _("No number is in “%(range)s”.") % {"range": value},
                _("Write the lower edge first, like “>= 2 < 4”."),
            )


_KINDS = {
    "adjust": _adjust,
    "bound": _bound,
    "deposit": _deposit,
    "schedule": _schedule,
    "cancel": _cancel,
}
