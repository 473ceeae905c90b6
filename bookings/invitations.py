"""The calendar that goes with a mail about a booking: one event for each date.

The UID is that of the date's first use, the same as in the space's feed, for life. One date is
an invitation or its withdrawal; several are published, because an iTIP request may only speak of
one UID (RFC 5546 section 3.2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from bookings.models import Booking, Occurrence, State, Use
from bookings.telling import Telling
from bookings.transitions import Step
from core import ical
from core.intervals import Span
from notices import links

_CONFIRMED = frozenset({State.CONFIRMED, State.ATTENDED, State.NO_SHOW})


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a notice keeps of its calendar; empty text where there is none."""

    text: str = ""
    method: str = ""
    uid: str = ""
    sequence: int = 0


def for_step(telling: Telling, step: Step, *, to_email: str) -> Attachment:
    """For the hirer: an invitation when booked, a withdrawal when cancelled, else nothing."""
    if step.after in _CONFIRMED:
        return _invite(telling, to_email=to_email)
    if step.name.startswith("cancel"):
        return _withdraw(telling, to_email=to_email)
    return Attachment()


def for_managers(telling: Telling, event: str, *, to_email: str) -> Attachment:
    """For the venue's diary: the same, by the mail that goes out."""
    if event == "manager_new_booking":
        return _invite(telling, to_email=to_email)
    if event == "manager_cancelled":
        return _withdraw(telling, to_email=to_email)
    return Attachment()


def _invite(telling: Telling, *, to_email: str) -> Attachment:
    dates = [_event(telling, date, is_cancelled=False) for date in telling.dates]
    return _attachment(telling, dates, ical.Method.REQUEST, to_email=to_email)


def _withdraw(telling: Telling, *, to_email: str) -> Attachment:
    dates = [_event(telling, date, is_cancelled=True) for date in telling.dates]
    return _attachment(telling, dates, ical.Method.CANCEL, to_email=to_email)


def _attachment(
    telling: Telling, dates: list[ical.Invited], method: ical.Method, *, to_email: str
) -> Attachment:
    venue = telling.booking.venue
    sent_as = method if len(dates) == 1 else ical.Method.PUBLISH
    text = ical.invitation(
        dates,
        method=sent_as,
        organizer=ical.Party(
            email=venue.email or settings.DEFAULT_FROM_EMAIL, name=str(telling.booking.operator)
        ),
        attendee=ical.Party(email=to_email),
    )
    return Attachment(
        text=text.decode(),
        method=sent_as.value,
        uid=dates[0].uid,
        sequence=max(date.sequence for date in dates),
    )


def _event(telling: Telling, date: Occurrence, *, is_cancelled: bool) -> ical.Invited:
    booking, uses = telling.booking, telling.uses[date.pk]
    return ical.Invited(
        uid=ical.uid_of(uses[0].uid),
        sequence=date.sequence,
        span=Span(date.starts_at, date.ends_at),
        summary=f"{_title(booking)}, {uses[0].space.name}",
        stamp=date.changed_at,
        location=_place(booking, uses),
        description=booking.reference,
        url=links.absolute(reverse("booking", args=[booking.reference])),
        is_cancelled=is_cancelled,
    )


def _title(booking: Booking) -> str:
    """A calendar is often shared, so a sensitive booking is named by its reference."""
    if booking.visibility == Booking.Visibility.SENSITIVE:
        return booking.reference
    return booking.title


def _place(booking: Booking, uses: Sequence[Use]) -> str:
    venue = booking.venue
    parts = [
        *(use.space.name for use in uses),
        venue.name,
        venue.address,
        venue.town,
        venue.postcode,
    ]
    return ", ".join(part for part in parts if part)
