"""Programs use vouchers and free hours by the same rules as the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from bookings.models import Booking
from spaces.models import Space
from tests.api.asking import post, wish
from tests.factories.accounts import MembershipFactory, OrganisationFactory
from tests.factories.support import allowance, voucher

pytestmark = pytest.mark.django_db
Signed = Callable[[User], APIClient]
_BOOKINGS, _QUOTES = "/api/v1/bookings/", "/api/v1/quote/"


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the bookings."""


def quoted(client: APIClient, hall: Space, code: str) -> Any:
    when = wish(hall)["when"]
    return post(client, _QUOTES, {"spaces": [hall.pk], "when": when, "voucher_code": code}).json()


def test_a_voucher_shows_in_the_quote_and_is_used_by_the_booking(
    signed: Signed, person: User, hall: Space
) -> None:
    _made, code = voucher(hall.venue)
    told = quoted(signed(person), hall, code)
    assert (told["total"], told["dates"][0]["list_total"]) == ("15.00", "40.00")
    assert [line["kind"] for line in told["dates"][0]["lines"]] == ["rate", "voucher"]
    made = post(signed(person), _BOOKINGS, wish(hall, voucher_code=code))
    assert made.status_code == 201, made.content
    assert made.json()["dates"][0]["total"] == "15.00"


def test_a_code_that_is_not_known_is_a_breach(signed: Signed, person: User, hall: Space) -> None:
    told = quoted(signed(person), hall, "2222-3333-4444")
    assert [breach["code"] for breach in told["breaches"]] == ["voucher_refused"]
    refused = post(signed(person), _BOOKINGS, wish(hall, voucher_code="2222-3333-4444"))
    assert refused.status_code == 422
    assert refused.json()["breaches"][0]["code"] == "voucher_refused"


def test_whoever_does_not_sign_in_learns_nothing_of_codes(hall: Space) -> None:
    _made, code = voucher(hall.venue)
    said = {str(quoted(APIClient(), hall, typed)["breaches"]) for typed in (code, "2222")}
    assert len(said) == 1


def test_free_hours_are_spent_or_kept_as_asked_and_a_limit_holds(
    signed: Signed, person: User, hall: Space
) -> None:
    group = OrganisationFactory(council=hall.venue.council)
    MembershipFactory(user=person, organisation=group, role="owner")
    allowance(hall, group, "2")
    kept = wish(hall, organisation=group.pk, use_allowance=False, at_most="19.99")
    refused = post(signed(person), _BOOKINGS, kept)
    assert (refused.status_code, refused.json()["code"]) == (409, "costs_more")
    assert Booking.objects.count() == 0
    made = post(signed(person), _BOOKINGS, wish(hall, organisation=group.pk, at_most="0"))
    assert made.json()["dates"][0]["total"] == "0.00"
