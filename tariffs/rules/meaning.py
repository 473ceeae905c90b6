"""Faults that a schema cannot see: words nobody defined, rules that say the same twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.reading import minute_of, read
from tariffs.rules.schema import MOST_HOURS, MOST_POUNDS
from tariffs.rules.shape import ANY, RateRule, Reach, Target, TariffDocument, Unit, When


def faults_of_meaning(
    document: Mapping[str, Any],
    *,
    spaces: Collection[str] | None,
    items: Collection[str] | None,
) -> Iterator[Fault]:
    """The faults of a document whose shape is right."""
    words = list(_undefined_words(document))
    yield from words
    yield from _same_name_twice(document)
    for rule in document["rules"]:
        yield from _target_faults(rule, spaces=spaces, items=items)
        yield from _quantity_faults(rule)
    if not words:
        tariff = read(document)
        yield from _rivals(tariff)
        yield from _no_list_price(tariff)


def _undefined_words(document: Mapping[str, Any]) -> Iterator[Fault]:
    dayparts = document.get("dayparts", {})
    for word, part in dayparts.items():
        yield from _clock_faults("", f"dayparts.{word}", part)
    for rule in document["rules"]:
        when = rule.get("when", {})
        yield from _clock_faults(rule["id"], "when", when)
        if "daypart" not in when:
            continue
        if when["daypart"] not in dayparts:
            yield Fault(
                rule["id"],
                "when.daypart",
                _("Nobody has said when “%(word)s” is.") % {"word": when["daypart"]},
                _("Add it to the dayparts, with a time it is from and a time it is until."),
            )
        if "from" in when or "until" in when:
            yield Fault(
                rule["id"],
                "when",
                _("It names both a daypart and times of its own."),
                _("Keep one of them."),
            )


def _clock_faults(rule: str, where: str, clock: Mapping[str, Any]) -> Iterator[Fault]:
    if ("from" in clock) != ("until" in clock):
        yield Fault(
            rule,
            where,
            _("A time it is from needs a time it is until."),
            _("Give both. The whole day is “00:00” until “24:00”."),
        )
    elif "from" in clock and minute_of(clock["from"]) == minute_of(clock["until"]):
        yield Fault(
            rule,
            where,
            _("It starts and ends at the same time."),
            _("For the whole day leave both out, or write “00:00” until “24:00”."),
        )


def _same_name_twice(document: Mapping[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for rule in document["rules"]:
        if rule["id"] in seen:
            yield Fault(
                rule["id"],
                "id",
                _("Two rules have this name."),
                _("Give each rule a name of its own."),
            )
        seen.add(rule["id"])


def _target_faults(
    rule: Mapping[str, Any], *, spaces: Collection[str] | None, items: Collection[str] | None
) -> Iterator[Fault]:
    word, names = next(iter(rule["target"].items()))
    known = items if word == "items" else spaces
    if ANY in names and len(names) > 1:
        yield Fault(
            rule["id"],
            f"target.{word}",
            _("“any” stands beside other names."),
            _("Write only “any”, or only the names."),
        )
    unknown = sorted(set(names) - {ANY} - set(known)) if known is not None else []
    for name in unknown:
        yield Fault(
            rule["id"],
            f"target.{word}",
            _("The venue has no “%(name)s”.") % {"name": name},
            _("It has: %(names)s.") % {"names": ", ".join(sorted(known or [])) or "-"},
        )


def _quantity_faults(rule: Mapping[str, Any]) -> Iterator[Fault]:
    quantity = rule["quantity"]
    unit = quantity["unit"]
    if "items" not in rule["target"] and unit != Unit.HOUR:
        yield Fault(
            rule["id"],
            "quantity.unit",
            _("A space is priced by the hour."),
            _("Use the unit “hour”."),
        )
    if unit != Unit.HOUR and ("min" in quantity or "step" in quantity):
        yield Fault(
            rule["id"],
            "quantity",
            _("Only hours have a minimum and a step."),
            _("Leave both out, or use the unit “hour”."),
        )
    if "step" in quantity and Decimal(quantity["step"]) == 0:
        yield Fault(
            rule["id"], "quantity.step", _("A step cannot be zero."), _("Leave the step out.")
        )
    if any(Decimal(quantity.get(word, "0")) > MOST_HOURS for word in ("min", "step")):
        yield Fault(
            rule["id"],
            "quantity",
            _("That is more than a month of hours."),
            _("Write hours, like “2”."),
        )
    if Decimal(rule["amount"]) > MOST_POUNDS:
        yield Fault(
            rule["id"],
            "amount",
            _("That is more than £%(most)s.") % {"most": f"{MOST_POUNDS:,}"},
            _("Write pounds, like “12.50”."),
        )


def _rivals(tariff: TariffDocument) -> Iterator[Fault]:
    """Two rules that always hold together: no booking could ever be priced."""
    first: dict[tuple[Target, When, int], RateRule] = {}
    for rule in tariff.rules:
        when = When(rule.when.categories, rule.when.days, rule.when.window)
        other = first.setdefault((rule.target, when, rule.rank), rule)
        if other is not rule and other.id != rule.id:
            yield Fault(
                rule.id,
                "when",
                _("It says when and where exactly as “%(other)s” does.") % {"other": other.id},
                _("Remove one of the two, or give one a higher rank."),
            )


def _no_list_price(tariff: TariffDocument) -> Iterator[Fault]:
    """Every target needs a rule for the category whose price is the list price."""
    by_target: dict[Target, list[RateRule]] = defaultdict(list)
    for rule in tariff.rules:
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
