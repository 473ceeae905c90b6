"""The same request twice is done once, one after the other or both at the same moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from api import idempotency, tokens
from api.models import IdempotencyKey
from bookings.models import Booking
from notices.models import Notice
from spaces.models import Space
from tests.api.asking import post, wish
from tests.api.conftest import NOW
from tests.factories import UserFactory
from tests.races.harness import race

_BOOKINGS = "/api/v1/bookings/"
Signed = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the bookings."""


def _post(client: APIClient, body: dict[str, Any], key: str) -> Any:
    return post(client, _BOOKINGS, body, **{"Idempotency-Key": key})


@pytest.mark.django_db
def test_the_second_answer_is_the_first_again(
    signed: Signed,
    person: User,
    hall: Space,
) -> None:
    client = signed(person)
    first = _post(client, wish(hall), "key-0001")
    notices = Notice.objects.count()
    second = _post(client, wish(hall), "key-0001")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotent-Replay"] == "true"
    assert (Booking.objects.count(), Notice.objects.count()) == (1, notices)


@pytest.mark.django_db
def test_a_key_for_another_request_is_409(
    signed: Signed,
    person: User,
    hall: Space,
) -> None:
    client = signed(person)
    reference = _post(client, wish(hall), "key-0001").json()["reference"]
    other = _post(client, wish(hall, title="Band"), "key-0001")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    route = post(client, f"{_BOOKINGS}{reference}/cancel/", {}, **{"Idempotency-Key": "key-0001"})
    assert route.status_code == 409
    assert Booking.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_request_may_be_tried_again_with_its_key(
    signed: Signed,
    person: User,
    hall: Space,
) -> None:
    client = signed(person)
    assert _post(client, wish(hall, people=5_000), "key-0001").status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert _post(client, wish(hall), "key-0001").status_code == 201


@pytest.mark.django_db
def test_another_person_may_use_the_same_key(
    signed: Signed,
    person: User,
    hall: Space,
) -> None:
    assert _post(signed(person), wish(hall), "key-0001").status_code == 201
    when = {**wish(hall)["when"], "first": "2027-01-13"}
    assert _post(signed(UserFactory()), wish(hall, when=when), "key-0001").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "x" * 201, "key with spaces", "clé-0001"])
def test_an_odd_key_is_400(
    signed: Signed,
    person: User,
    hall: Space,
    key: str,
) -> None:
    response = _post(signed(person), wish(hall), key)
    assert (response.status_code, response.json()["code"]) == (400, "bad_idempotency_key")
    assert not Booking.objects.exists()


@pytest.mark.django_db
def test_keys_are_forgotten_after_a_day(
    signed: Signed,
    person: User,
    hall: Space,
) -> None:
    _post(signed(person), wish(hall), "key-0001")
    assert idempotency.forget(now=NOW + timedelta(hours=23)) == 0
    assert idempotency.forget(now=NOW + timedelta(hours=25)) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_booking_and_get_the_same_answer(
    signed: Signed,
    hall: Space,
) -> None:
    person = UserFactory()
    secret = tokens.create_token(name="race", days=1, actor=person, now=NOW).secret
    body = wish(hall)

    def ask() -> Any:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        response = _post(client, body, "key-0001")
        return response.status_code, response.json().get("reference")

    outcomes = race([ask] * 6)
    assert [outcome.error for outcome in outcomes] == [None] * 6
    answers = {outcome.value for outcome in outcomes}
    assert len(answers) == 1
    ((status, reference),) = answers
    assert status == 201
    assert Booking.objects.get().reference == reference
