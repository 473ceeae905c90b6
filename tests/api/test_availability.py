"""When a space is free, and whether many are at many times."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from spaces.models import Claim
from spaces.models.claim import ClaimKind
from tests.api.conftest import NOW
from tests.factories import SpaceFactory, divisible_hall, open_daily

pytestmark = pytest.mark.django_db

_DAY = date(2027, 1, 5)
_WINDOW = "from=2027-01-05T00:00:00Z&until=2027-01-06T00:00:00Z"


def take(space: Any, start: str, end: str, **more: Any) -> Claim:
    """A claim on one atom on 5 January 2027, times as HH:MM."""
    fields = {
        "kind": ClaimKind.USE,
        "owner_kind": "occurrence",
        "owner_id": 1,
        "changed_at": NOW,
        **more,
    }
    return Claim.objects.create(
        space=space,
        starts_at=datetime.fromisoformat(f"2027-01-05T{start}:00+00:00"),
        ends_at=datetime.fromisoformat(f"2027-01-05T{end}:00+00:00"),
        **fields,
    )


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January."""


def test_free_time_is_open_hours_less_what_is_taken(anybody: APIClient) -> None:
    space = SpaceFactory()
    open_daily(space, _DAY, days=1, opens=time(9), closes=time(22))
    take(space, "12:00", "14:00")
    told = anybody.get(f"/api/v1/spaces/{space.pk}/availability/?{_WINDOW}").json()
    assert told["hours_known"] is True
    assert told["free"] == [
        {"starts_at": "2027-01-05T09:00:00Z", "ends_at": "2027-01-05T12:00:00Z"},
        {"starts_at": "2027-01-05T14:00:00Z", "ends_at": "2027-01-05T22:00:00Z"},
    ]
    assert told["busy"] == [
        {"starts_at": "2027-01-05T12:00:00Z", "ends_at": "2027-01-05T14:00:00Z"}
    ]


def test_unknown_hours_are_null_and_not_closed(anybody: APIClient) -> None:
    space = SpaceFactory()
    told = anybody.get(f"/api/v1/spaces/{space.pk}/availability/?{_WINDOW}").json()
    assert told["hours_known"] is False
    assert told["free"] is None


def test_an_offset_is_understood_and_answered_in_utc(anybody: APIClient) -> None:
    space = SpaceFactory()
    open_daily(space, date(2027, 7, 6), days=1, opens=time(9), closes=time(10))
    window = "from=2027-07-06T00:00:00%2B01:00&until=2027-07-07T00:00:00+01:00"
    told = anybody.get(f"/api/v1/spaces/{space.pk}/availability/?{window}").json()
    assert told["free"] == [
        {"starts_at": "2027-07-06T08:00:00Z", "ends_at": "2027-07-06T09:00:00Z"}
    ]


@pytest.mark.parametrize(
    ("window", "field", "code"),
    [
        ("", "from", "required"),
        ("from=2027-01-05T00:00:00&until=2027-01-06T00:00:00Z", "from", "naive"),
        ("from=2027-01-06T00:00:00Z&until=2027-01-05T00:00:00Z", "until", "reversed"),
        ("from=2027-01-05T00:00:00Z&until=2027-01-05T00:00:00Z", "until", "reversed"),
        ("from=2027-01-01T00:00:00Z&until=2027-03-05T00:00:00Z", "until", "too_long"),
        ("from=2027-02-30T00:00:00Z&until=2027-03-05T00:00:00Z", "from", "unreal"),
        ("from=9999-12-31T00:00:00Z&until=9999-12-31T23:00:00Z", "from", "far"),
        ("from=2027-01-05&until=2027-01-06", "from", "invalid"),
        ("from=tomorrow&until=2027-01-06T00:00:00Z", "from", "invalid"),
    ],
)
def test_a_window_that_makes_no_sense_is_named(
    anybody: APIClient, window: str, field: str, code: str
) -> None:
    response = anybody.get(f"/api/v1/spaces/{SpaceFactory().pk}/availability/?{window}")
    assert response.status_code == 400, response.content
    lines = {line["field"]: line["code"] for line in response.json()["errors"]}
    assert lines[field] == code


