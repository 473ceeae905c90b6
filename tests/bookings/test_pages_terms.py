"""What is paid and when, on the pages before and after booking, and before cancelling."""

import re
from datetime import time, timedelta
from html import unescape

import pytest
from django.urls import reverse

from accounts.models import StaffRole
from bookings.models import Booking, CancellationCharge, State
from core import clock, words
from notices.models import Notice
from notices.rendering import render
from spaces.models import Space, Venue, VenueRole
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.bookings import book, weekly
from tests.factories.terms import ALL, CANCELLING, DEPOSIT, rates_with

pytestmark = pytest.mark.django_db


def hall(*rules, **fields) -> Space:
    space = SpaceFactory(name="Main hall", **fields)
    open_daily(space, clock.today(), days=500, opens=time(8), closes=time(23))
    rates_with(space.venue, *(rules or ALL))
    return space


def booked(dates: int = 3, *, days: int = 40, space: Space | None = None) -> Booking:
    first = clock.today() + timedelta(days=days)
    return book(space or hall(), actor=UserFactory(), pattern=weekly(first, dates), now=clock.now())


def text_of(response) -> str:
    """The words of a page, without tags."""
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(page))


def pick(space: Space, **changes) -> dict:
    day = clock.today() + timedelta(days=40)
    return {
        "spaces": space.pk, "people": 20, "on_day": day.day, "on_month": day.month,
        "on_year": day.year, "starts": "19:00", "ends": "21:00", "repeat": "once", **changes,
    }  # fmt: skip


def test_whoever_looks_for_a_time_reads_what_is_paid_and_when(client):
    space = hall()
    page = text_of(client.get(reverse("book_pick", args=[space.venue.slug]), pick(space)))
    day = clock.today() + timedelta(days=40)
    assert "What you pay and when" in page
    assert "£150.00, given back after the hire." in page
    assert "Key: £20.00, given back after the hire." in page
    assert "£5.00 now, when you book. Booking fee. This part is not given back." in page
    assert f"£15.00 by {words.long_day(day - timedelta(days=28))}. The rest." in page
    assert "28 days or more before: nothing to pay." in page
    assert "14 to 27 days before: 25% of the price to pay." in page
    assert "If the venue cancels At any time before: all of it is given back." in page


def test_a_request_pays_nothing_until_the_venue_says_yes(client):
    space = hall(venue__confirmation=Venue.Confirmation.REQUEST)
    page = text_of(client.get(reverse("book_pick", args=[space.venue.slug]), pick(space)))
    assert "£5.00 when the venue says yes." in page
    booking = booked(1, space=space)
    client.force_login(booking.private_hirer)
    page = text_of(client.get(reverse("booking", args=[booking.reference])))
    assert "£5.00 when the venue says yes." in page
    assert "- £5.00 when the venue says yes." in mail("booking_requested")


def test_rates_that_are_silent_are_said_to_be(client):
    space = hall(DEPOSIT)
    page = text_of(client.get(reverse("book_pick", args=[space.venue.slug]), pick(space)))
    assert "The venue will tell you when to pay." in page
    assert "The rates do not say what cancelling costs. Ask the venue." in page


def test_an_open_deposit_says_what_is_to_be_answered(client):
    space = hall(DEPOSIT, {**DEPOSIT, "when": {"purpose": ["party"]}})
    page = text_of(client.get(reverse("book_pick", args=[space.venue.slug]), pick(space)))
    assert "Deposit To know the price we must know what the event is. Please tell us." in page
    assert "The venue answers your request." in page


@pytest.mark.parametrize(
    ("who", "heading", "row"),
    [
        ("hirer", "What you pay and when", "If you cancel 28 days"),
        ("staff", "What the hirer pays and when", "If the hirer cancels 28 days"),
    ],
)
def test_hirer_and_manager_read_the_same_terms_on_the_booking(client, who, heading, row):
    booking = booked()
    manager = UserFactory()
    VenueRole.objects.create(venue=booking.venue, user=manager, role=StaffRole.MANAGER)
    client.force_login(booking.private_hirer if who == "hirer" else manager)
    page = text_of(client.get(reverse("booking", args=[booking.reference])))
    assert heading in page
    assert row in page
    assert "£150.00, given back after the hire." in page
    assert f"£15.00 by {words.long_day(clock.today())}. Booking fee." in page
    assert "28 days or more before: nothing to pay." in page


