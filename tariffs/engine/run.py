"""One pass over a hire for one kind of hirer: lines, adjustments, bounds, tax. No words yet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tariffs.engine import adjust, bounds, rates, shares, tax
from tariffs.engine.ask import PriceAsk
from tariffs.engine.draft import Draft
from tariffs.engine.facts import Facts
from tariffs.engine.options import chosen_run
from tariffs.engine.plan import plan_of
from tariffs.engine.questions import Asked, missing
from tariffs.engine.slices import Slice
from tariffs.engine.truth import missing_for
from tariffs.rules.document import TariffDocument
from tariffs.rules.shape import Unit

_NOBODY: frozenset[str] = frozenset()


def run(
    document: TariffDocument, ask: PriceAsk, slices: Sequence[Slice], *, category: str
) -> Draft:
    """Price everything asked for, as `category` would pay it."""
    facts = Facts(document, ask, category=category)
    if not document.more.chooses:
        return _once(document, ask, slices, facts, _NOBODY)

    def one_way(left_out: frozenset[str]) -> Draft:
        own = Facts(document, ask, category=category)
        return _once(document, ask, slices, own, left_out)

    return chosen_run(document, slices, facts, one_way)


def _once(
    document: TariffDocument,
    ask: PriceAsk,
    slices: Sequence[Slice],
    facts: Facts,
    left_out: frozenset[str],
) -> Draft:
    draft = Draft(document, ask, facts, slices)
    plan = plan_of(document)
    rates.price_all(draft, plan, left_out)
    if not plan.is_plain:
        facts.put("sessions", _sessions(draft))
        facts.put("hire", draft.now(("hire",)))
        facts.put("total", draft.now(("all",)))
        bounds.bind(draft, bounds.BEFORE_ADJUST)
        adjust.adjust_all(draft)
        bounds.bind(draft, bounds.AFTER_ADJUST)
        shares.add_shares(draft, plan, left_out)
        tax.tax(draft)
    if document.more.asks:
        facts.put("hire", draft.now(("hire",)))
        facts.put("total", draft.total)
        facts.put("sessions", _sessions(draft))
        _ask_open_questions(draft)
    return draft


def _sessions(draft: Draft) -> Decimal:
    """Sessions of spaces: heating by the session is not one more."""
    counted = [
        line.quantity
        for line in draft.lines
        if line.rule.quantity.unit is Unit.SESSION
        and not (line.rule.target.is_fee or line.rule.target.is_item)
    ]
    return sum(counted, Decimal(0))


def _ask_open_questions(draft: Draft) -> None:
    named = draft.document.more.named_days
    for rule in draft.document.more.asks:
        unknown = missing_for(rule.when, draft.slices, draft.facts, named)
        if unknown:
            draft.ask_about("lines", missing(unknown, rule.id))
        elif unknown is not None:
            draft.ask_about("lines", Asked("ask", (rule.id,), words=rule.question))
