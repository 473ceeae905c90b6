"""A group finds an accessible hall, sees its price, books it weekly, and gives one date back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from accounts.models import Membership
from bookings.models import Booking, State
from core import words
from spaces.models import AccessFact
from tests.factories import OrganisationFactory
from tests.factories.access import work_out
from tests.journeys.conftest import Visits, hall, member
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def search(visitor: Visitor, first: date) -> None:
    """Weekly for three weeks, 7pm to 9pm, 30 people, step-free."""
    page = visitor.page
    visitor.open("/")
    visitor.fill(
        on_day=str(first.day), on_month=str(first.month), on_year=str(first.year),
        starts="7pm", ends="9pm", people="30",
    )  # fmt: skip
    page.get_by_text("It repeats, or runs for several days").click()
    page.select_option("[name=repeat]", "weekly")
    visitor.fill(times="3")
    page.get_by_label("Step-free", exact=True).check()
    visitor.press("Search")


def give_details(visitor: Visitor) -> None:
    """Who books and what for."""
    visitor.fill(title="Lunch club", adult_name="Ada Moreno", adult_phone="020 7946 0001")
    visitor.press("Continue")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_find_an_accessible_hall_book_it_weekly_and_cancel_one_date(
    visit: Visits, tuesday: date, scripts: bool
) -> None:
    booker = member(email="secretary@example.org")
    group = OrganisationFactory(name="Mill Lane Lunch Club")
    Membership.objects.create(user=booker, organisation=group, role=Membership.Role.BOOKER)
    hall(name="Main hall", venue__name="Mill Lane Centre")
    steps = hall(name="Upper hall", venue__name="Steep House")
    AccessFact.objects.filter(venue=steps.venue).update(value="no")
    work_out(steps.venue)

    visitor = visit(java_script_enabled=scripts)
    search(visitor, tuesday)
    visitor.sees("1 place is free on all 3 dates.")
    visitor.sees("a date, 2 hours at £10.00")
    expect(visitor.page.locator(".oh-results").get_by_text("Steep House")).to_have_count(0)
    visitor.follow("Book Main hall")
    visitor.sees("Free on 3 of your 3 dates")
    visitor.sees("£60.00")
    visitor.follow("Continue")
    visitor.sign_in(booker.email)
    give_details(visitor)
    visitor.sees("Check your answers")
    visitor.sees("Mill Lane Lunch Club")
    visitor.press("Book")
    visitor.sees("Your reference")
    printing = visitor.page.get_by_text("Print this page")
    expect(printing).to_be_visible() if scripts else expect(printing).to_be_hidden()

    booking = Booking.objects.get()
    assert (booking.organisation, booking.occurrences.count()) == (group, 3)
    visitor.follow("My bookings")
    visitor.follow("Lunch club, Mill Lane Centre")
    visitor.page.locator(f"a[href*='/dates/{booking.occurrences.all()[1].pk}/']").click()
    visitor.sees("Cancel this date?")
    visitor.press("Yes, cancel this date")
    second = words.long_day(tuesday + timedelta(days=7))
    visitor.sees(f"{second}, 7pm to 9pm is cancelled.")
    states = [date.state for date in booking.occurrences.order_by("starts_at")]
    assert states == [State.CONFIRMED, State.CANCELLED_BY_HIRER, State.CONFIRMED]
    visitor.has_nothing_to_complain()


def test_a_slot_that_goes_while_somebody_types_is_told_and_nothing_is_lost(
    visit: Visits, tuesday: date
) -> None:
    slow, quick = member(), member()
    space = hall(name="Main hall")
    asked = f"?spaces={space.pk}&on={tuesday}&starts=7pm&ends=9pm&people=30&on_clash=refuse"
    windows = []
    for person in (slow, quick):
        visitor = visit()
        visitor.open(f"/venues/{space.venue.slug}/book/details/{asked}")
        visitor.sign_in(person.email)
        give_details(visitor)
        visitor.sees("Check your answers")
        windows.append(visitor)
    windows[1].press("Book")
    windows[1].sees("Your reference")
    windows[0].press("Book")
    windows[0].sees("Nothing was booked, and your answers are kept.")
    assert Booking.objects.get().made_by == quick
    windows[0].follow("See what else is free then")
    windows[0].sees("Nothing fits all of that.")


def test_an_answer_left_out_is_asked_for_where_it_is_missing(visit: Visits, tuesday: date) -> None:
    hall()
    visitor = visit()
    visitor.open("/")
    visitor.fill(on_day="30", on_month="2", on_year="2027", starts="7", near="Mill Lane")
    visitor.press("Search")
    expect(visitor.page).to_have_title("Error: Find a place for your group – Openhall")
    summary = visitor.page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("There is no such date")
    summary.get_by_role("link", name="There is no such date").click()
    expect(visitor.page.locator("[name=on_day]")).to_be_focused()
    expect(visitor.page.locator("[name=near]")).to_have_value("Mill Lane")


def test_every_public_page_reads_on_a_phone_and_walks_by_keyboard(
    visit: Visits, tuesday: date
) -> None:
    space = hall(name="Main hall", venue__name="Mill Lane Centre")
    visitor = visit()
    for path in (
        "/",
        f"/?on={tuesday}&starts=7pm&ends=9pm&people=10",
        "/?people=5000",
        f"/venues/{space.venue.slug}/?week={tuesday}",
        f"/venues/{space.venue.slug}/?week={tuesday}&as=list",
        f"/venues/{space.venue.slug}/book/?spaces={space.pk}&on={tuesday}&starts=7pm",
        "/how-it-works/",
        "/accessibility/",
        "/privacy/",
        "/account/login/",
    ):
        visitor.open(path)
        visitor.reads_well_on_a_phone()
        visitor.walks_by_keyboard()
    visitor.has_nothing_to_complain()


def test_a_free_stretch_of_the_week_leads_to_booking_it(visit: Visits, tuesday: date) -> None:
    space = hall(name="Main hall")
    visitor = visit()
    visitor.open(f"/venues/{space.venue.slug}/?week={tuesday}")
    visitor.follow(f"{words.long_day(tuesday)}: Free")
    expect(visitor.page.get_by_label("Main hall")).to_be_checked()
    expect(visitor.page.locator("[name=on_day]")).to_have_value(str(tuesday.day))
    expect(visitor.page.locator("[name=starts]")).to_have_value("8am")
    expect(visitor.page.locator(".govuk-error-summary")).to_have_count(0)
