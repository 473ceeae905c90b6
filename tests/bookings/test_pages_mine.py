"""The booking journey, my bookings and the pages of staff, all without JavaScript."""

from datetime import date, time, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.models import Membership, StaffRole
from bookings.models import Booking, State
from core import clock
from spaces.models import Venue, VenueRole
from spaces.timetable import Frequency
from tests.factories import MembershipFactory, SpaceFactory, UserFactory, VenueFactory, open_daily
from tests.factories.bookings import book, evening
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db


def day_ahead(days: int = 30) -> date:
    return clock.today() + timedelta(days=days)


def hall(confirmation: str = Venue.Confirmation.INSTANT):
    space = SpaceFactory(venue=VenueFactory(confirmation=confirmation), name="Main hall")
    open_daily(space, clock.today(), days=300, opens=time(8), closes=time(23))
    flat_rates(space.venue, amount="12.00")
    return space


def picked(space, **more: str) -> dict[str, str]:
    day = day_ahead()
    asked = {
        "spaces": str(space.pk),
        "people": "20",
        "on_day": str(day.day),
        "on_month": str(day.month),
        "on_year": str(day.year),
        "starts": "7pm",
        "ends": "9pm",
        "repeat": "once",
    }
    return asked | more


def details(**more: str) -> dict[str, str]:
    said = {
        "hirer": "me",
        "title": "Choir practice",
        "loudness": "2",
        "visibility": "private",
        "adult_name": "Ada Moreno",
        "adult_phone": "020 7946 0001",
        "on_clash": "refuse_all",
    }
    return said | more


def url(name: str, space, **asked: str) -> str:
    return f"{reverse(name, args=[space.venue.slug])}?{urlencode(picked(space, **asked))}"


def sent(client, space, **asked: str):
    """Go through details to the check page; the answer to its button."""
    client.post(url("book_details", space, **asked), details())
    page = client.get(url("book_check", space, **asked))
    token = page.context["token"]
    return client.post(url("book_check", space, **asked), {"token": token}), token


def test_anybody_sees_what_is_free_and_what_it_costs(client):
    page = client.get(url("book_pick", hall()))
    assert page.status_code == 200
    text = page.content.decode()
    assert "This time is free" in text
    assert "2 hours at £12.00" in text
    assert "£24.00" in text


def test_details_need_a_sign_in_and_come_back_to_the_same_choice(client):
    page = client.get(url("book_details", hall()))
    assert page.status_code == 302
    assert "next=" in page["Location"]


def test_booking_ends_on_a_page_with_the_reference(client):
    space, person = hall(), UserFactory()
    client.force_login(person)
    answer, _token = sent(client, space)
    booking = Booking.objects.get()
    assert answer["Location"] == f"{reverse('booking', args=[booking.reference])}?done=1"
    page = client.get(answer["Location"]).content.decode()
    assert booking.reference in page
    assert "Booked" in page


def test_pressing_the_button_twice_books_once(client):
    space = hall()
    client.force_login(UserFactory())
    _answer, token = sent(client, space)
    again = client.post(url("book_check", space), {"token": token})
    assert again["Location"].endswith("?done=1")
    assert Booking.objects.count() == 1


def test_a_slot_that_is_gone_meanwhile_says_so_and_keeps_the_answers(client):
    space = hall()
    client.force_login(UserFactory())
    client.post(url("book_details", space), details())
    token = client.get(url("book_check", space)).context["token"]
    book(space, pattern=evening(day_ahead()), now=clock.now())
    answer = client.post(url("book_check", space), {"token": token})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Main hall is taken 7pm to 9pm" in text
    assert "Choir practice" in text
    assert "See what else is free then" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"on_day": "30", "on_month": "2"},
        {"starts": "\x00"},
        {"starts": "half past"},
        {"people": "0"},
        {"people": "9" * 400},
        {"spaces": "999999"},
        {"spaces": "x"},
        {"repeat": "weekly", "times": "100000"},
        {"repeat": "weekly", "times": ""},
        {"repeat": "hourly"},
        {"on_year": "9999"},
    ],
)
def test_bad_answers_are_a_clear_error_and_are_kept(client, wrong):
    page = client.get(url("book_pick", hall(), **wrong))
    assert page.status_code in (400, 422)
    if page.status_code == 422:
        assert "There is a problem" in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": "x" * 121}, {"adult_phone": ""}, {"hirer": "999"}, {"loudness": "9"}],
)
def test_wrong_details_are_shown_again(client, wrong):
    space = hall()
    person = UserFactory()
    client.force_login(person)
    page = client.post(url("book_details", space), details(**wrong))
    assert page.status_code == 422
    assert not Booking.objects.exists()


