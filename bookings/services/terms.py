"""What is agreed besides the price: deposits, what is due when, and the scale of cancelling.

Worked out with a plan, kept with the booking in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from bookings.agreement import Agreement, Scale, deposits_of, undated
from bookings.models import Booking, By, CancelTerms, Deposit, DuePart, Occurrence, QuoteLine, State
from core.clock import london
from tariffs.engine import Decision
from tariffs.engine.money import Due
from tariffs.rules import TariffDocument
from tariffs.rules.terms import CancelRule
from tariffs.terms import cancel_rule, deal_of, due_of, of_request
from tariffs.versions import kept

if TYPE_CHECKING:
    from bookings.services.planning import PlannedDate

_NOTHING = Decimal("0.00")
_BATCH = 2000
Row = CancelTerms | Deposit | DuePart
_STANDING = (State.REQUESTED, State.HELD, State.CONFIRMED, State.ATTENDED)


def foresee(dates: Sequence[PlannedDate], *, booked_on: date) -> Agreement:
    """The terms of these dates; none before there is a price for all of them. No query."""
    quotes = [planned.quote for planned in dates if planned.quote is not None]
    amounts = [total for planned in dates if (total := _to_pay(planned)) is not None]
    if len(amounts) != len(dates):
        return Agreement(scales=tuple(() for _one in dates))
    terms, version_id = of_request(quotes, amounts, booked_on=booked_on)
    scales = tuple(_scales(planned, amount) for planned, amount in zip(dates, amounts, strict=True))
    return Agreement(terms, sum(amounts, _NOTHING), version_id, scales)


def _to_pay(planned: PlannedDate) -> Decimal | None:
    """Pounds for one date, by which its terms go."""
    return planned.quote.priced.total if planned.quote else None


def _scales(planned: PlannedDate, amount: Decimal) -> tuple[Scale, ...]:
    quoted = planned.quote
    if quoted is None or quoted.document is None or quoted.ask is None or not quoted.version_id:
        return ()
    if not quoted.document.more.cancels:
        return ()
    deal = deal_of(quoted.document, quoted.ask, total=amount, lines=quoted.priced.lines)
    found = []
    for by in By.values:
        rule = cancel_rule(deal, by=by)
        if isinstance(rule, Decision):
            found.append(Scale(by, quoted.version_id, None, rule.words))
        elif rule is not None:
            found.append(Scale(by, quoted.version_id, rule))
    return tuple(found)


def keep(agreement: Agreement, booking: Booking, dates: Sequence[Occurrence]) -> None:
    """Store what was agreed for `booking` and its `dates`, the free ones in their order."""
    write(rows_of(agreement, booking, dates))


def write(rows: Sequence[Row]) -> None:
    """Three statements for any number of rows, of one booking or of many."""
    scales = [row for row in rows if isinstance(row, CancelTerms)]
    held = [row for row in rows if isinstance(row, Deposit)]
    due = [row for row in rows if isinstance(row, DuePart)]
    CancelTerms.objects.bulk_create(scales, batch_size=_BATCH)
    Deposit.objects.bulk_create(held, batch_size=_BATCH)
    DuePart.objects.bulk_create(due, batch_size=_BATCH)


def rows_of(agreement: Agreement, booking: Booking, dates: Sequence[Occurrence]) -> list[Row]:
    """What `keep` stores, not written yet."""
    rows: list[Row] = [
        CancelTerms(
            occurrence=occurrence,
            version_id=scale.version_id,
            by=scale.by,
            rule=scale.rule.id if scale.rule else "",
            question=scale.question[:300],
        )
        for occurrence, scales in zip(dates, agreement.scales, strict=True)
        for scale in scales
    ]
    version_id = agreement.version_id
    if version_id is None:
        return rows
    rows += [
        Deposit(booking=booking, version_id=version_id, name=name, amount=amount, why=why[:300])
        for name, amount, why in deposits_of(agreement.terms)
    ]
    rule = agreement.terms.schedule
    return rows + due_rows(booking, agreement.due, version_id=version_id, rule=rule)


def due_rows(booking: Booking, due: Sequence[Due], *, version_id: int, rule: str) -> list[DuePart]:
    """The parts that ask for something, as rows that are not written yet."""
    return [
        DuePart(
            booking=booking,
            version_id=version_id,
            rule=rule,
            position=position,
            on=part.on,
            amount=part.amount,
            why=part.why[:300],
            is_returnable=part.is_returned,
        )
        for position, part in enumerate(part for part in due if part.amount)
    ]


def spread_anew(booking: Booking, *, now: datetime) -> None:
    """Spread the price of the dates that stand over the schedule, from today on.

    The venue has said yes or no to some dates: what is due counts from the day it is agreed.
    """
    part = booking.due_parts.first()
    standing = list(booking.occurrences.filter(state__in=_STANDING).order_by("starts_at"))
    if part is None or not standing:
        return
    total = sum(agreed([row.pk for row in standing]).values(), _NOTHING)
    document = kept([part.version_id])[part.version_id]
    rule = next((rule for rule in document.more.schedules if rule.id == part.rule), None)
    due = [undated(total, part.why)]
    if rule is not None:
        due = due_of(
            document,
            rule,
            total=total,
            booked_on=london(now).date(),
            event_on=london(standing[0].starts_at).date(),
        )
    booking.due_parts.all().delete()
    DuePart.objects.bulk_create(due_rows(booking, due, version_id=part.version_id, rule=part.rule))


def agreed(occurrence_ids: Collection[int]) -> dict[int, Decimal]:
    """Pounds agreed for each of these dates that has a price. One query."""
    rows = QuoteLine.objects.filter(occurrence_id__in=occurrence_ids).order_by()
    return dict(rows.values_list("occurrence_id").annotate(amount=Sum("amount")))


def read_scales(dates: Sequence[Occurrence]) -> list[tuple[Scale, ...]]:
    """The scales kept with these dates, whose `cancel_terms` are best fetched before."""
    rows = [list(date.cancel_terms.all()) for date in dates]
    documents = kept({row.version_id for of_date in rows for row in of_date if row.rule})
    return [tuple(_read(row, documents) for row in of_date) for of_date in rows]


def _read(row: CancelTerms, documents: Mapping[int, TariffDocument]) -> Scale:
    return Scale(row.by, row.version_id, rule_of(row, documents), row.question)


def rule_of(row: CancelTerms, documents: Mapping[int, TariffDocument]) -> CancelRule | None:
    """The scale that `row` names; None where it was left open."""
    if not row.rule:
        return None
    cancels = documents[row.version_id].more.cancels
    return next(rule for rule in cancels if rule.id == row.rule)
