"""What calling dates off costs, by the terms and the price that were agreed for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.agreement import unsaid
from bookings.models import CancellationCharge, CancelTerms, Occurrence, State
from bookings.services.terms import agreed, rule_of
from core.clock import london
from core.words import pounds
from tariffs.engine import Decision
from tariffs.rules import TariffDocument
from tariffs.scales import reason
from tariffs.terms import charge_for, notice_between
from tariffs.versions import kept

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one date would cost. `charge` and `refund` None: `why` is the question."""

    occurrence: Occurrence
    by: str
    version_id: int | None
    agreed: Decimal
    charge: Decimal | None
    refund: Decimal | None
    why: str


def foresee(dates: Sequence[Occurrence], *, by: str, now: datetime) -> list[Foreseen]:
    """What each date with an agreed price would cost; three queries for any number of them.

    A date that was only asked for costs nothing, as nothing was agreed, and is left out.
    """
    booked = {date.pk: date for date in dates if date.state == State.CONFIRMED}
    if not booked:
        return []
    prices = agreed(booked)
    terms = {
        row.occurrence_id: row
        for row in CancelTerms.objects.filter(occurrence_id__in=booked, by=by)
    }
    documents = kept({row.version_id for row in terms.values() if row.rule})
    return [
        _of_date(date, prices[pk], terms.get(pk), documents, by=by, now=now)
        for pk, date in booked.items()
        if pk in prices
    ]


def keep(foreseen: Sequence[Foreseen], *, now: datetime) -> None:
    """Store the charges; in the transaction that calls the dates off."""
    CancellationCharge.objects.bulk_create(
        CancellationCharge(
            occurrence=one.occurrence,
            version_id=one.version_id,
            by=one.by,
            agreed=one.agreed,
            charge=one.charge,
            refund=one.refund,
            why=one.why[:300],
            cancelled_at=now,
        )
        for one in foreseen
    )


def in_short(foreseen: Sequence[Foreseen]) -> str:
    """For the audit: what is to pay and what is given back, in all."""
    if not foreseen:
        return ""
    charge = sum((one.charge for one in foreseen if one.charge is not None), _NOTHING)
    refund = sum((one.refund for one in foreseen if one.refund is not None), _NOTHING)
    open_ = sum(one.charge is None for one in foreseen)
    said = f"; charge {pounds(charge)}, refund {pounds(refund)}"
    return f"{said}, {open_} to be decided" if open_ else said


def _of_date(
    date: Occurrence,
    price: Decimal,
    terms: CancelTerms | None,
    documents: dict[int, TariffDocument],
    *,
    by: str,
    now: datetime,
) -> Foreseen:
    rule = rule_of(terms, documents) if terms else None
    if terms is None or rule is None:
        version_id = terms.version_id if terms else None
        if not price and terms is None:
            said = _("There was nothing to pay.")
            return Foreseen(date, by, version_id, price, _NOTHING, _NOTHING, said)
        words = terms.question if terms else unsaid(by)
        return Foreseen(date, by, version_id, price, None, None, words)
    notice = notice_between(now, date.starts_at)
    found = charge_for(
        documents[terms.version_id],
        rule,
        agreed=price,
        notice=notice,
        event_on=london(date.starts_at).date(),
    )
    if isinstance(found, Decision):
        return Foreseen(date, by, terms.version_id, price, None, None, found.words)
    words = reason(found, agreed=price, notice=notice)
    return Foreseen(date, by, terms.version_id, price, found.charge, found.refund, words)
