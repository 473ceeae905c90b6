"""Answers through the programming interface: the same questions, the same price, clear refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings.models import Booking
from bookings.services import preview_booking
from spaces.models import Space
from tests.factories import UserFactory
from tests.factories.bookings import NOW, asked, evening
from tests.factories.tariffs import fee, rates_of

pytestmark = pytest.mark.django_db
WHEN = {"first": "2027-01-12", "starts": "19:00", "ends": "21:00"}
FOOD = fee("cleaning", "15.00", tag=["food"])
PARTY = fee("party", "30.00", purpose=["party", "wedding"])
ADULT = {"name": "Ada Okoro", "email": "ada@example.org"}


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the dates."""


@pytest.fixture
def mine(signed: Callable[[User], APIClient], person: User) -> APIClient:
    return signed(person)


def _quote(client: APIClient, space: Space, **more: Any) -> Any:
    body = {"spaces": [space.pk], "when": WHEN, **more}
    return client.post("/api/v1/quote/", body, format="json")


def _book(client: APIClient, space: Space, **more: Any) -> Any:
    body = {
        "spaces": [space.pk], "when": WHEN, "title": "A wedding", "people": 20,
        "responsible_adult": ADULT, **more,
    }  # fmt: skip
    return client.post("/api/v1/bookings/", body, format="json")


def test_a_quote_says_what_it_needs_and_prices_the_answers(anybody: APIClient, hall: Space) -> None:
    rates_of(hall.venue, FOOD, PARTY, unless_told={"purpose": "other"})
    told = _quote(anybody, hall).json()
    assert told["total"] is None
    purpose, food = told["questions"]
    assert food == {
        "name": "tag.food", "kind": "yes_no", "words": "Will there be food?", "choices": [],
        "assumed": None,
    }  # fmt: skip
    assert (purpose["kind"], purpose["assumed"]) == ("choice", "other")
    assert purpose["choices"][0] == {"value": "party", "words": "Party"}
    (day,) = told["dates"]
    assert [one["name"] for one in day["questions"]] == ["tag.food"]
    assert day["needs_decision"][0]["code"]
    answered = _quote(anybody, hall, answers={"tag.food": True, "event.purpose": "wedding"}).json()
    assert (answered["total"], answered["questions"]) == ("65.00", [])
    assert answered["dates"][0]["questions"] == []


def test_a_booking_keeps_the_answers_and_costs_what_the_service_says(
    mine: APIClient, hall: Space
) -> None:
    rates_of(hall.venue, FOOD, PARTY)
    answers = {"tag.food": False, "event.purpose": "wedding"}
    made = _book(mine, hall, answers=answers)
    assert made.status_code == 201, made.json()
    told = made.json()
    assert told["answers"] == answers
    assert (told["dates"][0]["total"], told["dates"][0]["questions"]) == ("50.00", [])
    same = asked(hall, pattern=evening(date(2027, 1, 13)), answers=answers)
    assert str(preview_booking(same, actor=UserFactory(), now=NOW).total) == "50.00"


def test_a_booking_without_a_price_says_what_is_still_open(mine: APIClient, hall: Space) -> None:
    rates_of(hall.venue, FOOD, PARTY)
    told = _book(mine, hall, answers={"tag.food": True}).json()
    (day,) = told["dates"]
    assert day["total"] is None
    assert [one["name"] for one in day["questions"]] == ["event.purpose"]
    read = mine.get(f"/api/v1/bookings/{told['reference']}/").json()
    assert read["dates"][0]["questions"] == day["questions"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"tag.music": True}, "answer_not_asked"),
        ({"hirer.hours_this_year": 60}, "answer_not_asked"),
        ({"tag.food": "perhaps"}, "answer_refused"),
        ({"event.purpose": "heist"}, "answer_refused"),
        ({"event.purpose": ["party"]}, "answer_refused"),
        ({"tag.food": {"yes": True}}, "invalid"),
        ({"tag.food": "x" * 81}, "invalid"),
        ([True], "invalid"),
        ({f"tag.{number}": True for number in range(201)}, "invalid"),
    ],
)
def test_other_answers_are_refused_with_a_stable_code(
    mine: APIClient, hall: Space, answers: Any, code: str
) -> None:
    rates_of(hall.venue, FOOD, PARTY)
    for answer in (_quote(mine, hall, answers=answers), _book(mine, hall, answers=answers)):
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (400, code)
        assert problem["errors"][0]["field"].startswith("answers")
    assert not Booking.objects.exists()


def test_null_is_no_answer(anybody: APIClient, hall: Space) -> None:
    rates_of(hall.venue, FOOD)
    assert _quote(anybody, hall, answers={"tag.food": None}).json()["total"] is None
