"""What somebody needs: ticked, kept with consent, answered before they book, and forgotten."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings import personal_data
from bookings.models import AccessRequest, Booking
from core import clock
from spaces.models import AccessFault, Space
from spaces.services.faults import report_fault
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.access import say
from tests.factories.roles import VenueRoleFactory
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db

SAID = {
    "hirer": "me",
    "title": "Choir practice",
    "loudness": "2",
    "visibility": "private",
    "adult_name": "Ada Moreno",
    "adult_phone": "020 7946 0001",
}
ASKS = {"needs": ["step_free", "hearing_loop"], "adjustment_consent": "on"}


@pytest.fixture
def hall() -> Space:
    space = SpaceFactory(name="Main hall")
    open_daily(space, clock.today(), days=300, opens=time(8), closes=time(23))
    flat_rates(space.venue, amount="12.00")
    return space


@pytest.fixture
def hirer(client: Client) -> User:
    person = UserFactory()
    client.force_login(person)
    return person


def url(name: str, *spaces: Space) -> str:
    day: date = clock.today() + timedelta(days=30)
    asked = {
        "spaces": [space.pk for space in spaces], "people": "20", "on": day,
        "starts": "7pm", "ends": "9pm",
    }  # fmt: skip
    return f"{reverse(name, args=[spaces[0].venue.slug])}?{urlencode(asked, doseq=True)}"


def checked(client: Client, *spaces: Space, **more: object) -> str:
    """The page to check one's answers, after the details were sent."""
    sent = client.post(url("book_details", *spaces), SAID | ASKS | more)
    assert sent.status_code == 302, sent.content.decode()
    return words(client.get(sent["Location"]))


def words(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_what_is_ticked_is_kept_for_thirty_days_and_shown_to_hirer_and_venue(
    client: Client, hall: Space, hirer: User
) -> None:
    page = checked(client, hall)
    assert "What would help somebody take part Step-free Hearing loop" in page
    assert "{#" not in page
    client.post(url("book_check", hall), {"token": "t"})
    kept = AccessRequest.objects.get()
    assert (kept.needs, kept.adjustment) == (["step_free", "hearing_loop"], "")
    assert kept.delete_on == clock.today() + timedelta(days=60)

    manager = VenueRoleFactory(venue=hall.venue).user
    for reader in (hirer, manager):
        client.force_login(reader)
        page = words(client.get(reverse("booking", args=[kept.booking.reference])))
        assert "What would help somebody take part Step-free Hearing loop" in page

    assert personal_data.export(hirer.pk)["bookings"][0]["needs"] == ["step_free", "hearing_loop"]
    personal_data.delete_access_requests(clock.now() + timedelta(days=61))
    assert not AccessRequest.objects.exists()


def test_nothing_is_kept_without_consent(client: Client, hall: Space, hirer: User) -> None:
    answer = client.post(url("book_details", hall), SAID | {"needs": ["step_free", "quiet"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_adjustment_consent"' in page
    ticked = re.findall(r'name="needs" value="(\w+)"[^>]*checked', page)
    assert ticked == ["step_free", "quiet"]
    assert "booking_details" not in client.session


def test_nothing_ticked_and_nothing_written_asks_for_nothing(
    client: Client, hall: Space, hirer: User
) -> None:
    page = checked(client, hall, needs=[], adjustment_consent="")
    assert "help somebody take part" not in page
    assert "What somebody needs" not in page
    client.post(url("book_check", hall), {"token": "t"})
    assert Booking.objects.count() == 1
    assert not AccessRequest.objects.exists()


def test_ticks_come_back_when_the_answers_are_changed(
    client: Client, hall: Space, hirer: User
) -> None:
    checked(client, hall)
    page = client.get(url("book_details", hall)).content.decode()
    assert re.findall(r'name="needs" value="(\w+)"[^>]*checked', page) == ASKS["needs"]


def test_a_need_the_place_does_not_meet_is_said_and_refuses_nothing(
    client: Client, hall: Space, hirer: User
) -> None:
    say(hall.venue, "entrance_step_free", "no")
    page = checked(client, hall)
    assert "Step-free: no, not here." in page
    assert "Hearing loop: not yet checked." in page
    assert "This does not stop you from booking." in page
    client.post(url("book_check", hall), {"token": "t"})
    assert Booking.objects.count() == 1


def test_each_of_several_spaces_is_answered(client: Client, hall: Space, hirer: User) -> None:
    kitchen = SpaceFactory(venue=hall.venue, name="Kitchen")
    open_daily(kitchen, clock.today(), days=300, opens=time(8), closes=time(23))
    say(hall, "hearing_loop", "yes", space=hall)
    say(hall, "hearing_loop", "no", space=kitchen)
    page = checked(client, hall, kitchen)
    assert "Main hall: Hearing loop: yes." in page
    assert "Kitchen: Hearing loop: no, not here." in page


def test_nothing_is_asked_of_the_hirer_where_all_is_known_to_be_there(
    client: Client, hall: Space, hirer: User
) -> None:
    say(hall.venue, "hearing_loop", "yes")
    page = checked(client, hall, needs=["hearing_loop"])
    assert "Hearing loop: yes." in page
    assert "This does not stop you" not in page


@pytest.mark.parametrize(("days", "said"), [(31, "no, not here"), (10, "yes")])
def test_what_is_out_of_order_counts_on_the_dates_asked_for(
    client: Client, hall: Space, hirer: User, days: int, said: str
) -> None:
    say(hall.venue, "hearing_loop", "yes")
    now = clock.now()
    fault = AccessFault(
        venue=hall.venue, what="loop", starts_at=now, until=now + timedelta(days=days)
    )
    report_fault(fault, actor=None, now=now)
    assert f"Hearing loop: {said}." in checked(client, hall)


@pytest.mark.parametrize("needs", [["way_out"], ["a\x00b"], ["step_free"] * 500 + ["nonsense"]])
def test_other_needs_are_no_choice(
    client: Client, hall: Space, hirer: User, needs: list[str]
) -> None:
    answer = client.post(
        url("book_details", hall), SAID | {"needs": needs, "adjustment_consent": "on"}
    )
    assert answer.status_code == 422
    assert 'href="#id_needs' in answer.content.decode()


def test_a_request_that_asks_for_nothing_cannot_be_stored(
    client: Client, hall: Space, hirer: User
) -> None:
    checked(client, hall)
    client.post(url("book_check", hall), {"token": "t"})
    row = AccessRequest.objects.get()
    row.needs = []
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
