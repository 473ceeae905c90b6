"""The journey asks what the tariff needs: before, in the form, beside the price, and afterwards."""

from __future__ import annotations

import html
import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Concession
from bookings.models import Booking, QuoteLine
from bookings.services import preview_booking, request_booking
from core import clock
from spaces.models import Space
from tariffs.errors import NotAsked
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.bookings import asked, evening
from tests.factories.roles import OperatorRoleFactory, VenueRoleFactory
from tests.factories.tariffs import fee, rates_of
from tests.plugins.budgets import MaxQueries

pytestmark = pytest.mark.django_db
SAID = {
    "hirer": "me", "title": "A wedding", "loudness": "2", "visibility": "private",
    "adult_name": "Ada Moreno", "adult_phone": "020 7946 0001",
}  # fmt: skip
FOOD = fee("cleaning", "15.00", tag=["food"])
WEDDING = fee("wedding", "40.00", purpose=["wedding", "christening"])
FRIEND = {"id": "m", "kind": "adjust", "when": {"status": ["friend"]}, "percent": "-50"}
STALLS = {
    "id": "s", "target": {"fee": "Stalls"}, "amount": "2.00",
    "quantity": {"unit": "measure", "of": ["stalls"]},
}  # fmt: skip
TAKINGS = {
    "id": "t", "target": {"fee": "Share"}, "amount": "0.10",
    "quantity": {"unit": "pound", "of": ["takings"]},
}  # fmt: skip
EVERYTHING = (FOOD, WEDDING, FRIEND, STALLS, TAKINGS)
MORE: dict[str, Any] = {
    "facts": {"stalls": {"kind": "number", "ask": "How many stalls will there be?"}},
    "unless_told": {"status": [], "takings": 0},
}
ANSWERS = {
    "ask-tag-food": "yes", "ask-event-purpose": "wedding", "ask-hirer-statuses": ["friend"],
    "ask-fact-stalls": "3", "ask-event-takings": "50.50",
}  # fmt: skip


@pytest.fixture
def hall() -> Space:
    space: Space = SpaceFactory(name="Main hall", slug="hall")
    open_daily(space, clock.today(), days=300, opens=time(8), closes=time(23))
    return space


