"""Find a place, as a partner's program asks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from rest_framework.test import APIClient

from spaces.models import Claim, Place, Space, Venue
from spaces.models.claim import ClaimKind
from spaces.places import search_key
from tests.api.asking import post
from tests.api.conftest import NOW
from tests.factories import SpaceFactory, VenueFactory, open_daily
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db

_ADDRESS = "/api/v1/search/"
_WEEKLY = {
    "first": "2027-01-12",
    "starts": "19:00",
    "ends": "21:00",
    "repeats": "weekly",
    "count": 3,
}


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the first date."""


def search(client: APIClient, **body: Any) -> Any:
    response = post(client, _ADDRESS, body)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_place_says_its_dates_its_price_and_why_not(anybody: APIClient, hall: Space) -> None:
    Claim.objects.create(
        space=hall,
        starts_at=datetime(2027, 1, 19, 18, 0, tzinfo=UTC),
        ends_at=datetime(2027, 1, 19, 20, 0, tzinfo=UTC),
        kind=ClaimKind.USE,
        owner_kind="occurrence",
        owner_id=1,
        changed_at=NOW,
    )
    told = search(anybody, when=_WEEKLY, people=30, needs=["step_free"])
    assert (told["count"], told["pages"], told["dates"], told["on_every_date"]) == (1, 1, 3, 0)
    (found,) = told["results"]
    assert (found["venue"], found["space"]) == (hall.venue.slug, hall.pk)
    assert found["free_dates"] == 2
    assert found["not_free"] == [
        {
            "starts_at": "2027-01-19T19:00:00Z",
            "ends_at": "2027-01-19T21:00:00Z",
            "reasons": ["taken"],
        }
    ]
    assert found["needs"] == [{"need": "step_free", "state": "unknown", "why": ""}]
    assert (found["price"]["kind"], found["price"]["total"]) == ("quote", "40.00")


def test_a_program_may_ask_by_instants_or_without_a_time(anybody: APIClient, hall: Space) -> None:
    period = {"starts_at": "2027-01-12T19:00:00Z", "ends_at": "2027-01-12T20:00:00Z"}
    assert search(anybody, **period)["on_every_date"] == 1
    any_time = search(anybody, space_kinds=[hall.kind])
    assert (any_time["dates"], any_time["count"]) == (0, 1)
    assert any_time["results"][0]["price"]["kind"] in {"guide", "ask"}


def test_near_is_what_it_was_taken_for_and_places_booked_elsewhere_stand_apart(
    anybody: APIClient,
) -> None:
    Place.objects.create(
        kind=Place.Kind.POSTCODE,
        name="ZE7 4QB",
        search_key=search_key("ZE7 4QB"),
        latitude=51.5,
        longitude=0.1,
    )
    by_phone = VenueFactory(
        booking_mode=Venue.BookingMode.PHONE, latitude=51.501, longitude=0.1, phone="020 7946 0000"
    )
    told = search(anybody, near="ze74qb", within_m=1000)
    assert told["near"] == {"name": "ZE7 4QB", "latitude": 51.5, "longitude": 0.1}
    assert [place["venue"] for place in told["to_ask"]] == [by_phone.slug]
    assert 100 < told["to_ask"][0]["distance_m"] < 120
    assert search(anybody, near="nowhere at all")["near"] is None


def test_what_keeps_places_away_is_told(anybody: APIClient, hall: Space) -> None:
    told = search(anybody, people=hall.capacity + 1)
    assert told["results"] == []
    assert told["relaxed"] == [{"wish": "people", "venues": 1}]


def test_venues_that_are_not_public_are_not_found(anybody: APIClient, hall: Space) -> None:
    for visibility in (Venue.Visibility.PARTNERS, Venue.Visibility.CONFIDENTIAL):
        Venue.objects.filter(pk=hall.venue_id).update(visibility=visibility)
        assert search(anybody)["count"] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"when": {**_WEEKLY, "first": "2027-02-30"}}, "when.first"),
        ({"starts_at": "2027-01-12T19:00:00", "ends_at": "2027-01-12T20:00:00Z"}, "starts_at"),
        ({"starts_at": "2027-01-12T19:00:00Z", "ends_at": "2027-01-12T18:00:00Z"}, "ends_at"),
        ({"starts_at": "2027-01-12T19:00:00Z"}, "when"),
        ({"people": 0}, "people"),
        ({"needs": ["levitation"]}, "needs[0]"),
        ({"council": "nowhere"}, "council"),
        ({"near": "x" * 101}, "near"),
        ({"within_m": 10**9}, "within_m"),
        ({"page": 0}, "page"),
        ({"wings": 2}, "wings"),
    ],
)
def test_bad_input_is_named_and_nothing_is_searched(
    anybody: APIClient, body: dict[str, Any], field: str
) -> None:
    response = post(anybody, _ADDRESS, body)
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert [line["field"] for line in response.json()["errors"]] == [field]


def test_a_nul_byte_is_refused(anybody: APIClient) -> None:
    response = post(anybody, _ADDRESS, {"near": "a\x00b"})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_pattern_without_dates_is_a_bad_question(anybody: APIClient) -> None:
    response = post(anybody, _ADDRESS, {"when": {**_WEEKLY, "count": 1, "struck": ["2027-01-12"]}})
    assert (response.status_code, response.json()["code"]) == (400, "bad_input")


@pytest.mark.usefixtures("no_throttle")
def test_a_search_costs_the_same_for_any_number_of_places(
    anybody: APIClient, hall: Space, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def ask() -> None:
        search(anybody, when=_WEEKLY, people=10)

    ask()
    one = count_queries(ask)
    for _n in range(30):
        room = SpaceFactory(capacity=40)
        open_daily(room, date(2027, 1, 1), days=60, opens=time(8), closes=time(23))
        flat_rates(room.venue)
    ask()
    assert count_queries(ask) == one <= 7


def test_searches_have_a_limit_of_their_own(
    anybody: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rest_framework.throttling import ScopedRateThrottle

    monkeypatch.setitem(ScopedRateThrottle.THROTTLE_RATES, "search", "1/min")
    assert post(anybody, _ADDRESS, {}).status_code == 200
    refused = post(anybody, _ADDRESS, {})
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert int(refused["Retry-After"]) > 0


def test_what_narrows_the_list_is_counted_where_it_is_asked_for(
    anybody: APIClient, hall: Space
) -> None:
    assert search(anybody)["facets"] == []
    told = search(anybody, facets=True)
    kinds = next(facet for facet in told["facets"] if facet["facet"] == "kinds")
    counted = {option["value"]: option["count"] for option in kinds["options"]}
    assert counted[hall.venue.kind] == 1
