"""What is agreed besides the price: deposits, what is due when, and the scale of cancelling.

Worked out with a plan, kept with the booking in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from bookings.models import Booking, By, CancelTerms, Deposit, DuePart, Occurrence, QuoteLine, State
from core.clock import london
from tariffs.engine import Decision
from tariffs.engine.money import Due
from tariffs.rules import TariffDocument
from tariffs.rules.terms import CancelRule
from tariffs.terms import Terms, cancel_rule, deal_of, due_of, of_request
from tariffs.versions import kept

if TYPE_CHECKING:
    from bookings.services.planning import PlannedDate

_NOTHING = Decimal("0.00")
_STANDING = (State.REQUESTED, State.HELD, State.CONFIRMED, State.ATTENDED)


@dataclass(frozen=True, slots=True)
class Scale:
    """What holds where `by` calls a date off; `rule` None: `question` says what is open."""

    by: str
    version_id: int
    rule: CancelRule | None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What goes with the price of some dates; `scales` has an entry for each, in order."""

    terms: Terms = field(default_factory=Terms)
    version_id: int | None = None
    scales: tuple[tuple[Scale, ...], ...] = ()


def foresee(dates: Sequence[PlannedDate], *, booked_on: date) -> Agreement:
    """The terms of these dates; none before there is a price for all of them. No query."""
    quotes = [planned.quote for planned in dates if planned.quote is not None]
    amounts = [total for planned in dates if (total := _to_pay(planned)) is not None]
    if len(amounts) != len(dates):
        return Agreement(scales=tuple(() for _one in dates))
    terms, version_id = of_request(quotes, amounts, booked_on=booked_on)
    scales = tuple(_scales(planned, amount) for planned, amount in zip(dates, amounts, strict=True))
    return Agreement(terms, version_id, scales)


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
    CancelTerms.objects.bulk_create(
        CancelTerms(
            occurrence=occurrence,
            version_id=scale.version_id,
            by=scale.by,
            rule=scale.rule.id if scale.rule else "",
            question=scale.question[:300],
        )
        for occurrence, scales in zip(dates, agreement.scales, strict=True)
        for scale in scales
    )
    if agreement.version_id is None:
        return
    terms = agreement.terms
    Deposit.objects.bulk_create(
        Deposit(
            booking=booking,
            version_id=agreement.version_id,
            name=held.name,
            amount=held.amount,
            why=held.why[:300],
        )
        for held in terms.deposits
        if held.amount
    )
    DuePart.objects.bulk_create(
        due_rows(booking, terms.due, version_id=agreement.version_id, rule=terms.schedule)
    )


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
    document = kept([part.version_id])[part.version_id]
    rule = next(rule for rule in document.more.schedules if rule.id == part.rule)
    due = due_of(
        document,
        rule,
        total=sum(agreed([row.pk for row in standing]).values(), _NOTHING),
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


def unsaid(by: str) -> str:
    """That the rates are silent."""
    if by == By.VENUE:
        return _("The rates do not say what is given back when the venue cancels. Ask the venue.")
    return _("The rates do not say what cancelling costs. Ask the venue.")
