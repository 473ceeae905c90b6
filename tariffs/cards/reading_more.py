"""Items, fees, deposits, discounts and cancelling: the rules of a plain shape, as a card has them.

Each reader gives None where a rule says more than the card can show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tariffs.cards.shape import (
    BLOCK,
    FEE_UNITS,
    ITEM_UNITS,
    REGULAR,
    RESIDENT,
    Behind,
    Deposit,
    Discount,
    Fee,
    Item,
    Ladder,
    Step,
)
from tariffs.rules.names import short

_RATE = frozenset({"id", "kind", "target", "when", "quantity", "amount", "why"})
_DEPOSIT = frozenset({"id", "kind", "when", "name", "amount", "why", "release"})
_DISCOUNT = frozenset({"id", "kind", "when", "percent", "stage", "stack", "why"})
_CANCEL = frozenset({"id", "kind", "when", "by", "steps", "waived_if_relet", "why"})
_POUNDS = re.compile(r"\d{1,6}(?:\.\d{1,4})?")
_PERCENT = re.compile(r"-(\d{1,2}(?:\.\d{1,4})?|100)")
_SERIES = re.compile(r">= ?(\d{1,4})")
_CHARGE = re.compile(r"\d{1,3}(?:\.\d{1,4})?%|\d{1,6}(?:\.\d{1,2})?")
_FROM = re.compile(r">= ?(\d{1,4})(?: ?< ?(\d{1,4}))?")
_UNDER = re.compile(r"< ?(\d{1,4})")


def item_of(rule: Mapping[str, Any], behind: Behind) -> Item | None:
    """A thing that is lent at one price for everybody."""
    if not _is_flat(rule) or set(rule["target"]) != {"items"}:
        return None
    if rule["quantity"]["unit"] not in ITEM_UNITS:
        return None
    names = tuple(map(short, rule["target"]["items"]))
    return Item(names, rule["quantity"]["unit"], str(rule["amount"]), behind)


def fee_of(rule: Mapping[str, Any], behind: Behind) -> Fee | None:
    """A fee of one amount that every hire pays."""
    if not _is_flat(rule) or rule["quantity"]["unit"] not in FEE_UNITS:
        return None
    word, name = next(iter(rule["target"].items()))
    if word not in ("fee", "staff"):
        return None
    return Fee(name, rule["quantity"]["unit"], str(rule["amount"]), word, behind)


def _is_flat(rule: Mapping[str, Any]) -> bool:
    if rule.get("kind", "rate") != "rate" or not set(rule) <= _RATE or rule.get("when"):
        return False
    return bool(
        rule.get("target")
        and set(rule["quantity"]) == {"unit"}
        and not isinstance(rule.get("amount", ""), bool)
        and _POUNDS.fullmatch(str(rule.get("amount", "")))
    )


def deposit_of(rule: Mapping[str, Any], behind: Behind) -> Deposit | None:
    """A deposit of one amount that every hire leaves."""
    if rule.get("kind") != "deposit" or not set(rule) <= _DEPOSIT or rule.get("when"):
        return None
    if not _POUNDS.fullmatch(str(rule.get("amount", ""))):
        return None
    return Deposit(rule.get("name", ""), str(rule["amount"]), _with(behind, rule, "release"))


def discount_of(rule: Mapping[str, Any], behind: Behind) -> Discount | None:
    """Percent off all spaces, for one plain reason."""
    if rule.get("kind") != "adjust" or not set(rule) <= _DISCOUNT:
        return None
    percent, when = _PERCENT.fullmatch(str(rule.get("percent", ""))), rule.get("when", {})
    if not percent or len(when) != 1:
        return None
    behind = _with(behind, rule, "stage", "stack")
    ((word, value),) = when.items()
    if word in (REGULAR, RESIDENT) and value is True:
        return Discount(word, percent[1], "", behind)
    block = _SERIES.fullmatch(str(value)) if word == "series" else None
    return Discount(BLOCK, percent[1], block[1], behind) if block else None


def ladder_of(rule: Mapping[str, Any], behind: Behind) -> Ladder | None:
    """Cancelling by the hirer, in whole days without a gap."""
    if rule.get("kind") != "cancel" or not set(rule) <= _CANCEL or rule.get("when"):
        return None
    if rule.get("by", "hirer") != "hirer":
        return None
    steps = _steps(rule["steps"])
    return Ladder(steps, _with(behind, rule, "by", "waived_if_relet")) if steps else None


def _steps(said: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Each step begins where the one before ends; nothing where one does not."""
    made: list[Step] = []
    above: int | None = None
    for step in said:
        days = _days(str(step["notice"]), above, is_first=not made)
        is_plain = set(step) <= {"notice", "unit", "charge"} and step.get("unit", "days") == "days"
        is_ended = bool(made) and made[-1].days == 0
        if days is None or is_ended or not is_plain or not _CHARGE.fullmatch(str(step["charge"])):
            return ()
        made.append(Step(days, str(step["charge"])))
        above = days
    return tuple(made) if len(made) > 1 and made[-1].days == 0 else ()


def _days(notice: str, above: int | None, *, is_first: bool) -> int | None:
    under = _UNDER.fullmatch(notice.strip())
    if under:
        return 0 if above == int(under[1]) else None
    found = _FROM.fullmatch(notice.strip())
    if not found or int(found[1]) == 0:
        return None
    top = int(found[2]) if found[2] else None
    return int(found[1]) if (top is None if is_first else top == above) else None


def _with(behind: Behind, rule: Mapping[str, Any], *words: str) -> Behind:
    return replace(behind, more={**behind.more, **{w: rule[w] for w in words if w in rule}})
