"""VAT in what a venue keeps when a hire is cancelled. A deposit that is given back has none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol

from core.money import round_to_pence
from tariffs.vat.law import law_on

_NOTHING = Decimal("0.00")


class Priced(Protocol):
    """A line of a quote, or of a price that is kept."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def vat_amount(self) -> Decimal: ...


def vat_in_charge(charge: Decimal, *, of: Iterable[Priced], on: date) -> Decimal:
    """Pounds of VAT within a cancellation charge for the hire of these lines, kept on that day.

    It follows the supply that was booked: the same share of it is VAT.
    """
    lines = list(of)
    total = sum((line.amount for line in lines), Decimal(0))
    if total <= 0 or not law_on(on).charges_follow_supply:
        return _NOTHING
    vat = sum((line.vat_amount for line in lines), Decimal(0))
    return round_to_pence(charge * vat / total)
