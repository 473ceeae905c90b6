"""What anybody may read about venues and spaces, and how much it costs us."""

import datetime as dt
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from api import nearby
from spaces.models import AccessFact, Facility, Layout, Venue, VenueRole
from tariffs.models import GuidePrice
from tests.factories import SpaceFactory, VenueFactory, divisible_hall

pytestmark = pytest.mark.django_db
Signed = Callable[[User], APIClient]


def test_a_venue_tells_its_spaces_access_facilities_and_rates(anybody: APIClient) -> None:
    hall = divisible_hall()
    venue = hall.whole.venue
    Layout.objects.create(space=hall.whole, kind=Layout.Kind.THEATRE, people=120)
    Facility.objects.create(venue=venue, code=Facility.Code.KITCHEN)
    AccessFact.objects.create(
        venue=venue, code="hearing_loop", value="yes", checked_on=dt.date(2026, 10, 1)
    )
    AccessFact.objects.create(venue=venue, code="accessible_toilet", value="no")
    AccessFact.objects.create(venue=venue, code="quiet_space", value="unknown")
    GuidePrice.objects.create(
        space=hall.whole, category="community", daypart="evening", amount="12.5"
    )
    told = anybody.get(f"/api/v1/venues/{venue.slug}/").json()
    facts = {fact["code"]: fact["value"] for fact in told["access"]}
    assert facts["hearing_loop"] is True
    assert facts["accessible_toilet"] is False
    assert facts["quiet_space"] is None
    assert facts["entrance_step_free"] is None
    assert told["facilities"][0]["code"] == "kitchen"
    spaces = {space["id"]: space for space in told["spaces"]}
    assert spaces[hall.whole.pk]["parts"] == sorted([hall.left.pk, hall.right.pk])
    assert spaces[hall.whole.pk]["layouts"][0]["people"] == 120
    assert told["rates_guide"] == [
        {
            "space": hall.whole.pk,
            "hirer_category": "community",
            "daypart": "evening",
            "pounds_an_hour": "12.50",
        }
    ]
    feeds = spaces[hall.whole.pk]["feeds"]
    assert feeds["busy_ics"].endswith(f"/feeds/spaces/{hall.whole.pk}/busy.ics")
    assert feeds["webcal"].startswith("webcal://")


def test_a_list_is_read_page_by_page_without_loss(anybody: APIClient) -> None:
    made = {VenueFactory(name=f"Hall {n % 3}").slug for n in range(7)}
    seen: list[str] = []
    address: str | None = "/api/v1/venues/?limit=2"
    while address:
        page = anybody.get(address).json()
        seen += [venue["slug"] for venue in page["results"]]
        address = page["next"]
    assert len(seen) == 7
    assert set(seen) == made


def test_near_gives_the_nearest_first_and_nothing_further(anybody: APIClient) -> None:
    for number, north in enumerate((51.47, 51.45, 51.46, 52.45)):
        VenueFactory(slug=f"v{number}", latitude=north, longitude=0.15)
    VenueFactory(slug="nowhere", latitude=None, longitude=None)
    first = anybody.get("/api/v1/venues/?near=51.45,0.15&within_km=10&limit=2").json()
    assert [venue["slug"] for venue in first["results"]] == ["v1", "v2"]
    second = anybody.get(first["next"]).json()
    assert [venue["slug"] for venue in second["results"]] == ["v0"]
    assert second["next"] is None
    assert second["results"][0]["distance_km"] == pytest.approx(2.224, abs=0.01)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("kind=library", ["quiet"]),
        ("q=quiet+place", ["quiet"]),
        ("q=100%25", []),
        ("bbox=0.1,51.4,0.2,51.5", ["loud"]),
        ("near=51.45,0.15&within_km=1", ["loud"]),
    ],
)
def test_each_filter_narrows_the_list(anybody: APIClient, query: str, slugs: list[str]) -> None:
    VenueFactory(slug="loud", name="Loud hall")
    VenueFactory(slug="quiet", name="Quiet place", kind="library", latitude=51.9, longitude=1.0)
    found = anybody.get(f"/api/v1/venues/?{query}").json()["results"]
    assert [venue["slug"] for venue in found] == slugs


