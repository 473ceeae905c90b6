"""From figures to lines and questions that people can read."""

from __future__ import annotations

from decimal import Decimal

from tariffs.engine import reasons
from tariffs.engine.ask import Decision, Line, PriceAsk
from tariffs.engine.choose import Unpriced
from tariffs.engine.run import Drafted, Run


def line(drafted: Drafted, ask: PriceAsk, *, list_amount: Decimal) -> Line:
    """One line, its words for the hirer who asked."""
    rule, item = drafted.rule, drafted.item
    if item is None:
        names = {space.slug: space.name for space in ask.spaces}
        what = reasons.together(names, drafted.group[1])
        why = reasons.why_line(
            drafted.stretch, category=ask.category, told_apart=drafted.told_apart
        )
    else:
        what = item.name if item.quantity == 1 else f"{item.name} x {item.quantity}"
        why = reasons.why_item(category=ask.category, rule_why=rule.why)
    return Line(
        kind="rate" if item is None else "item",
        rule=rule.id,
        what=what[:200],
        quantity=reasons.four_places(drafted.quantity),
        unit=rule.quantity.unit.value,
        unit_price=rule.amount,
        amount=drafted.amount,
        list_amount=list_amount,
        why=why,
    )


def decisions(run: Run, ask: PriceAsk) -> tuple[Decision, ...]:
    """What somebody must decide, in words."""
    names = {
        "spaces": {space.slug: space.name for space in ask.spaces},
        "items": {item.slug: item.name for item in ask.items},
    }
    found = []
    for kind, question in run.open_questions:
        if isinstance(question, Unpriced):
            words = reasons.no_price(names[kind], question.names, category=ask.category)
            found.append(Decision("no_rate", words))
        else:
            words = reasons.two_prices(names[kind], question.names)
            found.append(Decision("rates_tie", words, question.rules))
    return tuple(found)
