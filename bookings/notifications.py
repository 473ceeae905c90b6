"""Who is told what about a booking. One notice for a whole booking, never one for each date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from bookings import invitations, settled
from bookings.models import Booking, Occurrence, PriceChange, State
from bookings.telling import Telling, gather
from bookings.transitions import STEPS, WAITING, Step, Who
from core import words
from notices import services
from notices.services import Owed
from spaces.staff import managers_of

_PLAIN = "en-gb"
_NO_MORE: Mapping[str, Any] = {}


def tell_made(telling: Telling, *, now: datetime) -> None:
    """The hirer that it is booked or asked for; the venue's managers that there is one."""
    step = STEPS["ask" if telling.dates[0].state == State.REQUESTED else "book"]
    event = "manager_new_request" if step.name == "ask" else "manager_new_booking"
    services.tell_all([*_to_hirer(telling, step), *_to_managers(telling, event)], now=now)


def tell_decided(
    booking: Booking, dates: Sequence[Occurrence], step: Step, *, now: datetime
) -> None:
    """The hirer what the venue answered."""
    services.tell_all(_to_hirer(gather(booking, dates), step), now=now)


def tell_cancelled(
    booking: Booking, dates: Sequence[Occurrence], step: Step, *, now: datetime
) -> None:
    """The hirer in any case; the managers when it was the hirer who cancelled."""
    telling = gather(booking, dates)
    owed = _to_hirer(telling, step)
    if step.who is Who.HIRER:
        owed += _to_managers(telling, "manager_cancelled")
    services.tell_all(owed, now=now)


def tell_moved(booking: Booking, dates: Sequence[Occurrence], *, now: datetime) -> None:
    """The hirer that the venue gave these dates another space at the same time."""
    owed: list[Owed] = []
    for name, theirs in (
        ("ask", [date for date in dates if date.state in WAITING]),
        ("approve", [date for date in dates if date.state not in WAITING]),
    ):
        if theirs:
            step = replace(STEPS[name], notice="booking_moved")
            owed += _to_hirer(gather(booking, theirs), step)
    services.tell_all(owed, now=now)


def tell_prices_settled(
    booking: Booking,
    dates: Mapping[int, Occurrence],
    changes: Sequence[PriceChange],
    *,
    now: datetime,
) -> None:
    """The hirer what each date costs now and what it cost before; `dates` by their id."""
    found = _hirer_of(booking)
    if found is None:
        return
    telling = gather(booking, [dates[change.occurrence_id] for change in changes])
    person = found[2]
    with translation.override(person.language if person else _PLAIN):
        said = [settled.in_words(dates[change.occurrence_id], change) for change in changes]
        owed = Owed(
            event="prices_settled",
            to_email=found[0],
            to_name=found[1],
            recipient=person,
            language=person.language if person else _PLAIN,
            subject=booking,
            context=telling.in_words() | {"changes": said, "reason": ""},
        )
    services.tell_all([owed], now=now)


def tell_expired(booking: Booking, dates: Sequence[Occurrence], *, now: datetime) -> None:
    """The hirer that nobody answered in time."""
    services.tell_all(_to_hirer(gather(booking, dates), STEPS["lapse"]), now=now)


def tell_vat_due(
    booking: Booking, dates: Sequence[Occurrence], said: str, *, now: datetime
) -> None:
    """The managers that a block is no series for VAT any more, and what is due on its dates."""
    telling = gather(booking, dates)
    services.tell_all(_to_managers(telling, "manager_vat_due", {"vat": said}), now=now)


def tell_vat_added(
    booking: Booking, dates: Sequence[Occurrence], amount: Decimal, *, now: datetime
) -> None:
    """The hirer that the venue has added VAT to the price of these dates."""
    step = replace(STEPS["ask"], notice="booking_vat_added")
    more = {"vat": words.pounds(amount)}
    services.tell_all(_to_hirer(gather(booking, dates), step, more), now=now)


def _to_hirer(telling: Telling, step: Step, more: Mapping[str, Any] = _NO_MORE) -> list[Owed]:
    if step.notice is None:
        return []
    found = _hirer_of(telling.booking)
    if found is None:
        return []
    email, _name, person = found
    with translation.override(person.language if person else _PLAIN):
        owed = _owed(
            telling,
            step.notice,
            to=found,
            more={"cancelled_by": step.who.value, **more},
            calendar=invitations.for_step(telling, step, to_email=email),
        )
    return [owed]


def _hirer_of(booking: Booking) -> tuple[str, str, User | None] | None:
    """Where to write to whoever made the booking; None where nobody left an address."""
    person, adult = booking.made_by, booking.responsible_adult
    email = person.email if person and person.is_active else adult.email
    return (email, person.name if person else adult.name, person) if email else None


def _to_managers(telling: Telling, event: str, more: Mapping[str, Any] = _NO_MORE) -> list[Owed]:
    venue = telling.booking.venue
    recipients: list[tuple[str, str, User | None]] = [
        (person.email, person.name, person) for person in managers_of(venue)
    ]
    if not recipients and venue.email:
        recipients = [(venue.email, venue.name, None)]
    owed = []
    for email, name, person in recipients:
        with translation.override(person.language if person else _PLAIN):
            owed.append(
                _owed(
                    telling,
                    event,
                    to=(email, name, person),
                    more={**_for_staff(telling.booking), **more},
                    calendar=invitations.for_managers(telling, event, to_email=email),
                )
            )
    return owed


def _for_staff(booking: Booking) -> dict[str, Any]:
    """What staff read instead of the title where the hirer asked for care."""
    if booking.visibility == Booking.Visibility.SENSITIVE:
        return {"title": _("A private booking")}
    return {}


def _owed(
    telling: Telling,
    event: str,
    *,
    to: tuple[str, str, User | None],
    more: dict[str, Any],
    calendar: invitations.Attachment,
) -> Owed:
    email, name, person = to
    return Owed(
        event=event,
        to_email=email,
        to_name=name,
        recipient=person,
        language=person.language if person else _PLAIN,
        subject=telling.booking,
        context=telling.in_words() | more,
        calendar=calendar.text,
        method=calendar.method,
        uid=calendar.uid,
        sequence=calendar.sequence,
    )
