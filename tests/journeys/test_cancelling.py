"""A group gives several dates of its booking back at once, by pointer or by keyboard alone."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from bookings.models import Booking, State
from core import clock
from notices.models import Notice
from tests.factories.bookings import book, weekly
from tests.journeys.conftest import Visits, hall, member
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_their_booking(visitor: Visitor, first: date) -> Booking:
    """Four Tuesdays, and their page."""
    person = member()
    space = hall(name="Main hall", venue__name="Mill Lane Centre")
    booking = book(space, actor=person, now=clock.now(), pattern=weekly(first, 4))
    visitor.open(f"/bookings/{booking.reference}/")
    visitor.sign_in(person.email)
    visitor.sees("4 dates to come")
    return booking


def states(booking: Booking) -> list[str]:
    return [date.state for date in booking.occurrences.order_by("starts_at")]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_ticked_dates_are_cancelled_together_after_a_page_that_lists_them(
    visit: Visits, tuesday: date, scripts: bool
) -> None:
    visitor = visit(java_script_enabled=scripts)
    booking = at_their_booking(visitor, tuesday)
    first, _second, third, _fourth = booking.occurrences.order_by("starts_at")
    visitor.press("Cancel chosen dates")
    visitor.sees("Tick the dates that you want to cancel")
    for picked in (first, third):
        visitor.page.locator(f"label[for=cancel-{picked.pk}]").click()
    visitor.press("Cancel chosen dates")
    visitor.sees("Cancel these 2 dates?")
    visitor.fill(reason="Half term")
    visitor.press("Yes, cancel these dates")
    visitor.sees("2 dates are cancelled.")
    gone = State.CANCELLED_BY_HIRER
    assert states(booking) == [gone, State.CONFIRMED, gone, State.CONFIRMED]
    assert Notice.objects.filter(event="booking_cancelled").count() == 1
    # The refusal of the empty form is all that a browser may have to say.
    assert all("422" in said for said in visitor.errors)


def test_the_ticks_and_the_pages_after_them_work_by_keyboard_and_on_a_phone(
    visit: Visits, tuesday: date
) -> None:
    visitor = visit()
    booking = at_their_booking(visitor, tuesday)
    visitor.reads_well_on_a_phone()
    stops = visitor.walks_by_keyboard()
    assert stops.count("cancel") == 4
    page = visitor.page
    ticks = page.locator("[name=cancel]")
    ticks.nth(1).focus()
    page.keyboard.press("Space")
    ticks.nth(2).focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=cancel]:checked")).to_have_count(2)
    page.get_by_role("button", name="Cancel chosen dates").focus()
    page.keyboard.press("Enter")
    visitor.sees("Cancel these 2 dates?")
    visitor.reads_well_on_a_phone()
    visitor.walks_by_keyboard()
    page.get_by_role("button", name="Yes, cancel these dates").focus()
    page.keyboard.press("Enter")
    visitor.sees("2 dates are cancelled.")
    gone = State.CANCELLED_BY_HIRER
    assert states(booking) == [State.CONFIRMED, gone, gone, State.CONFIRMED]
    visitor.has_nothing_to_complain()


def test_the_whole_journey_of_booking_walks_by_keyboard(visit: Visits, tuesday: date) -> None:
    person = member()
    space = hall(name="Main hall")
    asked = f"?spaces={space.pk}&on={tuesday}&starts=7pm&ends=9pm&people=30&repeat=weekly&times=3"
    visitor = visit()
    visitor.open(f"/venues/{space.venue.slug}/book/details/{asked}")
    visitor.sign_in(person.email)
    visitor.sees("What is it for?")
    visitor.walks_by_keyboard()
    visitor.fill(adult_name="")
    visitor.press("Continue")
    visitor.sees("There is a problem")
    visitor.reads_well_on_a_phone()
    summary = visitor.page.locator(".govuk-error-summary")
    summary.get_by_role("link", name="Fill in “What is it”").click()
    expect(visitor.page.locator("[name=title]")).to_be_focused()
    visitor.fill(title="Lunch club", adult_name="Ada Moreno", adult_phone="020 7946 0001")
    visitor.press("Continue")
    visitor.sees("If a date is taken")
    visitor.walks_by_keyboard()
    visitor.reads_well_on_a_phone()
    visitor.press("Book")
    visitor.sees("Your reference")
    visitor.open(f"/bookings/{Booking.objects.get().reference}/?done=1")
    visitor.walks_by_keyboard()
    visitor.reads_well_on_a_phone()
