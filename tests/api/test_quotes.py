"""What it would cost, for anybody, with nothing kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from bookings.models import Booking
from spaces.models import Space, Venue
from tests.factories import SpaceFactory

pytestmark = pytest.mark.django_db
_QUOTE = "/api/v1/quote/"


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the dates."""


def _ask(client: APIClient, space: Space, **changes: Any) -> Any:
    when = {"first": "2027-01-12", "starts": "19:00", "ends": "21:30"}
    return client.post(_QUOTE, {"spaces": [space.pk], "when": when, **changes}, format="json")


def test_anybody_sees_the_price_and_its_working(anybody: APIClient, hall: Space) -> None:
    told = _ask(anybody, hall).json()
    assert (told["total"], told["currency"]) == ("25.00", "GBP")
    assert (told["needs_decision"], told["is_instant"]) == (False, True)
    (day,) = told["dates"]
    assert day["is_free"] is True
    assert [(line["quantity"], line["amount"]) for line in day["lines"]] == [("2.5000", "25.00")]
    assert all(line["why"] for line in day["lines"])
    assert told["breaches"] == []
    assert not Booking.objects.exists()


def test_another_kind_of_hirer_pays_another_price(anybody: APIClient, hall: Space) -> None:
    assert _ask(anybody, hall, hirer_category="commercial").json()["total"] == "50.00"


def test_a_repeat_is_priced_date_by_date(anybody: APIClient, hall: Space) -> None:
    when = {
        "first": "2027-01-12",
        "starts": "19:00",
        "ends": "20:00",
        "repeats": "weekly",
        "count": 10,
    }
    told = _ask(anybody, hall, when=when).json()
    assert (len(told["dates"]), told["total"]) == (10, "100.00")


def test_without_rates_somebody_must_decide_and_it_is_never_zero(anybody: APIClient) -> None:
    told = _ask(anybody, SpaceFactory()).json()
    assert told["total"] is None
    assert told["needs_decision"] is True
    assert told["dates"][0]["needs_decision"][0]["words"]


def test_a_date_that_cannot_be_had_says_why(anybody: APIClient, hall: Space) -> None:
    when = {"first": "2027-01-12", "starts": "03:00", "ends": "05:00"}
    (day,) = _ask(anybody, hall, when=when).json()["dates"]
    assert day["is_free"] is False
    assert day["breaches"][0]["starts_at"] == "2027-01-12T03:00:00Z"
    assert day["breaches"][0]["space"] in {hall.pk, None}


def test_a_venue_that_is_not_public_gives_no_price(anybody: APIClient, hall: Space) -> None:
    Venue.objects.update(visibility=Venue.Visibility.CONFIDENTIAL)
    assert _ask(anybody, hall).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"hirer_category": "royalty"},
        {"people": 0},
        {"title": "x"},
        {"when": {"first": "2027-01-12", "starts": "19:00", "ends": "20:00", "repeats": "weekly"}},
        {
            "when": {
                "first": "2027-01-12",
                "starts": "19:00",
                "ends": "20:00",
                "repeats": "weekly",
                "count": 161,
            }
        },
        {"items": [{"item": 1, "quantity": 0}]},
    ],
)
def test_a_question_that_makes_no_sense_is_400(
    anybody: APIClient, hall: Space, changes: dict[str, Any]
) -> None:
    assert _ask(anybody, hall, **changes).status_code == 400


@pytest.mark.parametrize("count", [1, 100])
def test_a_quote_costs_the_same_for_any_number_of_dates(
    anybody: APIClient,
    hall: Space,
    count_queries: Callable[[Callable[[], object]], int],
    no_throttle: None,
    count: int,
) -> None:
    when = {
        "first": "2027-01-12",
        "starts": "19:00",
        "ends": "20:00",
        "repeats": "weekly",
        "count": count,
    }
    assert count_queries(lambda: _ask(anybody, hall, when=when)) == 9
