"""The pure engine: a document and an ask give a price with its working. No query, no clock."""

from __future__ import annotations

from decimal import Decimal

from tariffs.engine.ask import AskedItem, AskedSpace, Decision, Line, PriceAsk, Priced
from tariffs.engine.listing import list_amounts
from tariffs.engine.run import run
from tariffs.engine.slices import cut
from tariffs.engine.wording import decisions, line
from tariffs.rules.shape import TariffDocument

__all__ = [
    "AskedItem",
    "AskedSpace",
    "Decision",
    "Line",
    "PriceAsk",
    "Priced",
    "hourly_rate",
    "price",
    "total",
]


def price(document: TariffDocument, ask: PriceAsk) -> Priced:
    """What `ask` costs by `document`, every line with its reason.

    Where no rule holds, or two hold equally, the answer needs a decision and has no total.
    """
    slices = cut(ask.span, document.boundaries())
    charged = run(document, ask, slices, category=ask.category)
    amounts = [drafted.amount for drafted in charged.lines]
    list_total: Decimal | None = None
    if not charged.open_questions:
        listed = charged
        if ask.category != document.list_category:
            listed = run(document, ask, slices, category=document.list_category)
        if not listed.open_questions:
            amounts = list_amounts(charged, listed)
            list_total = sum(amounts, Decimal("0.00"))
    return Priced(
        lines=tuple(
            line(drafted, ask, list_amount=amount)
            for drafted, amount in zip(charged.lines, amounts, strict=True)
        ),
        total=None if charged.open_questions else charged.total,
        list_total=list_total,
        needs_decision=decisions(charged, ask),
    )


def total(document: TariffDocument, ask: PriceAsk) -> Decimal | None:
    """The total that `price` gives, without the lines and their words; None: needs a decision."""
    charged = run(document, ask, cut(ask.span, document.boundaries()), category=ask.category)
    return None if charged.open_questions else charged.total


def hourly_rate(document: TariffDocument, ask: PriceAsk) -> Decimal | None:
    """Pounds an hour for the one space of `ask`, minimums left aside; None: ask the venue."""
    slices = cut(ask.span, document.boundaries())
    charged = run(document, ask, slices, category=ask.category)
    if charged.open_questions:
        return None
    hours = sum((drafted.quantity for drafted in charged.lines), Decimal(0))
    pounds = sum((drafted.rule.amount * drafted.quantity for drafted in charged.lines), Decimal(0))
    return pounds / hours
