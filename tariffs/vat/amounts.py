"""VAT within each line of a price, so that the lines sum to the VAT of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.money import round_to_pence
from tariffs.engine.ask import Line, Priced
from tariffs.rules.document import TariffDocument

_LONGEST = 500
_NOTHING = Decimal("0.00")


def with_vat(priced: Priced, *, why: Mapping[str, str], is_registered: bool) -> Priced:
    """The same price, each line with the VAT within it and the reason (`why`, by rule of tax).

    What somebody supplies who is not registered is outside VAT.
    """
    amounts = vat_amounts(priced)
    lines = (
        replace(
            line,
            vat=line.vat if is_registered else "outside",
            vat_amount=amount,
            vat_why=why.get(line.vat_rule, "")[:_LONGEST],
        )
        for line, amount in zip(priced.lines, amounts, strict=True)
    )
    return replace(priced, lines=tuple(lines))


def vat_amounts(priced: Priced) -> list[Decimal]:
    """Pounds of VAT within the amount of each line, in order.

    VAT that is added is a line that is all VAT; what is included is shared out over the lines
    that include it, and the largest of them takes the odd penny.
    """
    amounts = [_within(line) for line in priced.lines]
    sharing = [n for n, line in enumerate(priced.lines) if _includes(line)]
    if sharing:
        largest = max(sharing, key=lambda n: priced.lines[n].amount)
        amounts[largest] += priced.vat - sum(amounts, _NOTHING)
    return amounts


def _within(line: Line) -> Decimal:
    if line.kind == "vat":
        return line.amount
    return included(line.amount, line.vat_rate) if _includes(line) else _NOTHING


def _includes(line: Line) -> bool:
    return line.vat == "inclusive" and line.vat_rate > 0


def included(gross: Decimal, rate: Decimal) -> Decimal:
    """VAT at `rate` percent within a price that includes it."""
    return round_to_pence(gross * rate / (100 + rate))


def shared(gross: Sequence[Decimal], rate: Decimal) -> list[Decimal]:
    """VAT at `rate` percent within each amount; they sum to the VAT within the whole."""
    parts = [included(amount, rate) for amount in gross]
    largest = max(range(len(parts)), key=lambda n: gross[n])
    parts[largest] += included(sum(gross, _NOTHING), rate) - sum(parts, _NOTHING)
    return parts


def due(
    amounts: Sequence[Decimal], rate: Decimal, *, on_top: bool, document: TariffDocument
) -> Decimal:
    """VAT at `rate` percent on the lines of one date, rounded as the sheet says."""
    rounding = document.rounding
    over = Decimal(100) if on_top else 100 + rate
    each = [amount * rate / over for amount in amounts]
    if document.more.vat_rounding == "line":
        each = [round_to_pence(vat, rounding=rounding) for vat in each]
    return round_to_pence(sum(each, Decimal(0)), rounding=rounding)
