"""Cheaper ways over the interface: what is answered can be sent as a booking."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings.models import Booking
from spaces.models import Space, Venue
from tests.bookings.cheaper_sheets import by_hour
from tests.factories.tariffs import publish

pytestmark = pytest.mark.django_db
_CHEAPER = "/api/v1/quote/cheaper/"
WHEN = {"first": "2027-01-12", "starts": "17:30", "ends": "20:00"}


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the dates."""


@pytest.fixture
def dear_evenings(hall: Space) -> Space:
    publish(hall.venue, by_hour(hall.slug))
    return hall


def _ask(client: APIClient, space: Space, **changes: Any) -> Any:
    return client.post(_CHEAPER, {"spaces": [space.pk], "when": WHEN, **changes}, format="json")


def test_anybody_may_ask_and_each_way_has_its_saving(
    anybody: APIClient, dear_evenings: Space
) -> None:
    told = _ask(anybody, dear_evenings, people=20).json()
    assert (told["total"], told["currency"], told["hirer_category"]) == (
        "33.00",
        "GBP",
        "community",
    )
    assert [(way["kind"], way["total"], way["saving"]) for way in told["ways"]] == [
        ("off_peak", "25.00", "8.00"),
        ("shift", "29.00", "4.00"),
    ]
    assert not Booking.objects.exists()


def test_a_way_is_ready_to_be_booked_at_its_price(
    signed: Callable[[User], APIClient], person: User, dear_evenings: Space
) -> None:
    client = signed(person)
    for way in _ask(client, dear_evenings, hirer_category="private").json()["ways"]:
        body = {
            **way["request"],
            "title": "Choir",
            "responsible_adult": {"name": "Ada Moreno", "phone": "020 7946 0001"},
        }
        quoted = client.post(
            "/api/v1/quote/",
            {**way["request"], "hirer_category": "private"},
            format="json",
        ).json()
        booked = client.post("/api/v1/bookings/", body, format="json")
        assert booked.status_code == 201, booked.json()
        assert quoted["total"] == way["total"]
        lines = Booking.objects.get(reference=booked.json()["reference"])
        sums = [line.amount for o in lines.occurrences.all() for line in o.quote_lines.all()]
        assert f"{sum(sums):.2f}" == way["total"]
        client.post(f"/api/v1/bookings/{lines.reference}/cancel/", {}, format="json")


def test_what_has_no_price_or_is_not_free_has_no_cheaper_way(
    anybody: APIClient, dear_evenings: Space
) -> None:
    closed = {**WHEN, "starts": "03:00", "ends": "05:00"}
    told = _ask(anybody, dear_evenings, when=closed).json()
    assert (told["total"], told["ways"]) == (None, [])
    publish(dear_evenings.venue, by_hour("elsewhere"))
    told = _ask(anybody, dear_evenings).json()
    assert (told["total"], told["ways"]) == (None, [])


def test_a_venue_that_is_not_public_says_nothing(anybody: APIClient, dear_evenings: Space) -> None:
    Venue.objects.update(visibility=Venue.Visibility.CONFIDENTIAL)
    assert _ask(anybody, dear_evenings).status_code == 404


@pytest.mark.parametrize("changes", [{"people": 0}, {"title": "x"}, {"hirer_category": "royalty"}])
def test_a_question_that_makes_no_sense_is_400(
    anybody: APIClient, dear_evenings: Space, changes: dict[str, Any]
) -> None:
    assert _ask(anybody, dear_evenings, **changes).status_code == 400
