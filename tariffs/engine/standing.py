"""Standing charges: what a month or a year costs, and what is used beyond what it includes."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from tariffs.engine.draft import Draft, Drafted
from tariffs.engine.questions import missing
from tariffs.rules.shape import Quantity, Unit


def add_overage(draft: Draft, standing: Drafted) -> None:
    """Hours beyond those that `standing` includes, at its rate for more."""
    rule = standing.rule
    hours = draft.facts.get("period.hours")
    if hours is None:
        draft.ask_about("spaces", missing(frozenset({"period.hours"}), rule.id))
        return
    if rule.overage is None:
        return
    used = Decimal(hours).to_integral_value(ROUND_CEILING)
    beyond = used - rule.quantity.included * standing.quantity
    if beyond <= 0:
        return
    hourly = replace(rule, quantity=Quantity(Unit.HOUR), amount=rule.overage, overage=None)
    draft.add(
        Drafted(
            group=standing.group,
            rule=hourly,
            quantity=beyond,
            unit_price=rule.overage,
            exact=beyond * rule.overage,
            amount=Decimal(0),
            stretch=standing.stretch,
            told_apart=standing.told_apart,
            item=standing.item,
        )
    )
