"""The price of each planned date, and the lines that are kept with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bookings.models import Occurrence, QuoteLine
from bookings.requests import BookingRequest
from bookings.services.gather import Ground
from core.clock import london
from core.intervals import Span
from spaces.models import StockItem
from tariffs.engine import AskedItem, PriceAsk
from tariffs.services import Quoted, asked_item, asked_space, quote_dates

if TYPE_CHECKING:
    from bookings.services.planning import PlannedDate


def quote(
    request: BookingRequest,
    land: Ground,
    spans: Sequence[Span],
    *,
    category: str,
    now: datetime,
) -> list[Quoted]:
    """One quote for each span, in the same order, in a constant number of queries."""
    spaces = tuple(asked_space(space) for space in land.spaces)
    items = _items(request)
    asks = [
        PriceAsk(
            spaces=spaces,
            span=span,
            category=category,
            people=request.people,
            items=items,
            told={"series.count": Decimal(len(spans)), "series.ordinal": Decimal(n)},
        )
        for n, span in enumerate(spans, start=1)
    ]
    return quote_dates(land.venue.pk, asks, booked_on=london(now).date())


def _items(request: BookingRequest) -> tuple[AskedItem, ...]:
    if not request.items:
        return ()
    counts = dict(request.items)
    items = StockItem.objects.filter(pk__in=counts, venue_id=request.venue_id)
    return tuple(asked_item(item, quantity=counts[item.pk]) for item in items)


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
                    why=line.why,
                    is_estimate=quoted.is_estimate,
                )
            )
    QuoteLine.objects.bulk_create(rows)