@pytest.fixture
def hirer(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def day() -> date:
    return clock.today() + timedelta(days=30)


def url(name: str, space: Space, **more: Any) -> str:
    picked = {"spaces": space.pk, "people": "20", "on": day(), "starts": "7pm", "ends": "9pm"}
    return f"{reverse(name, args=[space.venue.slug])}?{urlencode({**picked, **more})}"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def boxes(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="(ask-[\w-]+)"', page)))


def test_a_tariff_that_needs_nothing_asks_nothing(hall: Space, hirer: Client) -> None:
    rates_of(hall.venue)
    page = text(hirer.get(url("book_details", hall)))
    assert boxes(page) == []
    assert "About your event" not in page
    assert "It may change the price" not in text(hirer.get(url("book_pick", hall)))


def test_the_first_page_says_which_answers_will_change_the_price(
    hall: Space, client: Client
) -> None:
    rates_of(hall.venue, *EVERYTHING, **MORE)
    page = text(client.get(url("book_pick", hall)))
    assert "We ask you this next. It may change the price:" in page
    assert "<li>Will there be food?</li>" in page
    assert "and nobody said" not in page
    assert "Which of these are you? Until you say, we take it as: None of these." in page


def test_the_form_asks_exactly_what_the_tariff_needs(hall: Space, hirer: Client) -> None:
    rates_of(hall.venue, *EVERYTHING, **MORE)
    page = text(hirer.get(url("book_details", hall)))
    assert boxes(page) == [
        "ask-event-purpose", "ask-tag-food", "ask-event-takings", "ask-fact-stalls",
        "ask-hirer-statuses",
    ]  # fmt: skip
    headings = re.findall(r'govuk-fieldset__heading">([^<]+)</h2>', page)
    assert headings[:3] == ["What is it for?", "About your event", "Who is responsible?"]
    for words in ("How many stalls will there be?", "Wedding", "Something else", "None of these"):
        assert words in page
    assert "If you do not say, we take it as: £0." in page
    assert "checked" not in page.split("About your event")[1].split("Who is responsible?")[0]


def test_the_whole_journey_ends_with_the_price_that_the_answers_make(
    hall: Space, hirer: Client
) -> None:
    rates_of(hall.venue, *EVERYTHING, **MORE)
    sent = hirer.post(url("book_details", hall), SAID | ANSWERS)
    assert sent.status_code == 302
    check = text(hirer.get(sent["Location"]))
    for words in ("Will there be food?", "What is the event?", "Wedding", "£50.50", "Friend"):
        assert words in check
    assert "You have not answered" not in check
    # 10 an hour, half of it for friends; 15 + 40 + 6; a tenth of 50.50.
    assert "£76.05" in check
    hirer.post(sent["Location"], {"token": "t"})
    booking = Booking.objects.get()
    assert booking.answers == {
        "tag.food": True, "event.purpose": "wedding", "hirer.statuses": ["friend"],
        "fact.stalls": "3", "event.takings": "50.50",
    }  # fmt: skip
    lines = booking.occurrences.get().quote_lines.all()
    assert str(sum(line.amount for line in lines)) == "76.05"
    later = evening(day() + timedelta(days=1))
    same = asked(hall, pattern=later, answers=booking.answers)
    assert str(preview_booking(same, actor=UserFactory(), now=clock.now()).total) == "76.05"


def test_hirer_and_manager_read_the_answers(hall: Space, hirer: Client, client: Client) -> None:
    rates_of(hall.venue, *EVERYTHING, **MORE)
    hirer.post(url("book_details", hall), SAID | ANSWERS)
    hirer.post(url("book_check", hall), {"token": "t"})
    booking = Booking.objects.get()
    page = reverse("booking", args=[booking.reference])
    mine = text(hirer.get(page))
    assert "How many stalls will there be?" in mine
    Booking.objects.update(visibility="sensitive")
    client.force_login(OperatorRoleFactory(operator=hall.venue.operator).user)
    theirs = text(client.get(page))
    assert "Will there be food?" in theirs
    assert "What is the event?" not in theirs


def test_what_is_not_answered_is_said_beside_the_price(hall: Space, hirer: Client) -> None:
    rates_of(hall.venue, FOOD, WEDDING)
    said = SAID | {"ask-tag-food": "unknown", "ask-event-purpose": "wedding"}
    sent = hirer.post(url("book_details", hall), said)
    check = text(hirer.get(sent["Location"]))
    assert "You have not answered this yet. It may change the price:" in check
    assert "Answer to see your price" in check
    hirer.post(sent["Location"], {"token": "t"})
    booking = Booking.objects.get()
    assert booking.answers == {"event.purpose": "wedding"}
    assert not booking.occurrences.get().quote_lines.exists()


def test_answers_are_kept_when_something_is_wrong(hall: Space, hirer: Client) -> None:
    rates_of(hall.venue, *EVERYTHING, **MORE)
    wrong = {"title": "", "ask-fact-stalls": "many", "ask-event-takings": "-5"}
    answer = hirer.post(url("book_details", hall), SAID | ANSWERS | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    targets = re.findall(r'<a href="#(id_[\w-]+)">', page)
    assert targets == ["id_title", "id_ask-event-takings", "id_ask-fact-stalls"]
    assert all(f'id="{target}"' in page for target in targets)
    assert 'value="many"' in page
    ticked = re.findall(r'name="(ask-[\w-]+)" value="([\w-]+)"[^>]*checked', page)
    assert ticked == [
        ("ask-event-purpose", "wedding"), ("ask-tag-food", "yes"), ("ask-hirer-statuses", "friend"),
    ]  # fmt: skip


def test_none_of_these_stands_alone(hall: Space, hirer: Client) -> None:
    rates_of(hall.venue, FRIEND)
    both = SAID | {"ask-hirer-statuses": ["friend", "none-of-these"]}
    assert hirer.post(url("book_details", hall), both).status_code == 422
    none = SAID | {"ask-hirer-statuses": ["none-of-these"]}
    sent = hirer.post(url("book_details", hall), none)
    assert "£20" in text(hirer.get(sent["Location"]))


def test_setting_up_leaves_some_of_the_time(hall: Space, hirer: Client) -> None:
    setup = {
        "id": "setup", "target": {"spaces": ["any"]}, "quantity": {"unit": "hour"},
        "when": {"during": ["setup"]}, "amount": "4.00",
    }  # fmt: skip
    rates_of(hall.venue, setup)
    long = hirer.post(url("book_details", hall), SAID | {"ask-setup_minutes": "120"})
    assert long.status_code == 422
    assert "Leave some of it" in text(long)
    sent = hirer.post(url("book_details", hall), SAID | {"ask-setup_minutes": "30"})
    assert "£17" in text(hirer.get(sent["Location"]))


@pytest.mark.parametrize("dates", [1, 12])
def test_the_form_and_its_check_cost_the_same_for_any_number_of_dates(
    hall: Space, hirer: Client, dates: int, max_queries: MaxQueries
) -> None:
    rates_of(hall.venue, *EVERYTHING, **MORE)
    several = {"repeat": "weekly", "times": str(dates)} if dates > 1 else {}
    details = url("book_details", hall, **several)
    hirer.get(details)
    with max_queries(20):
        hirer.get(details)
    hirer.post(details, SAID | ANSWERS | {"on_clash": "book_free"})
    with max_queries(34):
        assert "£" in text(hirer.get(url("book_check", hall, **several)))


def test_nobody_is_believed_to_be_what_the_council_checks(hirer: Client, hall: Space) -> None:
    checked = {"id": "m", "kind": "adjust", "when": {"status": ["hardship"]}, "percent": "-50"}
    rates_of(hall.venue, checked)

    page = text(hirer.get(url("book_details", hall)))

    assert boxes(page) == []
    plan = preview_booking(
        asked(hall, pattern=evening(day())), actor=UserFactory(), now=clock.now()
    )
    assert plan.total == Decimal("20.00")
    with pytest.raises(NotAsked):
        preview_booking(
            asked(hall, pattern=evening(day()), answers={"hirer.statuses": ["hardship"]}),
            actor=UserFactory(),
            now=clock.now(),
        )


def test_the_venue_does_not_read_that_a_person_is_short_of_money(
    hirer: Client, hall: Space
) -> None:
    rates_of(
        hall.venue,
        {"id": "m", "kind": "adjust", "when": {"status": ["hardship"]}, "percent": "-50"},
    )
    person = UserFactory()
    Concession.objects.create(
        person=person, council=hall.venue.council, status="hardship", state="accepted",
        decided_at=clock.now(), evidence="Seen",
    )  # fmt: skip
    booking = request_booking(asked(hall, pattern=evening(day())), actor=person, now=clock.now())
    manager = Client()
    manager.force_login(VenueRoleFactory(venue=hall.venue).user)

    page = text(manager.get(reverse("booking", args=[booking.reference])))

    assert sum(line.amount for line in QuoteLine.objects.all()) == Decimal("10.00")
    assert "Change of the price" in page
    assert "count as" not in page
    assert "hardship" not in page.lower()
