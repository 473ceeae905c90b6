"""Any two desks: asked for by how many, for partners as on the page."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.models import User
from bookings.models import Booking, Use
from spaces.models import Pool, Space, Venue
from tests.api.asking import post, wish
from tests.factories import SpaceFactory, VenueFactory, open_daily
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db
_BOOKINGS, _QUOTE = "/api/v1/bookings/", "/api/v1/quote/"
Signed = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the dates."""


@pytest.fixture
def pool(db: None) -> Pool:
    """Three desks at £10 an hour."""
    venue = VenueFactory()
    pool = Pool.objects.create(venue=venue, name="Desks")
    for n in range(3):
        desk = SpaceFactory(venue=venue, pool=pool, name=f"Desk {n + 1}", position=n, capacity=1)
        open_daily(desk, date(2027, 1, 1), days=60, opens=time(8), closes=time(23))
    flat_rates(venue)
    return pool


def _desks(pool: Pool) -> list[Space]:
    return list(pool.spaces.order_by("position"))


def _wish(pool: Pool, quantity: Any, **changes: Any) -> dict[str, Any]:
    body = wish(_desks(pool)[0], people=1, **changes)
    del body["spaces"]
    return {"pools": [{"pool": pool.pk, "quantity": quantity}], **body, **changes}


def test_two_desks_are_booked_and_told_by_their_numbers(
    signed: Signed, person: User, pool: Pool
) -> None:
    first, second, third = _desks(pool)
    client = signed(person)
    made = post(client, _BOOKINGS, wish(first, people=1))
    assert made.status_code == 201
    made = post(client, _BOOKINGS, _wish(pool, 2))
    assert made.status_code == 201, made.content
    uses = made.json()["dates"][0]["uses"]
    assert {use["space"] for use in uses} == {second.pk, third.pk}
    full = post(client, _BOOKINGS, _wish(pool, 1))
    assert (full.status_code, full.json()["code"]) == (409, "space_taken")


def test_the_same_key_gives_the_same_desk_again(signed: Signed, person: User, pool: Pool) -> None:
    client, key = signed(person), {"Idempotency-Key": "two-desks-please"}
    first = post(client, _BOOKINGS, _wish(pool, 1), **key)
    again = post(client, _BOOKINGS, _wish(pool, 1), **key)
    assert first.json() == again.json()
    assert Use.objects.count() == 1


def test_a_quote_names_the_desks_and_prices_each(anybody: APIClient, pool: Pool) -> None:
    body = _wish(pool, 2)
    told = post(anybody, _QUOTE, {"pools": body["pools"], "when": body["when"]})
    assert told.status_code == 200, told.content
    assert told.json()["spaces"] == [desk.pk for desk in _desks(pool)[:2]]
    assert told.json()["total"] == "40.00"


def test_a_desk_by_name_and_others_from_its_pool_go_together(
    signed: Signed, person: User, pool: Pool
) -> None:
    first, *_others = _desks(pool)
    made = post(signed(person), _BOOKINGS, _wish(pool, 2, spaces=[first.pk]))
    assert made.status_code == 201, made.content
    assert len(made.json()["dates"][0]["uses"]) == 3


def test_a_venue_tells_what_is_needed_to_book_its_pools(anybody: APIClient, pool: Pool) -> None:
    hidden = _desks(pool)[2]
    Space.objects.filter(pk=hidden.pk).update(is_bookable=False)
    told = anybody.get(f"/api/v1/venues/{pool.venue.slug}/").json()
    first, second = (desk.pk for desk in _desks(pool)[:2])
    assert told["pools"] == [
        {"id": pool.pk, "name": "Desks", "quantity": 2, "spaces": [first, second]}
    ]
    assert {space["pool"] for space in told["spaces"]} == {pool.pk}


@pytest.mark.parametrize("pools", [1, 20])
def test_a_venue_costs_the_same_for_any_number_of_pools(
    anybody: APIClient,
    count_queries: Callable[[Callable[[], object]], int],
    no_throttle: None,
    pools: int,
) -> None:
    venue = VenueFactory()
    for n in range(pools):
        pool = Pool.objects.create(venue=venue, name=f"Desks {n}")
        SpaceFactory.create_batch(2, venue=venue, pool=pool)
    assert count_queries(lambda: anybody.get(f"/api/v1/venues/{venue.slug}/")) == 10


