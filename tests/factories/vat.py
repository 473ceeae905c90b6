"""Operators that are registered for VAT, and spaces that somebody decided on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Operator, VatRegistration
from bookings.models import Booking
from spaces.models import OptionToTax, Space, SportsDecision, Venue
from tests.factories.accounts import LONG_AGO, MembershipFactory, OrganisationFactory
from tests.factories.bookings import NOW, book, weekly
from tests.factories.spaces import SpaceFactory, open_always
from tests.factories.tariffs import flat_rates

LONG_SINCE = date(2020, 4, 1)


def register(operator: Operator, **fields: Any) -> VatRegistration:
    """Registered since 2020, prices including VAT, unless told."""
    fields.setdefault("first_on", LONG_SINCE)
    fields.setdefault("number", "123456789")
    return VatRegistration.objects.create(operator=operator, **fields)


def opt(venue: Venue, **fields: Any) -> OptionToTax:
    fields.setdefault("first_on", LONG_SINCE)
    return OptionToTax.objects.create(venue=venue, **fields)


def decide(space: Space, *, is_sports: bool = True) -> SportsDecision:
    return SportsDecision.objects.create(
        space=space, is_sports_facility=is_sports, note="Lines on the floor", decided_at=LONG_AGO
    )


def sports_hall(**registration: Any) -> Space:
    """A sports hall at £15 an hour, of a registered operator, open for a year from NOW."""
    hall = SpaceFactory(name="Sports Hall", slug="sports-hall")
    open_always(hall, NOW, days=400)
    flat_rates(hall.venue, amount="15.00")
    register(hall.venue.operator, **registration)
    decide(hall)
    return hall


def club_block(hall: Space, *, count: int = 12, now: datetime = NOW, **fields: Any) -> Booking:
    """A club's block of Tuesdays, 7pm to 9pm from 12 January 2027, paid for as a whole."""
    club = OrganisationFactory(council=hall.venue.council, kind="sports_club")
    member = MembershipFactory(organisation=club)
    fields.setdefault("pays_as_whole", True)
    fields.setdefault("activity", "sport")
    return book(
        hall,
        actor=member.user,
        organisation_id=club.pk,
        pattern=weekly(date(2027, 1, 12), count),
        now=now,
        **fields,
    )
