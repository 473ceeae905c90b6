"""Standing charges: what a month or a year costs, and what is used beyond what it includes."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from tariffs.engine.draft import Draft, Drafted
from tariffs.engine.questions import Asked, Stop, missing
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
    try:
        beyond = _beyond(Decimal(hours), standing, draft)
    except Stop as stop:
        draft.ask_about("spaces", stop.question)
        return
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


def _beyond(hours: Decimal, standing: Drafted, draft: Draft) -> Decimal:
    """Hours that are charged beyond those included, part of a step as a whole one.

    Raises: Stop where part of an hour was used and the sheet has no step.
    """
    rule, step = standing.rule, standing.rule.overage_step
    included = rule.quantity.included * standing.quantity
    if step is not None:
        return ((hours - included) / step).to_integral_value(ROUND_CEILING) * step
    if draft.document.edition.is_overage_whole:
        return hours.to_integral_value(ROUND_CEILING) - included
    if hours > included and (hours - included) % 1:
        raise Stop(Asked("overage_step", (rule.id,)))
    return hours - included
