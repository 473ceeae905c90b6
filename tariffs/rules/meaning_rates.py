"""Faults of single rates: what they price, how they count, what they ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.names import short
from tariffs.rules.schema import MOST_HOURS, MOST_POUNDS
from tariffs.rules.shape import ANY, Unit
from tariffs.rules.tables import TARGETS, faults_of_table


def table_faults(rule: Mapping[str, Any]) -> Iterator[Fault]:
    """A grid that cannot be read."""
    heads = rule.get("table", {}).get("by", [])
    is_rate = rule.get("kind", "rate") in ("rate", "standing")
    if is_rate and "target" not in rule and not TARGETS & set(heads):
        yield Fault(
            rule["id"],
            "target",
            _("“%(field)s” is missing.") % {"field": "target"},
            _("Name one of: spaces, each, items, fee, staff."),
        )
    if "table" not in rule:
        return
    for word in faults_of_table(rule):
        yield Fault(
            rule["id"],
            "table",
            _("“%(word)s” cannot be read as part of this grid.") % {"word": word},
            _("Write one level of heads for each word in “by”, and a price in each cell."),
        )


def target_faults(
    rule: Mapping[str, Any], *, spaces: Collection[str] | None, items: Collection[str] | None
) -> Iterator[Fault]:
    """Names that the venue does not have."""
    word, names = next(iter(rule["target"].items()))
    if word in ("fee", "staff"):
        return
    known = items if word == "items" else spaces
    if ANY in names and len(names) > 1:
        yield Fault(
            rule["id"],
            f"target.{word}",
            _("“any” stands beside other names."),
            _("Write only “any”, or only the names."),
        )
    wanted = {short(name) for name in names} - {ANY}
    unknown = sorted(wanted - set(known)) if known is not None else []
    for name in unknown:
        yield Fault(
            rule["id"],
            f"target.{word}",
            _("The venue has no “%(name)s”.") % {"name": name},
            _("It has: %(names)s.") % {"names": ", ".join(sorted(known or [])) or "-"},
        )


def quantity_faults(rule: Mapping[str, Any]) -> Iterator[Fault]:
    """Units that do not fit, amounts that are none, figures out of bounds."""
    quantity = rule["quantity"]
    unit = quantity["unit"]
    yield from _unit_faults(rule, unit)
    if "amount" not in rule and "bands" not in rule:
        yield Fault(
            rule["id"],
            "amount",
            _("“%(field)s” is missing.") % {"field": "amount"},
            _("Write pounds in quotes, zero or more, like “12.50”."),
        )
    for where, step in (
        ("quantity.step", quantity.get("step")),
        ("overage_step", rule.get("overage_step")),
    ):
        if step is not None and Decimal(str(step)) == 0:
            yield Fault(rule["id"], where, _("A step cannot be zero."), _("Leave the step out."))
    if "max" in quantity and Decimal(str(quantity.get("min", "0"))) > Decimal(str(quantity["max"])):
        yield Fault(
            rule["id"],
            "quantity.max",
            _("The least is more than the most."),
            _("Let min be no more than max."),
        )
    figures = [Decimal(str(quantity.get(word, "0"))) for word in ("min", "step")]
    if unit == Unit.HOUR and any(figure > MOST_HOURS for figure in figures):
        yield Fault(
            rule["id"],
            "quantity",
            _("That is more than a month of hours."),
            _("Write hours, like “2”."),
        )
    amounts = [rule.get("amount", "0"), *(band["amount"] for band in _bands(rule))]
    if any(_pounds(amount) > MOST_POUNDS for amount in amounts):
        yield Fault(
            rule["id"],
            "amount",
            _("That is more than £%(most)s.") % {"most": f"{MOST_POUNDS:,}"},
            _("Write pounds, like “12.50”."),
        )


def _unit_faults(rule: Mapping[str, Any], unit: str) -> Iterator[Fault]:
    quantity = rule["quantity"]
    if unit in (Unit.MEASURE, Unit.POUND) and not quantity.get("of"):
        yield Fault(
            rule["id"],
            "quantity.of",
            _("Nothing says what is counted."),
            _("Name it in “of”: takings, hire, a rule, or a measure such as hectares."),
        )
    if unit == Unit.POUND and not {"fee", "staff"} & rule["target"].keys():
        yield Fault(
            rule["id"],
            "target",
            _("A share of other lines is a fee."),
            _("Give it the target fee, with a name for it."),
        )
    if unit == Unit.ITEM and {"fee", "staff"} & rule["target"].keys():
        yield Fault(
            rule["id"],
            "quantity.unit",
            _("A fee is not counted by the item."),
            _("Use the unit “booking”, or price it as an item."),
        )
    if unit == Unit.MONTH and "overage" in rule and "included" not in quantity:
        yield Fault(
            rule["id"],
            "quantity.included",
            _("It has a price for more, and nothing says more than what."),
            _("Say how many hours are included."),
        )


def _bands(rule: Mapping[str, Any]) -> list[Any]:
    return list(rule.get("bands", {}).get("bands", []))


def _pounds(amount: object) -> Decimal:
    figure = str(amount).split(" ")[0]
    return Decimal(0) if figure == "ask" else Decimal(figure)