def _problem(response: Any) -> tuple[int, str, str, str]:
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    (error,) = told.get("errors") or [{"field": "", "code": ""}]
    return response.status_code, told["code"], error["field"], error["code"]


@pytest.mark.parametrize("quantity", [4, 20])
def test_more_than_there_are_has_a_code_of_its_own(
    signed: Signed, person: User, pool: Pool, quantity: int
) -> None:
    for client, address in ((signed(person), _BOOKINGS), (signed(person), _QUOTE)):
        body = _wish(pool, quantity)
        if address == _QUOTE:
            body = {"pools": body["pools"], "when": body["when"]}
        told = _problem(post(client, address, body))
        assert told == (400, "pool_too_small", "pools", "pool_too_small")
    assert not Booking.objects.exists()


def test_a_named_desk_is_not_counted_twice(signed: Signed, person: User, pool: Pool) -> None:
    body = _wish(pool, 3, spaces=[_desks(pool)[0].pk])
    assert _problem(post(signed(person), _BOOKINGS, body))[1] == "pool_too_small"


@pytest.mark.parametrize(
    ("wishes", "field", "code"),
    [
        ([], "spaces", "required"),
        ([("same", 0)], "pools.quantity", "min_value"),
        ([("same", 21)], "pools.quantity", "max_value"),
        ([("same", "two")], "pools.quantity", "invalid"),
        ([("same", 1), ("same", 1)], "pools", "repeated"),
        ([("same", 15), (5, 15)], "pools", "too_many"),
        ([(0, 1)], "pools.pool", "min_value"),
        ([("other", 1), ("same", 1)], "pools", "one_venue"),
    ],
)
def test_a_wish_that_makes_no_sense_names_its_field(
    signed: Signed, person: User, pool: Pool, wishes: list[Any], field: str, code: str
) -> None:
    other = Pool.objects.create(venue=VenueFactory(), name="Far away")
    known = {"same": pool.pk, "other": other.pk}
    pools = [{"pool": known.get(which, which), "quantity": n} for which, n in wishes]
    told = _problem(post(signed(person), _BOOKINGS, _wish(pool, 1, pools=pools)))
    assert told[:2] == (400, "invalid")
    assert (told[2].replace("[0]", ""), told[3]) == (field, code)


def test_spaces_of_one_venue_and_pools_of_another_do_not_mix(
    signed: Signed, person: User, pool: Pool, hall: Space
) -> None:
    told = _problem(post(signed(person), _BOOKINGS, _wish(pool, 1, spaces=[hall.pk])))
    assert told == (400, "invalid", "pools", "one_venue")


@pytest.mark.parametrize("address", [_BOOKINGS, _QUOTE])
def test_an_unknown_pool_and_a_hidden_one_are_the_same(
    signed: Signed, person: User, pool: Pool, address: str
) -> None:
    client, body = signed(person), _wish(pool, 1)
    if address == _QUOTE:
        body = {"pools": body["pools"], "when": body["when"]}
    unknown = {**body, "pools": [{"pool": 987_654, "quantity": 1}]}
    assert _problem(post(client, address, unknown))[:2] == (404, "not_found")
    Venue.objects.update(visibility=Venue.Visibility.CONFIDENTIAL)
    assert _problem(post(client, address, body))[:2] == (404, "not_found")


def test_the_schema_shows_how_to_ask_for_two_desks() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for address in (_BOOKINGS, _QUOTE):
        sent = schema["paths"][address]["post"]["requestBody"]["content"]["application/json"]
        values = [example["value"] for example in sent["examples"].values()]
        assert [{"pool": 4, "quantity": 2}] in [value.get("pools") for value in values]
    fields = schema["components"]["schemas"]["VenueDetailOutput"]["properties"]
    assert "pools" in fields


def test_the_examples_of_the_schema_can_be_sent() -> None:
    from api.booking_shapes import BOOKING_EXAMPLES, BookingInput

    for example in BOOKING_EXAMPLES:
        body = BookingInput(data=example.value)
        assert body.is_valid(), body.errors
