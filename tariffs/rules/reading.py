"""From a checked document to values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.money import Rounding
from tariffs.rules.shape import (
    ANY,
    Day,
    Quantity,
    RateRule,
    Reach,
    Target,
    TariffDocument,
    Unit,
    When,
    Window,
)


def read(document: Mapping[str, Any]) -> TariffDocument:
    """The values a document stands for.

    The document has passed `require_valid`, as every published one has.
    """
    dayparts = document.get("dayparts", {})
    return TariffDocument(
        rules=tuple(_rule(rule, dayparts) for rule in document["rules"]),
        rounding=Rounding(document.get("rounding", Rounding.HALF_UP)),
        list_category=document.get("list_category", "commercial"),
    )


def minute_of(wall: str) -> int:
    """Minutes after midnight of "18:30"; "24:00" is the end of the day."""
    hours, _colon, minutes = wall.partition(":")
    return int(hours) * 60 + int(minutes)


def _rule(rule: Mapping[str, Any], dayparts: Mapping[str, Any]) -> RateRule:
    quantity = rule["quantity"]
    return RateRule(
        id=rule["id"],
        target=target_of(rule["target"]),
        when=when_of(rule.get("when", {}), dayparts),
        quantity=Quantity(
            unit=Unit(quantity["unit"]),
            least=Decimal(quantity.get("min", "0")),
            step=Decimal(quantity.get("step", "0")),
        ),
        amount=Decimal(rule["amount"]),
        why=rule.get("why", ""),
        rank=rule.get("rank", 0),
    )


def target_of(target: Mapping[str, Any]) -> Target:
    """Spaces together, each of some spaces, or items (always each)."""
    word, names = next(iter(target.items()))
    is_item = word == "items"
    if ANY in names:
        return Target(Reach.ANY, is_item=is_item)
    reach = Reach.TOGETHER if word == "spaces" else Reach.EACH
    return Target(reach, frozenset(names), is_item=is_item)


def when_of(when: Mapping[str, Any], dayparts: Mapping[str, Any]) -> When:
    """A rule's conditions, its daypart spelt out. A rule's own days go before the daypart's."""
    part = dayparts[when["daypart"]] if "daypart" in when else {}
    clock = part or when
    days = when.get("day") or part.get("day")
    window = None
    if "from" in clock:
        window = Window(minute_of(clock["from"]) % (24 * 60), minute_of(clock["until"]))
    categories = when.get("category")
    return When(
        categories=frozenset(categories) if categories else None,
        days=frozenset(Day(day) for day in days) if days else None,
        window=window,
        daypart=when.get("daypart", ""),
    )