def test_my_bookings_are_mine_and_my_groups(client):
    space, member = hall(), MembershipFactory(role=Membership.Role.TREASURER)
    owner = MembershipFactory(organisation=member.organisation, role=Membership.Role.OWNER).user
    ours = book(
        space,
        actor=owner,
        organisation_id=member.organisation_id,
        pattern=evening(day_ahead()),
        now=clock.now(),
    )
    theirs = book(hall(), pattern=evening(day_ahead()), now=clock.now())
    client.force_login(member.user)
    page = client.get(reverse("my_bookings")).content.decode()
    assert ours.reference in page
    assert theirs.reference not in page
    assert client.get(reverse("booking", args=[ours.reference])).status_code == 200
    assert client.get(reverse("booking", args=[theirs.reference])).status_code == 404


def test_one_date_is_cancelled_after_a_page_that_asks(client):
    space, person = hall(), UserFactory()
    booking = book(space, actor=person, pattern=evening(day_ahead()), now=clock.now())
    client.force_login(person)
    path = reverse("date_cancel", args=[booking.reference, booking.occurrences.get().pk])
    assert "Cancel this date?" in client.get(path).content.decode()
    assert booking.occurrences.get().state == State.CONFIRMED
    client.post(path)
    assert booking.occurrences.get().state == State.CANCELLED_BY_HIRER
    assert client.post(path).status_code == 409


def manager_of(venue):
    return VenueRole.objects.create(venue=venue, user=UserFactory(), role=StaffRole.MANAGER).user


def test_a_manager_finds_the_request_and_says_yes(client):
    space = hall(Venue.Confirmation.REQUEST)
    booking = book(space, pattern=evening(day_ahead()), now=clock.now())
    client.force_login(manager_of(space.venue))
    assert booking.reference in client.get(reverse("requests")).content.decode()
    client.post(reverse("booking_decide", args=[booking.reference]), {"answer": "approve"})
    assert booking.occurrences.get().state == State.CONFIRMED


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"answer": "decline"}, 422),
        ({}, 422),
        ({"answer": "approve", "dates": "999999999999"}, 404),
        ({"answer": "decline", "reason": "\x00"}, 422),
    ],
)
def test_a_wrong_answer_changes_nothing(client, said, status):
    space = hall(Venue.Confirmation.REQUEST)
    booking = book(space, pattern=evening(day_ahead()), now=clock.now())
    client.force_login(manager_of(space.venue))
    answer = client.post(reverse("booking_decide", args=[booking.reference]), said)
    assert answer.status_code == status
    assert booking.occurrences.get().state == State.REQUESTED


def test_the_diary_names_nobody_to_a_viewer(client):
    space = hall()
    today = clock.today()
    book(space, title="Secret supper", pattern=evening(today), now=clock.start_of_day(today))
    viewer = UserFactory()
    VenueRole.objects.create(venue=space.venue, user=viewer, role=StaffRole.VIEWER)
    client.force_login(viewer)
    page = client.get(reverse("diary")).content.decode()
    assert "Secret supper" not in page


def test_people_without_a_role_have_no_diary(client):
    client.force_login(UserFactory())
    assert client.get(reverse("diary")).status_code == 403
    assert client.get(reverse("requests")).status_code == 403


@pytest.mark.parametrize("odd", ["2027-02-30", "9999-12-31", "x", "0001-01-01"])
def test_an_odd_week_shows_this_one(client, odd):
    space = hall()
    client.force_login(manager_of(space.venue))
    assert client.get(reverse("diary"), {"from": odd}).status_code == 200


@pytest.mark.parametrize("name", ["my_bookings", "requests", "diary"])
def test_a_list_costs_the_same_for_one_and_for_many(client, count_queries, name):
    space = hall(Venue.Confirmation.REQUEST)
    person = manager_of(space.venue)
    client.force_login(person)
    _bookings(space, person, 1)
    client.get(reverse(name))
    few = count_queries(lambda: client.get(reverse(name)))
    _bookings(space, person, 11, skip=1)
    many = count_queries(lambda: client.get(reverse(name)))
    assert many == few


def _bookings(space, person, count: int, *, skip: int = 0) -> None:
    for n in range(skip, skip + count):
        day = clock.today() + timedelta(days=1 + n % 6)
        hour = 9 + n // 6
        pattern = evening(day, starts=time(hour), ends=time(hour + 1))
        book(space, actor=person, pattern=pattern, now=clock.now())


def test_a_booking_of_many_dates_costs_what_one_date_costs(client, count_queries):
    space, person = hall(), UserFactory()
    client.force_login(person)
    now = clock.now()
    one = book(space, actor=person, pattern=evening(day_ahead()), now=now)
    many = book(
        space,
        actor=person,
        pattern=evening(day_ahead(31), frequency=Frequency.WEEKLY, count=30),
        now=now,
    )
    path_one = reverse("booking", args=[one.reference])
    path_many = reverse("booking", args=[many.reference])
    client.get(path_one)
    assert count_queries(lambda: client.get(path_many)) == count_queries(
        lambda: client.get(path_one)
    )