def test_a_known_answer_is_304_until_something_is_taken_or_a_hold_runs_out(
    anybody: APIClient, frozen: Callable[[datetime], None]
) -> None:
    space = SpaceFactory()
    open_daily(space, _DAY, days=1, opens=time(9), closes=time(22))
    address = f"/api/v1/spaces/{space.pk}/availability/?{_WINDOW}"
    first = anybody.get(address)
    assert anybody.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    take(space, "15:00", "16:00", hold_until=NOW + timedelta(minutes=10))
    second = anybody.get(address, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    frozen(NOW + timedelta(minutes=10))
    third = anybody.get(address, headers={"If-None-Match": second["ETag"]})
    assert (third.status_code, third["ETag"]) == (200, first["ETag"])


def _period(start: str, end: str) -> dict[str, str]:
    return {"starts_at": f"2027-01-05T{start}:00Z", "ends_at": f"2027-01-05T{end}:00Z"}


def test_half_a_hall_blocks_the_whole_and_leaves_the_other_half_free(anybody: APIClient) -> None:
    hall = divisible_hall()
    for space in (hall.whole, hall.left, hall.right):
        open_daily(space, _DAY, days=1, opens=time(9), closes=time(22))
    take(hall.left, "19:00", "21:00")
    body = {
        "spaces": [hall.whole.pk, hall.left.pk, hall.right.pk],
        "periods": [
            _period("20:00", "21:00"),
            _period("21:00", "22:00"),
            _period("22:00", "23:00"),
        ],
    }
    told = anybody.post("/api/v1/availability/check/", body, format="json").json()["results"]
    free = {(row["space"], row["starts_at"][11:13]): row["is_free"] for row in told}
    reasons = {
        (row["space"], row["starts_at"][11:13]): [why["code"] for why in row["reasons"]]
        for row in told
    }
    assert free[hall.whole.pk, "20"] is False
    assert free[hall.right.pk, "20"] is True
    assert free[hall.whole.pk, "21"] is True
    assert reasons[hall.left.pk, "20"] == ["taken"]
    assert reasons[hall.right.pk, "22"] == ["outside_hours"]


def test_a_check_of_unknown_hours_is_null_with_its_reason(anybody: APIClient) -> None:
    body = {"spaces": [SpaceFactory().pk], "periods": [_period("20:00", "21:00")]}
    row = anybody.post("/api/v1/availability/check/", body, format="json").json()["results"][0]
    assert row["is_free"] is None
    assert [why["code"] for why in row["reasons"]] == ["hours_unknown"]


def test_an_unknown_space_is_named(anybody: APIClient) -> None:
    body = {"spaces": [987654], "periods": [_period("20:00", "21:00")]}
    response = anybody.post("/api/v1/availability/check/", body, format="json")
    assert response.status_code == 404
    assert "987654" in response.json()["detail"]


def test_at_most_fifty_periods_at_once(anybody: APIClient) -> None:
    body = {"spaces": [SpaceFactory().pk], "periods": [_period("20:00", "21:00")] * 51}
    response = anybody.post("/api/v1/availability/check/", body, format="json")
    assert response.status_code == 400


@pytest.mark.parametrize("number", [1, 50])
def test_a_check_costs_the_same_for_any_number_of_spaces(
    anybody: APIClient,
    count_queries: Callable[[Callable[[], object]], int],
    no_throttle: None,
    number: int,
) -> None:
    spaces = SpaceFactory.create_batch(number)
    body = {
        "spaces": [space.pk for space in spaces],
        "periods": [_period("20:00", "21:00")] * number,
    }

    def ask() -> None:
        response = anybody.post("/api/v1/availability/check/", body, format="json")
        assert response.status_code == 200

    assert count_queries(ask) == 4


def test_instants_are_read_with_any_offset() -> None:
    from api.shapes import Instant

    assert Instant().run_validation("2027-07-06T01:30:00+01:00") == datetime(
        2027, 7, 6, 0, 30, tzinfo=UTC
    )
