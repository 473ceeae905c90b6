"""What bookings hold about a person: given out on request, and forgotten."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Contact
from bookings.models import AccessRequest, Booking, Occurrence, State
from core.clock import london
from core.errors import StateConflict

_AHEAD = (State.REQUESTED, State.HELD, State.CONFIRMED)


def _of(user_id: int) -> Q:
    return (
        Q(private_hirer_id=user_id)
        | Q(made_by_id=user_id)
        | Q(responsible_adult__user_id=user_id)
        | Q(on_the_day__user_id=user_id)
    )


def export(user_id: int) -> dict[str, Any]:
    """Every booking the person made or is named on, as plain JSON values."""
    rows = (
        Booking.objects.filter(_of(user_id))
        .select_related("venue", "responsible_adult", "on_the_day", "access_request")
        .select_related("voucher_use__source")
        .prefetch_related("occurrences__cancellation_charge", "deposits", "due_parts")
        .order_by("pk")
    )
    return {"bookings": [_booking(row) for row in rows]}


def _booking(row: Booking) -> dict[str, Any]:
    asked = getattr(row, "access_request", None)
    return {
        "reference": row.reference,
        "venue": row.venue.name,
        "title": row.title,
        "purpose": row.purpose,
        "people": row.people,
        "answers": row.answers,
        "responsible_adult": row.responsible_adult.name,
        "on_the_day": row.on_the_day.name,
        "needs": asked.needs if asked else [],
        "adjustment": asked.adjustment if asked else "",
        "voucher": _voucher(row),
        "asked_at": row.created_at.isoformat(),
        "deposits": [
            {"name": held.name, "amount": _pounds(held.amount), "why": held.why}
            for held in row.deposits.all()
        ],
        "payments_due": [
            {
                "by": part.on.isoformat() if part.on else None,
                "amount": _pounds(part.amount),
                "why": part.why,
            }
            for part in row.due_parts.all()
        ],
        "dates": [
            {
                "from": date.starts_at.isoformat(),
                "until": date.ends_at.isoformat(),
                "state": date.state,
                "cancelling": _charge(date),
            }
            for date in row.occurrences.all()
        ],
    }


def _charge(date: Occurrence) -> dict[str, str | None] | None:
    kept = getattr(date, "cancellation_charge", None)
    if kept is None:
        return None
    return {"charge": _pounds(kept.charge), "refund": _pounds(kept.refund), "why": kept.why}


def _pounds(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _voucher(row: Booking) -> str:
    """How the voucher begins that was used; the code itself is kept nowhere."""
    used = getattr(row, "voucher_use", None)
    return f"{used.source.prefix}…" if used else ""


def anonymise(user_id: int, now: datetime) -> None:
    """Forget the person; bookings stay as figures.

    Raises: StateConflict while private dates of theirs are still to come.
    """
    ahead = Occurrence.objects.filter(
        booking__private_hirer_id=user_id, state__in=_AHEAD, ends_at__gt=now
    )
    if ahead.exists():
        message = _("You still have bookings to come. Cancel them first, then try again.")
        raise StateConflict(message)
    mine = Booking.objects.filter(private_hirer_id=user_id)
    AccessRequest.objects.filter(booking__in=mine).delete()
    mine.update(title=_("A private booking"), purpose="", answers={})
    Contact.objects.filter(user_id=user_id).update(
        name=_("Somebody"), email="", phone="", user=None, anonymised_at=now
    )
    Contact.objects.filter(pk__in=mine.values("responsible_adult_id")).update(
        name=_("Somebody"), email="", phone="", anonymised_at=now
    )
    Contact.objects.filter(pk__in=mine.values("on_the_day_id")).update(
        name=_("Somebody"), email="", phone="", anonymised_at=now
    )


def delete_access_requests(now: datetime) -> int:
    """Delete what people asked for that is due (docs/retention.md); returns how many."""
    due = AccessRequest.objects.filter(delete_on__lte=london(now).date())
    return due.delete()[0]
