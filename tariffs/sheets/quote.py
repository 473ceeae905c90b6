"""A price from a sheet and a request: every date, deposits, what is due when, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tariffs.engine import Decision, Line, PriceAsk, Priced, price
from tariffs.engine.cancel import Cancelled, cancelled
from tariffs.engine.facts import Facts
from tariffs.engine.money import Due
from tariffs.engine.questions import Stop
from tariffs.rules import TariffDocument
from tariffs.sheets.requests import Request, event_days, request_of
from tariffs.sheets.sheet import in_force
from tariffs.sheets.values import day as day_of
from tariffs.sheets.values import mapping
from tariffs.terms import Deal, Terms, deal_of, decision, with_deposits, with_schedule

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a request costs. `total` None: see `needs_decision`."""

    lines: tuple[Line, ...] = ()
    total: Decimal | None = None
    list_total: Decimal | None = None
    vat: Decimal = _NOTHING
    deposit: Decimal | None = None
    due: tuple[Due, ...] = ()
    needs_decision: tuple[Decision, ...] = ()
    cancelled: Cancelled | None = None
    is_estimate: bool = False


def quote(documents: Sequence[TariffDocument], data: Any) -> Quote:
    """The price by the version of its first day (or of the day of booking).

    Raises: RequestRefused where the request cannot be read.
    """
    data = mapping(data, "request")
    document, day = _version(documents, data)
    if document is None:
        return _unpriced("no_tariff", _("No published prices cover that day. Ask the venue."), day)
    request = request_of(data, document)
    made = _priced(document, request)
    ends = document.more.valid_to
    return replace(made, is_estimate=bool(day and ends and day >= ends))


def _version(
    documents: Sequence[TariffDocument], data: dict[str, Any]
) -> tuple[TariffDocument | None, date | None]:
    days = event_days(data)
    day = days[0] if days else None
    if documents[-1].more.picked_by == "booking_date" and data.get("booked_on"):
        day = day_of(data["booked_on"], "booked_on")
    return in_force(documents, day), day


def _unpriced(code: str, words: str, day: date | None) -> Quote:
    fact = "" if day else "date"
    return Quote(needs_decision=(Decision(code, words, fact=fact),))


def _priced(document: TariffDocument, request: Request) -> Quote:
    if request.agreed_total is not None:
        agreed = request.agreed_total.quantize(_NOTHING)
        line = Line(
            "agreed",
            "",
            _("As agreed"),
            Decimal(1),
            "booking",
            agreed,
            agreed,
            agreed,
            _("You and the venue agreed this price."),
        )
        made = Quote(lines=(line,), total=agreed, list_total=agreed)
    else:
        made = _sum(document, [price(document, ask) for ask in _with_hours(document, request.asks)])
    if made.total is None and request.agreed_total is None:
        return made
    return _with_terms(document, request, made)


def _with_hours(document: TariffDocument, asks: Sequence[PriceAsk]) -> list[PriceAsk]:
    """A series knows its hours in all."""
    hours = [Facts(document, ask, category=ask.category).get("hours") for ask in asks]
    if len(asks) < 2 or None in hours:
        return list(asks)
    whole = sum(hours, Decimal(0))
    return [
        ask
        if "series_hours" in ask.told
        else replace(ask, told={**ask.told, "series_hours": whole})
        for ask in asks
    ]


def _sum(document: TariffDocument, priced: Sequence[Priced]) -> Quote:
    decisions = tuple(dict.fromkeys(one for each in priced for one in each.needs_decision))
    totals = [each.total for each in priced if each.total is not None]
    listed = [each.list_total for each in priced if each.list_total is not None]
    lines = [line for each in priced for line in each.lines]
    return Quote(
        lines=tuple(_merged(lines) if len(priced) > 1 else lines),
        total=None if decisions else sum(totals, _NOTHING),
        list_total=sum(listed, _NOTHING) if len(listed) == len(priced) else None,
        vat=sum((each.vat for each in priced), _NOTHING),
        needs_decision=decisions,
    )


def _merged(lines: Sequence[Line]) -> list[Line]:
    """The lines of several dates that say the same as one line."""
    found: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = (line.kind, line.rule, line.what, line.unit, line.unit_price, line.vat, line.vat_rate)
        before = found.get(key)
        found[key] = (
            replace(
                before,
                quantity=before.quantity + line.quantity,
                amount=before.amount + line.amount,
                list_amount=before.list_amount + line.list_amount,
            )
            if before
            else line
        )
    return list(found.values())


def _with_terms(document: TariffDocument, request: Request, made: Quote) -> Quote:
    total = made.total or _NOTHING
    deal = deal_of(document, request.asks[0], total=total, lines=made.lines)
    # What was agreed says nothing of deposits.
    has_deposits = request.agreed_total is None
    terms = with_deposits(Terms(), deal) if has_deposits else Terms()
    is_known = has_deposits and not terms.open
    terms = with_schedule(terms, deal, booked_on=request.booked_on, event_on=request.event_on)
    decisions = [*made.needs_decision, *terms.open]
    end: Cancelled | None = None
    try:
        end = _cancelled(deal, request)
    except Stop as stop:
        decisions.append(decision(stop.question, document))
    return replace(
        made,
        total=None if decisions else made.total,
        deposit=terms.deposit if is_known else None,
        due=terms.due,
        cancelled=end,
        needs_decision=tuple(decisions),
    )


def _cancelled(deal: Deal, request: Request) -> Cancelled | None:
    if request.cancel is None:
        return None
    return cancelled(
        deal.document,
        deal.facts,
        deal.slices,
        agreed=deal.total,
        days_before=request.cancel.days_before,
        by=request.cancel.by,
        is_relet=request.cancel.is_relet,
        event_on=request.event_on,
    )
