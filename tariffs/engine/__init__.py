"""The pure engine: a document and an ask give a price with its working. No query, no clock."""

from __future__ import annotations

from decimal import Decimal

from tariffs.engine.ask import AskedItem, AskedSpace, Decision, Line, Loose, PriceAsk, Priced
from tariffs.engine.draft import Draft
from tariffs.engine.listing import before_discounts, list_amounts
from tariffs.engine.run import run
from tariffs.engine.slices import slices_of
from tariffs.engine.wording import change_line, decisions, line
from tariffs.rules.document import TariffDocument
from tariffs.rules.shape import Unit

__all__ = [
    "AskedItem",
    "AskedSpace",
    "Decision",
    "Line",
    "Loose",
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
    slices = slices_of(ask, document.boundaries)
    charged = run(document, ask, slices, category=ask.category)
    amounts = before_discounts(charged)
    list_total: Decimal | None = None
    if not charged.open_questions:
        amounts, list_total = _listed(document, ask, charged)
    lines = [
        *(
            line(drafted, ask, document, list_amount=amount)
            for drafted, amount in zip(charged.lines, amounts[0], strict=True)
        ),
        *(
            change_line(change, document, category=ask.category, list_amount=amount)
            for change, amount in zip(charged.changes, amounts[1], strict=True)
        ),
    ]
    return Priced(
        lines=tuple(lines),
        total=None if charged.open_questions else charged.total,
        list_total=list_total,
        needs_decision=decisions(charged, ask),
        vat=charged.vat,
    )


def total(document: TariffDocument, ask: PriceAsk) -> Decimal | None:
    """The total that `price` gives, without the lines and their words; None: needs a decision."""
    slices = slices_of(ask, document.boundaries)
    charged = run(document, ask, slices, category=ask.category)
    return None if charged.open_questions else charged.total


def hourly_rate(document: TariffDocument, ask: PriceAsk) -> Decimal | None:
    """Pounds an hour for the spaces of `ask`, minimums left aside; None: ask the venue."""
    slices = slices_of(ask, document.boundaries)
    charged = run(document, ask, slices, category=ask.category)
    hours = sum((Decimal(slice_.seconds or 0) for slice_ in slices), Decimal(0)) / 3600
    if charged.open_questions or not hours:
        return None
    pounds = Decimal(0)
    for drafted in charged.lines:
        is_hourly = drafted.rule.quantity.unit is Unit.HOUR and not drafted.rule.bands
        asked = drafted.stretch.asked / 3600
        pounds += drafted.unit_price * asked if is_hourly else drafted.now
    return pounds / hours


def _listed(
    document: TariffDocument, ask: PriceAsk, charged: Draft
) -> tuple[tuple[list[Decimal], list[Decimal]], Decimal | None]:
    """The full price of each line and in all; none where the list category has no price."""
    if not document.list_category:
        amounts = before_discounts(charged)
        return amounts, sum(amounts[0] + amounts[1], Decimal("0.00"))
    listed = charged
    if ask.category != document.list_category:
        slices = charged.slices
        listed = run(document, ask, slices, category=document.list_category)
    if listed.open_questions:
        return before_discounts(charged), None
    amounts = before_discounts(charged) if listed is charged else list_amounts(charged, listed)
    return amounts, sum(amounts[0] + amounts[1], Decimal("0.00"))
