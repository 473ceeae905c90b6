"""A quote as JSON: amounts as strings with two places, never a binary fraction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tariffs.engine import Line
from tariffs.engine.because import plain
from tariffs.sheets.quote import Quote


def answer_of(quote: Quote) -> dict[str, Any]:
    """The answer of `manage.py tariff quote`."""
    answer: dict[str, Any] = {
        "total": _pounds(quote.total),
        "vat": _pounds(quote.vat),
        "list_total": _pounds(quote.list_total),
        "deposit": _pounds(quote.deposit),
        "lines": [_line(line) for line in quote.lines],
        "due": [
            {
                "on": due.on.isoformat() if due.on else None,
                "amount": _pounds(due.amount),
                "why": due.why,
                "returned": due.is_returned,
            }
            for due in quote.due
        ],
        "needs_decision": [
            {
                "code": one.code,
                "words": one.words,
                "fact": one.fact or None,
                "rules": list(one.rules),
            }
            for one in quote.needs_decision
        ],
        "is_estimate": quote.is_estimate,
    }
    if quote.cancelled is not None:
        answer["cancellation_charge"] = _pounds(quote.cancelled.charge)
        answer["refund"] = _pounds(quote.cancelled.refund)
    return answer


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "rule": line.rule,
        "what": line.what,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "unit_price": _unit_price(line.unit_price),
        "amount": _pounds(line.amount),
        "list_amount": _pounds(line.list_amount),
        "vat": line.vat,
        "vat_rate": plain(line.vat_rate),
        "why": line.why,
    }


def _pounds(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _unit_price(price: Decimal) -> str:
    pence = price.quantize(Decimal("0.01"))
    return f"{pence:.2f}" if pence == price else plain(price)
