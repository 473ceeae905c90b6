"""The lines of a price, kept with each date that was booked at it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bookings.models import Occurrence, QuoteLine

if TYPE_CHECKING:
    from bookings.services.planning import PlannedDate


def keep(pairs: Iterable[tuple[Occurrence, PlannedDate]]) -> None:
    """Store the lines of dates that have a price; a date that needs a decision keeps none."""
    rows = []
    for occurrence, date in pairs:
        quoted = date.quote
        if quoted is None or quoted.priced.total is None:
            continue
        for position, line in enumerate(quoted.priced.lines):
            rows.append(
                QuoteLine(
                    occurrence=occurrence,
                    version_id=quoted.version_id,
                    position=position,
                    kind=line.kind,
                    rule=line.rule,
                    what=line.what,
                    quantity=line.quantity,
                    unit=line.unit,
                    unit_price=line.unit_price,
                    amount=line.amount,
                    list_amount=line.list_amount,
                    vat=line.vat,
                    vat_rate=line.vat_rate,
                    vat_amount=line.vat_amount,
                    vat_rule=line.vat_rule,
                    vat_why=line.vat_why,
                    why=line.why,
                    is_estimate=quoted.is_estimate,
                )
            )
    QuoteLine.objects.bulk_create(rows)
