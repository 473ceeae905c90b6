"""What people read on a booking, in their lists and in the diary."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from accounts.models import StaffRole
from core import clock, words
from spaces.models import Venue, VenueRole
from spaces.timetable import Frequency
from tests.factories import SpaceFactory, UserFactory, VenueFactory, open_daily
from tests.factories.bookings import book, evening
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db


def hall(confirmation: str = Venue.Confirmation.INSTANT):
    space = SpaceFactory(venue=VenueFactory(confirmation=confirmation), name="Main hall")
    open_daily(space, clock.today() - timedelta(days=30), days=300, opens=time(8), closes=time(23))
    flat_rates(space.venue, amount="12.00")
    return space


def manager_of(venue):
    return VenueRole.objects.create(venue=venue, user=UserFactory(), role=StaffRole.MANAGER).user


def weekly(first, count: int):
    return evening(first, frequency=Frequency.WEEKLY, count=count)


def text(client, name: str, *args: object, **asked: str) -> str:
    return client.get(reverse(name, args=args), asked).content.decode()


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 date is cancelled."), (3, "3 dates are cancelled.")]
)
def test_cancelling_all_says_how_many(client, count, said):
    person = UserFactory()
    booking = book(
        hall(),
        actor=person,
        pattern=weekly(clock.today() + timedelta(days=9), count),
        now=clock.now(),
    )
    client.force_login(person)
    path = reverse("booking_cancel", args=[booking.reference])
    assert said in client.post(path, follow=True).content.decode()


@pytest.mark.parametrize(("count", "said"), [(1, "Booked: 1 date."), (2, "Booked: 2 dates.")])
def test_a_yes_says_how_many(client, count, said):
    space = hall(Venue.Confirmation.REQUEST)
    booking = book(space, pattern=weekly(clock.today() + timedelta(days=9), count), now=clock.now())
    client.force_login(manager_of(space.venue))
    path = reverse("booking_decide", args=[booking.reference])
    assert said in client.post(path, {"answer": "approve"}, follow=True).content.decode()


def test_a_no_without_a_reason_is_asked_for_where_it_is_missing_and_the_ticks_are_kept(client):
    space = hall(Venue.Confirmation.REQUEST)
    booking = book(space, pattern=weekly(clock.today() + timedelta(days=9), 2), now=clock.now())
    first = booking.occurrences.order_by("starts_at")[0]
    client.force_login(manager_of(space.venue))
    path = reverse("booking_decide", args=[booking.reference])
    page = client.post(path, {"answer": "decline", "dates": str(first.pk)}).content.decode()
    assert '<a href="#reason">Say why' in page
    assert 'id="reason-error"' in page
    assert f'id="date-{first.pk}" checked' in page


def test_what_is_over_stands_apart_from_what_is_to_come(client):
    person, first = UserFactory(), clock.today() - timedelta(days=8)
    booking = book(hall(), actor=person, pattern=weekly(first, 3), now=clock.start_of_day(first))
    client.force_login(person)
    page = text(client, "booking", booking.reference)
    assert "1 date to come</h2>" in page
    assert "2 dates that are over" in page
    assert "1 date to come" in text(client, "my_bookings")


def test_a_manager_says_who_did_not_come_where_it_is_asked(client):
    space, yesterday = hall(), clock.today() - timedelta(days=1)
    booking = book(space, pattern=evening(yesterday), now=clock.start_of_day(yesterday))
    client.force_login(manager_of(space.venue))
    assert "Did they come?" in text(client, "booking", booking.reference)
    path = reverse("date_came", args=[booking.reference, booking.occurrences.get().pk])
    page = client.post(path, {"came": "no"}, follow=True).content.decode()
    assert "Did they come?" not in page
    assert "Nobody came" in page


def test_the_second_page_of_past_bookings_can_be_reached(client):
    space, person, day = hall(), UserFactory(), clock.today() - timedelta(days=2)
    for n in range(21):
        starts = 8 + n % 14
        pattern = evening(day - timedelta(days=n // 14), starts=time(starts), ends=time(starts + 1))
        book(space, actor=person, pattern=pattern, now=clock.start_of_day(day - timedelta(days=3)))
    client.force_login(person)
    assert "?show=past&amp;page=2" in text(client, "my_bookings", show="past")


def test_days_on_end_with_nothing_are_told_once(client):
    space = hall()
    monday = clock.today() + timedelta(days=14)
    monday -= timedelta(days=monday.weekday())
    book(space, pattern=evening(monday + timedelta(days=3)), now=clock.now())
    client.force_login(manager_of(space.venue))
    page = text(client, "diary", **{"from": str(monday)})
    first, last = words.long_day(monday), words.long_day(monday + timedelta(days=2))
    assert f"<caption>{first} to {last}</caption>" in page
    assert page.count("Nothing booked") == 2


def test_a_date_given_back_is_neither_counted_nor_priced(client):
    person, first = UserFactory(), clock.today() + timedelta(days=9)
    booking = book(hall(), actor=person, pattern=weekly(first, 3), now=clock.now())
    client.force_login(person)
    date = booking.occurrences.order_by("starts_at")[0]
    client.post(reverse("date_cancel", args=[booking.reference, date.pk]))
    page = text(client, "booking", booking.reference)
    assert "2 dates to come</h2>" in page
    assert page.count('class="oh-dates__price"') == 2
