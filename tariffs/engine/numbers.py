"""Numbers that rules multiply by, or sort into bands by."""

from __future__ import annotations

from decimal import Decimal

from tariffs.engine.facts import Facts
from tariffs.engine.questions import Stop, missing
from tariffs.rules.names import word
from tariffs.rules.words import ACTUALS, NUMBERS


def number(name: str, facts: Facts, *, rule: str) -> Decimal:
    """The number of that name: a fact, one of the tariff's own, or a measure.

    What is only known after the event counts as nothing until then.
    Raises: Stop where nobody told it.
    """
    plain = word(name).replace("-", "_")
    fact = NUMBERS.get(plain)
    value = facts.get(fact) if fact else facts.get(f"fact.{word(name)}")
    if value is None and not fact:
        fact = f"measure.{plain}"
        value = facts.get(fact)
    if value is None:
        if fact in ACTUALS:
            return Decimal(0)
        raise Stop(missing(frozenset({fact or name}), rule))
    return Decimal(value)
