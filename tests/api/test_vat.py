"""VAT through the interface: rate, amount and reason of lines, and what cancelling would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings.models import Booking
from spaces.models import Space
from tests.api.asking import post, wish
from tests.factories import MembershipFactory, OrganisationFactory
from tests.factories.vat import club_block, opt, register, sports_hall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
Signed = Callable[[User], APIClient]
_BOOKINGS = "/api/v1/bookings/"
_WEEKLY = {"first": "2027-01-12", "starts": "19:00", "ends": "21:00", "repeats": "weekly"}


def member(booking: Booking) -> User:
    assert booking.made_by
    return booking.made_by


def asked(space: Space, **when: Any) -> dict[str, Any]:
    return {"spaces": [space.pk], "when": {**_WEEKLY, **when}, "people": 20}


def test_a_quote_says_rate_amount_and_reason_of_each_line(anybody: APIClient, hall: Space) -> None:
    register(hall.venue.operator, prices="added")
    opt(hall.venue)
    told = post(anybody, "/api/v1/quote/", asked(hall, count=2)).json()
    assert (told["total"], told["vat"]) == ("48.00", "8.00")
    (line, added) = told["dates"][0]["lines"]
    assert (line["vat"], line["vat_rate"], line["vat_amount"]) == ("exclusive", "20.00", "0.00")
    assert "opted to tax" in line["vat_why"]
    assert (added["kind"], added["amount"], added["vat_amount"]) == ("vat", "4.00", "4.00")
    assert told["dates"][0]["vat"] == "4.00"


def test_a_quote_of_who_is_not_registered_has_no_vat(anybody: APIClient, hall: Space) -> None:
    told = post(anybody, "/api/v1/quote/", asked(hall, count=1)).json()
    assert told["vat"] == "0.00"
    assert told["dates"][0]["lines"][0]["vat"] == "outside"


def test_a_club_agrees_to_pay_for_all_and_books_a_series(signed: Signed) -> None:
    hall = sports_hall()
    club = OrganisationFactory(council=hall.venue.council, kind="sports_club")
    person = MembershipFactory(organisation=club).user
    body = wish(hall, organisation=club.pk, activity="sport", when={**_WEEKLY, "count": 12})
    told = post(signed(person), _BOOKINGS, {**body, "pays_as_whole": True}).json()
    assert told["pays_as_whole"] is True
    assert {date["vat"] for date in told["dates"]} == {"0.00"}
    assert {date["lines"][0]["vat"] for date in told["dates"]} == {"exempt"}


def test_what_cancelling_would_do_is_asked_before_and_kept_after(signed: Signed) -> None:
    booking = club_block(sports_hall(), count=10)
    client = signed(member(booking))
    first = booking.occurrences.all()[0].pk
    address = f"{_BOOKINGS}{booking.reference}/dates/{first}/cancel/"

    before = client.get(address).json()

    assert before["vat"]["amount"] == "45.00"
    assert before["vat"]["failed"] == ["too_few"]
    assert "£45.00 VAT becomes due" in before["vat"]["words"]
    assert booking.occurrences.filter(state="confirmed").count() == 10
    (change,) = post(client, address, {}).json()["vat_changes"]
    assert (change["amount"], change["settled"], change["is_added"]) == ("45.00", "", False)


def test_cancelling_all_of_it_leaves_no_vat(signed: Signed) -> None:
    booking = club_block(sports_hall(), count=10)
    client = signed(member(booking))
    assert client.get(f"{_BOOKINGS}{booking.reference}/cancel/").json() == {"vat": None}


def test_others_do_not_learn_that_there_is_a_booking(signed: Signed, person: User) -> None:
    booking = club_block(sports_hall(), count=10)
    date = booking.occurrences.all()[0].pk
    for path in ("cancel/", f"dates/{date}/cancel/"):
        assert signed(person).get(f"{_BOOKINGS}{booking.reference}/{path}").status_code == 404
