"""Telling hirers who asked for something that it is out of order, and that it works again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from bookings.models import Booking, FaultTold, Occurrence
from bookings.transitions import LIVE
from core import words
from notices import links, services
from notices.services import Owed
from spaces.faults import fault_words
from spaces.models import AccessFault
from spaces.services.faults import Touched, Turn

_PLAIN = "en-gb"


def tell_hirers(fault: AccessFault, turn: Turn, touched: Touched, now: datetime) -> None:
    """One mail for each booking it touches, never two; what follows goes to those told first."""
    if turn is Turn.BEGAN:
        found = _begun_for(fault, touched, now=now)
    else:
        found = _told_of(fault, turn, now=now)
    rows = FaultTold.objects.bulk_create(
        [
            FaultTold(fault=fault, asked=booking.access_request, turn=turn.value, told_at=now)
            for booking in found
        ],
        ignore_conflicts=True,
    )
    if rows:
        owed = (_owed(fault, turn, booking, now=now) for booking in found)
        services.tell_all([one for one in owed if one], now=now)


def _begun_for(fault: AccessFault, touched: Touched, *, now: datetime) -> list[Booking]:
    """Bookings with a date there while it lasts, whose hirer asked for what it touches."""
    dates = Occurrence.objects.filter(
        state__in=LIVE,
        booking__venue=fault.venue,
        booking__access_request__isnull=False,
        uses__space__in=list(touched),
        ends_at__gt=max(now, fault.starts_at),
    )
    if fault.until is not None:
        dates = dates.filter(starts_at__lt=fault.until)
    spaces: dict[int, set[int]] = {}
    for booking_id, space_id in dates.values_list("booking", "uses__space").distinct():
        spaces.setdefault(booking_id, set()).add(space_id)
    return [
        booking
        for booking in _bookings(Q(pk__in=spaces), fault, Turn.BEGAN)
        if _asked_for(booking, _needs(touched, spaces[booking.pk]))
    ]


def _told_of(fault: AccessFault, turn: Turn, *, now: datetime) -> list[Booking]:
    """Those who were told that it began; that it is overdue only if they are still to come."""
    told = FaultTold.objects.filter(fault=fault, turn=FaultTold.Turn.BEGAN)
    which = Q(access_request__in=told.values("asked"))
    if turn is Turn.OVERDUE:
        ahead = Occurrence.objects.filter(state__in=LIVE, ends_at__gt=now)
        which &= Q(pk__in=ahead.values("booking"))
    return list(_bookings(which, fault, turn))


def _bookings(which: Q, fault: AccessFault, turn: Turn) -> Iterable[Booking]:
    done = FaultTold.objects.filter(fault=fault, turn=turn.value).values("asked")
    rows = Booking.objects.filter(which).exclude(access_request__in=done).order_by("pk")
    return rows.select_related(
        "venue", "operator", "made_by", "responsible_adult", "access_request"
    )


def _needs(touched: Touched, space_ids: Collection[int]) -> frozenset[str]:
    none: frozenset[str] = frozenset()
    return none.union(*(touched.get(pk, none) for pk in space_ids))


def _asked_for(booking: Booking, needs: frozenset[str]) -> bool:
    """Words alone are not read: who only wrote is told of everything (decision 0020)."""
    ticked = booking.access_request.needs
    return not ticked or not needs.isdisjoint(ticked)


def _owed(fault: AccessFault, turn: Turn, booking: Booking, *, now: datetime) -> Owed | None:
    """To whoever made the booking, or else its responsible adult. Says nothing of their needs."""
    person, adult = booking.made_by, booking.responsible_adult
    if person is not None and not person.is_active:
        person = None
    email = person.email if person else adult.email
    if not email:
        return None
    language = person.language if person else _PLAIN
    with translation.override(language):
        return Owed(
            event=f"access_fault_{turn.value}",
            to_email=email,
            to_name=person.name if person else adult.name,
            recipient=person,
            language=language,
            subject=booking,
            context=_context(fault, booking, now=now),
        )


def _context(fault: AccessFault, booking: Booking, *, now: datetime) -> dict[str, Any]:
    dates = booking.occurrences.filter(state__in=LIVE, ends_at__gt=now).order_by("starts_at")
    return {
        "reference": booking.reference,
        "title": booking.title,
        "venue": booking.venue.name,
        "fault": fault_words(fault, now=now),
        "note": fault.note,
        "dates": [words.when(date.starts_at, date.ends_at) for date in dates[:10]],
        "booking_url": links.absolute(reverse("booking", args=[booking.reference])),
        "venue_url": links.absolute(reverse("venue", args=[booking.venue.slug])),
        "base_url": links.absolute("/"),
        "contact": booking.operator.contact_line,
        "reply_to": booking.venue.email,
    }
