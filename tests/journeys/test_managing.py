"""A venue manager answers what people asked for."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from bookings.models import State
from core import clock
from tests.factories.bookings import book, weekly
from tests.factories.roles import VenueRoleFactory
from tests.journeys.conftest import Visits, hall, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_manager_approves_a_request_and_the_hirer_sees_it(visit: Visits, tuesday: date) -> None:
    space = hall(venue__name="Abbey Manor", venue__confirmation="request")
    manager, hirer = member(), member()
    VenueRoleFactory(user=manager, venue=space.venue)
    booking = book(space, actor=hirer, now=clock.now(), pattern=weekly(tuesday, 2), title="Forum")

    staff = visit()
    staff.open("/manage/requests/")
    staff.sign_in(manager.email)
    staff.follow("Forum, Abbey Manor")
    staff.reads_well_on_a_phone()
    staff.press("Yes, book it")
    staff.sees("Booked: 2 dates.")
    assert {date.state for date in booking.occurrences.all()} == {State.CONFIRMED}
    staff.open(f"/manage/diary/?venue={space.venue.slug}&from={tuesday}")
    staff.sees("Forum")
    staff.has_nothing_to_complain()

    theirs = visit()
    theirs.open(f"/bookings/{booking.reference}/")
    theirs.sign_in(hirer.email)
    expect(theirs.page.locator(".oh-dates")).to_contain_text("Booked")
    theirs.has_nothing_to_complain()


def test_a_manager_declines_with_a_reason_and_the_time_is_free_again(
    visit: Visits, tuesday: date
) -> None:
    space = hall(venue__name="Abbey Manor", venue__confirmation="request")
    manager, hirer = member(), member()
    VenueRoleFactory(user=manager, venue=space.venue)
    booking = book(space, actor=hirer, now=clock.now(), pattern=weekly(tuesday, 1))
    staff = visit()
    staff.open(f"/bookings/{booking.reference}/")
    staff.sign_in(manager.email)
    staff.fill(reason="The floor is being sanded.")
    staff.press("No, decline")
    staff.sees("Declined: 1 date.")
    staff.open(f"/?on={tuesday}&starts=7pm&ends=9pm")
    staff.sees("1 place is free.")
    assert {date.state for date in booking.occurrences.all()} == {State.DECLINED}
