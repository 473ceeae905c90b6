"""From figures to lines and questions that people can read."""

from __future__ import annotations

from decimal import Decimal

from tariffs.engine import change_reasons, question_words, reasons
from tariffs.engine.ask import Decision, Line, PriceAsk
from tariffs.engine.choose import Rivals, Unknown, Unpriced
from tariffs.engine.draft import Changed, Draft, Drafted
from tariffs.rules.document import TariffDocument

_SIX = Decimal("0.000001")


def line(
    drafted: Drafted, ask: PriceAsk, document: TariffDocument, *, list_amount: Decimal
) -> Line:
    """One line, its words for the hirer who asked."""
    rule, item = drafted.rule, drafted.item
    who = reasons.hirer_word(ask.category, document.more.labels)
    if drafted.kind in ("fee", "staff"):
        what = rule.target.label
        why = rule.why or reasons.why_fee(drafted, who=who)
    elif item is None:
        what = reasons.together({s.slug: s.name for s in ask.spaces}, drafted.group[1])
        why = reasons.why_line(drafted.stretch, who=who, told_apart=drafted.told_apart)
    else:
        what = item.name if item.quantity == 1 else f"{item.name} x {item.quantity}"
        why = reasons.why_item(who=who, rule_why=rule.why)
    return Line(
        kind=drafted.kind,
        rule=rule.id,
        what=what[:200],
        quantity=reasons.four_places(drafted.quantity),
        unit=rule.quantity.unit.value,
        unit_price=drafted.unit_price.quantize(_SIX).normalize() + Decimal(0)
        if rule.bands
        else drafted.unit_price,
        amount=drafted.amount,
        list_amount=list_amount,
        why=why,
        vat=drafted.vat,
        vat_rate=drafted.vat_rate,
        vat_rule=drafted.vat_rule,
    )


def change_line(
    change: Changed, document: TariffDocument, *, category: str, list_amount: Decimal
) -> Line:
    """A line for a discount, a surcharge, a minimum, a most, or VAT."""
    first = change.lines[0]
    who = reasons.hirer_word(category, document.more.labels)
    return Line(
        kind=change.kind,
        rule=change.rule,
        what=change_reasons.what(change)[:200],
        quantity=reasons.four_places(change.quantity),
        unit=change.unit,
        unit_price=change.percent
        if change.percent is not None
        else change.amount
        if change.unit_price is None
        else change.unit_price,
        amount=change.amount,
        list_amount=list_amount,
        why=change_reasons.why(change, document, who=who)[:300],
        vat="outside" if change.kind == "vat" else first.vat,
        vat_rate=Decimal(0) if change.kind == "vat" else first.vat_rate,
        vat_rule=change.rule if change.kind == "vat" else first.vat_rule,
    )


def decisions(draft: Draft, ask: PriceAsk) -> tuple[Decision, ...]:
    """What somebody must decide, in words."""
    if not draft.open_questions:
        return ()
    names = {space.slug: space.name for space in ask.spaces}
    names |= {item.slug: item.name for item in ask.items}
    names |= {name: rule.target.label for rule in draft.document.rules for name in _fee(rule)}
    who = reasons.hirer_word(ask.category, draft.document.more.labels)
    found = []
    for _kind, question in draft.open_questions:
        if isinstance(question, Unpriced):
            words = reasons.no_price(names, question.names, who=who)
            found.append(Decision("no_rate", words))
        elif isinstance(question, Rivals):
            words = reasons.two_prices(names, question.names)
            found.append(Decision("rates_tie", words, question.rules))
        elif isinstance(question, Unknown):
            words = question_words.unknown(question.facts, draft.document)
            found.append(Decision("missing_fact", words, question.rules, question.facts[0]))
        else:
            words = question_words.asked(question, draft.document)
            fact = question.facts[0] if question.facts else ""
            found.append(Decision(question.code, words, question.rules, fact))
    return tuple(found)


def _fee(rule: object) -> frozenset[str]:
    target = getattr(rule, "target", None)
    return target.names if target is not None and target.is_fee else frozenset()