def test_before_cancelling_each_date_says_what_it_costs_and_the_sum(client):
    booking = booked(3, days=9)
    client.force_login(booking.private_hirer)
    page = text_of(client.get(reverse("booking_cancel", args=[booking.reference])))
    assert "£10.00 to pay, £10.00 given back. 9 days before: 50% of the price to pay." in page
    assert "50% of £20.00 comes to £10.00." in page
    assert "£5.00 to pay, £15.00 given back. 16 days before" in page
    assert "You pay £20.00" in page
    assert "You get back, or no longer pay £40.00" in page
    assert not CancellationCharge.objects.exists()
    client.post(reverse("booking_cancel", args=[booking.reference]), {"reason": ""})
    assert sum(row.charge for row in CancellationCharge.objects.all()) == 20
    page = text_of(client.get(reverse("booking", args=[booking.reference])))
    assert "£10.00 to pay, £10.00 given back." in page
    assert "Dates that were cancelled £20.00 to pay, £40.00 given back." in page


def test_one_date_and_chosen_dates_say_it_too(client):
    booking = booked(3, days=9)
    client.force_login(booking.private_hirer)
    first, second, _third = booking.occurrences.order_by("starts_at")
    one = client.get(reverse("date_cancel", args=[booking.reference, first.pk]))
    assert "You pay £10.00" in text_of(one)
    some = client.get(
        reverse("dates_cancel", args=[booking.reference]), {"cancel": [first.pk, second.pk]}
    )
    assert "You pay £15.00" in text_of(some)


def test_a_manager_reads_what_the_hirer_gets_back(client):
    booking = booked(1, days=9)
    manager = UserFactory()
    VenueRole.objects.create(venue=booking.venue, user=manager, role=StaffRole.MANAGER)
    client.force_login(manager)
    page = text_of(client.get(reverse("booking_cancel", args=[booking.reference])))
    assert "The hirer pays £0.00" in page
    assert "The hirer gets back, or no longer pays £20.00" in page


def test_what_needs_a_decision_is_said_and_does_not_stop_anybody(client):
    booking = booked(1, space=hall({**CANCELLING, "steps": [{"notice": ">= 60", "charge": 0}]}))
    client.force_login(booking.private_hirer)
    url = reverse("booking_cancel", args=[booking.reference])
    page = text_of(client.get(url))
    assert "what you pay if you cancel 40 days before. Ask the venue." in page
    assert "You can still cancel." in page
    client.post(url, {"reason": ""})
    assert booking.occurrences.get().state == State.CANCELLED_BY_HIRER


def test_a_request_is_withdrawn_for_nothing(client):
    booking = booked(1, space=hall(venue__confirmation=Venue.Confirmation.REQUEST))
    client.force_login(booking.private_hirer)
    page = text_of(client.get(reverse("booking_cancel", args=[booking.reference])))
    assert "Nothing to pay: the venue has not said yes." in page
    assert "There is nothing to pay, and nothing to give back." in page


def mail(event: str) -> str:
    notice = Notice.objects.filter(event=event).latest("pk")
    return render(event, notice.context, language="en-gb").text


def test_the_mails_say_deposit_days_and_what_cancelling_cost(client):
    booking = booked(2, days=9)
    said = mail("booking_confirmed")
    assert "- Deposit: £150.00, given back after the hire." in said
    assert "What is due when:" in said
    assert f"- £10.00 by {words.long_day(clock.today())}. Booking fee." in said
    client.force_login(booking.private_hirer)
    client.post(reverse("booking_cancel", args=[booking.reference]), {"reason": ""})
    said = mail("booking_cancelled")
    assert "What cancelling costs:" in said
    assert "£10.00 to pay, £10.00 given back. 9 days before" in said
    assert "Deposit" not in said


def test_the_pages_cost_the_same_for_2_dates_and_for_52(client, count_queries):
    counts = set()
    for dates in (2, 52):
        booking = booked(dates, days=5)
        client.force_login(booking.private_hirer)
        for name in ("booking", "booking_cancel"):
            client.get(reverse(name, args=[booking.reference]))
        counts.add(
            tuple(
                count_queries(lambda n=n, b=booking: client.get(reverse(n, args=[b.reference])))
                for n in ("booking", "booking_cancel")
            )
        )
    assert len(counts) == 1, counts
