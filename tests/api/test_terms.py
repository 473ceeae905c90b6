"""Deposits, payments due and what cancelling costs, through the interface as on the pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings import personal_data
from bookings.models import Booking, CancellationCharge
from spaces.models import Space, Venue
from tests.api.asking import post, wish
from tests.factories.terms import ALL, DEPOSIT, rates_with

pytestmark = pytest.mark.django_db
Signed = Callable[[User], APIClient]
_BOOKINGS = "/api/v1/bookings/"
_SERIES = {
    "first": "2027-01-12",
    "starts": "19:00",
    "ends": "21:00",
    "repeats": "weekly",
    "count": 4,
}
_DUE = [
    {"on": "2027-01-05", "amount": "20.00", "why": "Booking fee", "returned": False},
    {"on": "2027-01-05", "amount": "60.00", "why": "The rest", "returned": True},
]


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the bookings."""


@pytest.fixture
def hall_with_terms(hall: Space) -> Space:
    rates_with(hall.venue, *ALL)
    return hall


def test_a_quote_says_what_goes_with_the_price(anybody: APIClient, hall_with_terms: Space) -> None:
    body = {"spaces": [hall_with_terms.pk], "when": _SERIES}
    told = anybody.post("/api/v1/quote/", body, format="json").json()
    assert (told["total"], told["deposit"]) == ("80.00", "170.00")
    assert [(held["name"], held["amount"]) for held in told["deposits"]] == [
        ("deposit", "150.00"),
        ("key", "20.00"),
    ]
    assert told["due"] == _DUE
    assert told["terms_to_decide"] == []
    mine, theirs = told["cancellation_terms"]
    assert (mine["by"], mine["dates"], len(mine["steps"])) == ("hirer", "", 4)
    assert theirs["steps"] == ["At any time before: all of it is given back."]


def test_an_open_deposit_is_null_and_not_nothing(anybody: APIClient, hall: Space) -> None:
    rates_with(hall.venue, {**DEPOSIT, "when": {"purpose": ["party"]}})
    body = {"spaces": [hall.pk], "when": _SERIES}
    told = anybody.post("/api/v1/quote/", body, format="json").json()
    assert told["deposit"] is None
    assert told["is_instant"] is False
    assert told["terms_to_decide"][0]["code"] == "missing_fact"


def test_a_booking_keeps_them_and_cancelling_answers_with_the_charge(
    signed: Signed, person: User, hall_with_terms: Space
) -> None:
    told = post(signed(person), _BOOKINGS, wish(hall_with_terms, when=_SERIES)).json()
    assert told["deposit"] == "170.00"
    assert told["due"] == _DUE
    assert [one["by"] for one in told["cancellation_terms"]] == ["hirer", "venue"]
    assert [day["cancellation"] for day in told["dates"]] == [None] * 4
    path = f"{_BOOKINGS}{told['reference']}/"
    first = told["dates"][0]["id"]
    after = post(signed(person), f"{path}dates/{first}/cancel/", {"reason": ""}).json()
    charge = after["dates"][0]["cancellation"]
    assert {name: charge[name] for name in ("by", "agreed", "charge", "refund")} == {
        "by": "hirer",
        "agreed": "20.00",
        "charge": "10.00",
        "refund": "10.00",
    }
    assert charge["why"].startswith("7 days before: 50% of the price to pay.")
    assert [day["cancellation"] for day in after["dates"][1:]] == [None] * 3
    rest = post(signed(person), f"{path}cancel/", {"reason": ""}).json()
    assert [day["cancellation"]["charge"] for day in rest["dates"]] == [
        "10.00",
        "5.00",
        "5.00",
        "0.00",
    ]
    assert CancellationCharge.objects.count() == 4


def test_a_request_is_withdrawn_without_a_charge(
    signed: Signed, person: User, hall_with_terms: Space
) -> None:
    hall_with_terms.venue.confirmation = Venue.Confirmation.REQUEST
    hall_with_terms.venue.save()
    told = post(signed(person), _BOOKINGS, wish(hall_with_terms)).json()
    after = post(signed(person), f"{_BOOKINGS}{told['reference']}/cancel/", {"reason": ""}).json()
    assert after["dates"][0]["cancellation"] is None


def test_a_booking_costs_the_same_to_read_for_2_dates_and_for_52(
    signed: Signed, person: User, hall_with_terms: Space, count_queries: Any
) -> None:
    client, counts = signed(person), set()
    for count, starts, ends in ((2, "08:00", "09:00"), (24, "10:00", "11:00")):
        when = {**_SERIES, "count": count, "starts": starts, "ends": ends}
        told = post(client, _BOOKINGS, wish(hall_with_terms, when=when)).json()
        path = f"{_BOOKINGS}{told['reference']}/"
        client.get(path)
        counts.add(count_queries(lambda path=path: client.get(path)))
    assert len(counts) == 1, counts


def test_what_is_given_out_about_a_person_holds_deposits_payments_and_charges(
    signed: Signed, person: User, hall_with_terms: Space
) -> None:
    told = post(signed(person), _BOOKINGS, wish(hall_with_terms)).json()
    post(signed(person), f"{_BOOKINGS}{told['reference']}/cancel/", {"reason": ""})
    (row,) = personal_data.export(person.pk)["bookings"]
    assert [held["amount"] for held in row["deposits"]] == ["150.00", "20.00"]
    assert [part["amount"] for part in row["payments_due"]] == ["5.00", "15.00"]
    assert row["dates"][0]["cancelling"]["charge"] == "10.00"
    assert Booking.objects.count() == 1