def test_a_council_that_is_not_here_is_said_to_be_none(anybody: APIClient) -> None:
    venue = VenueFactory()
    here = anybody.get(f"/api/v1/venues/?council={venue.council.slug}").json()
    assert [one["slug"] for one in here["results"]] == [venue.slug]

    answer = anybody.get("/api/v1/venues/?council=nowhere")

    assert answer.status_code == 400
    assert "There is no council with that slug." in answer.content.decode()


@pytest.mark.parametrize("visibility", [Venue.Visibility.PARTNERS, Venue.Visibility.CONFIDENTIAL])
def test_what_is_not_public_does_not_exist(
    anybody: APIClient, signed: Signed, person: User, visibility: str
) -> None:
    space = SpaceFactory(venue__visibility=visibility)
    slug = space.venue.slug
    window = "from=2027-01-05T00:00:00Z&until=2027-01-06T00:00:00Z"
    for client in (anybody, signed(person)):
        assert client.get(f"/api/v1/venues/{slug}/").status_code == 404
        assert client.get(f"/api/v1/spaces/{space.pk}/").status_code == 404
        assert client.get(f"/api/v1/spaces/{space.pk}/availability/?{window}").status_code == 404
        assert client.get("/api/v1/venues/").json()["results"] == []
        assert client.get("/api/v1/spaces/").json()["results"] == []
        body = {
            "spaces": [space.pk],
            "periods": [{"starts_at": "2027-01-05T09:00:00Z", "ends_at": "2027-01-05T10:00:00Z"}],
        }
        asked = client.post("/api/v1/availability/check/", body, format="json")
        assert asked.status_code == 404


def test_its_own_staff_read_a_partner_venue_with_a_token(signed: Signed, person: User) -> None:
    space = SpaceFactory(venue__visibility=Venue.Visibility.PARTNERS)
    VenueRole.objects.create(user=person, venue=space.venue, role="manager")
    response = signed(person).get(f"/api/v1/venues/{space.venue.slug}/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response.json()["spaces"][0]["feeds"] is None


def test_a_session_counts_for_nothing_on_public_routes(anybody: APIClient, person: User) -> None:
    venue = VenueFactory(visibility=Venue.Visibility.PARTNERS)
    VenueRole.objects.create(user=person, venue=venue, role="manager")
    anybody.force_login(person)
    assert anybody.get(f"/api/v1/venues/{venue.slug}/").status_code == 404


def test_a_known_venue_is_answered_304_until_something_changes(anybody: APIClient) -> None:
    venue = VenueFactory()
    address = f"/api/v1/venues/{venue.slug}/"
    first = anybody.get(address)
    again = anybody.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    Venue.objects.filter(pk=venue.pk).update(description="New stage.")
    assert anybody.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_public_answers_are_open_to_every_site_without_credentials(anybody: APIClient) -> None:
    response = anybody.get("/api/v1/venues/", headers={"Origin": "https://partner.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Cookie" not in response["Vary"]
    assert not response.cookies
    preflight = anybody.options("/api/v1/quote/", headers={"Origin": "https://partner.example"})
    assert preflight["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("address", "budget"), [("/api/v1/venues/?limit=200", 1), ("/api/v1/spaces/?limit=200", 4)]
)
@pytest.mark.parametrize("rows", [1, 200])
def test_a_list_costs_the_same_for_any_number_of_rows(
    anybody: APIClient,
    count_queries: Callable[[Callable[[], object]], int],
    no_throttle: None,
    address: str,
    budget: int,
    rows: int,
) -> None:
    SpaceFactory.create_batch(rows)
    assert count_queries(lambda: anybody.get(address)) == budget
    assert len(anybody.get(address).json()["results"]) == rows


@pytest.mark.parametrize("rows", [1, 200])
def test_a_venue_costs_the_same_for_any_number_of_spaces(
    anybody: APIClient,
    count_queries: Callable[[Callable[[], object]], int],
    no_throttle: None,
    rows: int,
) -> None:
    venue = VenueFactory()
    SpaceFactory.create_batch(rows, venue=venue)
    assert count_queries(lambda: anybody.get(f"/api/v1/venues/{venue.slug}/")) == 10


def test_points_and_boxes_refuse_what_is_no_place() -> None:
    from rest_framework.exceptions import ValidationError

    for text in ("", "51", "51,0,1", "x,y", "1e1,2", "-91,0", "0,181", "9" * 200, None, 5):
        with pytest.raises(ValidationError):
            nearby.Point().run_validation(text)
