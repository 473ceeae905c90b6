"""Requests as people make them; bookings come only out of the services."""

from datetime import UTC, date, datetime, time
from typing import Any

from accounts.models import User
from bookings.models import Booking
from bookings.requests import BookingRequest, ContactDetails
from bookings.services import request_booking
from spaces.models import Space
from spaces.timetable import Frequency, Pattern
from tests.factories.accounts import UserFactory

# A Tuesday morning in winter time.
NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
ADULT = ContactDetails("Ada Moreno", "ada@example.org", "020 7946 0001")


def evening(day: date, *, starts: time = time(19), ends: time = time(21), **more: Any) -> Pattern:
    """7pm to 9pm on `day`, once unless told."""
    return Pattern(first=day, starts=starts, ends=ends, **more)


def weekly(day: date, count: int, **more: Any) -> Pattern:
    return evening(day, frequency=Frequency.WEEKLY, count=count, **more)


def asked(*spaces: Space, pattern: Pattern | None = None, **fields: Any) -> BookingRequest:
    """A request for `spaces` of one venue: Tuesday 12 January 2027, 7pm to 9pm."""
    fields.setdefault("title", "Choir practice")
    fields.setdefault("people", 20)
    fields.setdefault("responsible_adult", ADULT)
    return BookingRequest(
        venue_id=spaces[0].venue_id,
        space_ids=tuple(space.pk for space in spaces),
        pattern=pattern or evening(date(2027, 1, 12)),
        **fields,
    )


def book(*spaces: Space, actor: User | None = None, now: datetime = NOW, **fields: Any) -> Booking:
    """A booking made through the service."""
    return request_booking(asked(*spaces, **fields), actor=actor or UserFactory(), now=now)
