"""Booking through the interface: the same verbs, rules and refusals as on the pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Membership, User
from bookings.models import Booking, Occurrence, State
from bookings.services.settle import settle_venue
from spaces.models import Claim, Space, StockItem, Venue, VenueRole
from tariffs.agreeing import choose_agreed
from tariffs.services import publish_version
from tests.api.asking import post, wish
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SpaceFactory,
    UserFactory,
    VenueFactory,
)
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
Signed = Callable[[User], APIClient]
_BOOKINGS = "/api/v1/bookings/"


@pytest.fixture(autouse=True)
def _at_noon(frozen: Callable[[datetime], None]) -> None:
    """A Tuesday in January, a week before the bookings."""


def test_one_evening_is_booked_with_its_price(signed: Signed, person: User, hall: Space) -> None:
    response = post(signed(person), _BOOKINGS, wish(hall))
    assert response.status_code == 201, response.content
    told = response.json()
    (day,) = told["dates"]
    assert day["state"] == "confirmed"
    assert (day["starts_at"], day["ends_at"]) == ("2027-01-12T19:00:00Z", "2027-01-12T21:00:00Z")
    assert day["total"] == "20.00"
    assert day["lines"][0]["amount"] == "20.00"
    assert day["uses"] == [
        {"space": hall.pk, "starts_at": day["starts_at"], "ends_at": day["ends_at"]}
    ]
    again = signed(person).get(f"{_BOOKINGS}{told['reference']}/")
    assert again.json() == told
    assert signed(person).get(f"{_BOOKINGS}{told['reference'].lower()}").status_code == 200


def test_two_instants_do_as_well_as_wall_times(signed: Signed, person: User, hall: Space) -> None:
    body = wish(hall, starts_at="2027-06-08T19:00:00+01:00", ends_at="2027-06-08T20:00:00Z")
    del body["when"]
    told = post(signed(person), _BOOKINGS, body).json()
    assert told["dates"][0]["starts_at"] == "2027-06-08T18:00:00Z"


def test_a_weekly_booking_keeps_its_hour_when_clocks_change(
    signed: Signed, person: User, hall: Space
) -> None:
    when = {
        "first": "2027-03-23",
        "starts": "19:00",
        "ends": "21:00",
        "repeats": "weekly",
        "count": 2,
    }
    told = post(signed(person), _BOOKINGS, wish(hall, when=when)).json()
    starts = [day["starts_at"] for day in told["dates"]]
    assert starts == ["2027-03-23T19:00:00Z", "2027-03-30T18:00:00Z"]


def test_second_tuesdays_of_the_month(signed: Signed, person: User, hall: Space) -> None:
    when = {
        "first": "2027-01-12",
        "starts": "19:00",
        "ends": "22:30",
        "repeats": "monthly",
        "weekdays": [1],
        "nth": [2],
        "count": 3,
    }
    told = post(signed(person), _BOOKINGS, wish(hall, when=when)).json()
    assert [day["starts_at"][:10] for day in told["dates"]] == [
        "2027-01-12",
        "2027-02-09",
        "2027-03-09",
    ]


def test_a_taken_slot_is_409_and_says_when_not_who(
    signed: Signed, person: User, hall: Space
) -> None:
    post(signed(person), _BOOKINGS, wish(hall, title="Secret club"))
    response = post(signed(UserFactory()), _BOOKINGS, wish(hall))
    assert response.status_code == 409
    told = response.json()
    assert told["code"] == "space_taken"
    assert told["breaches"][0]["starts_at"] == "2027-01-12T19:00:00Z"
    assert "Secret" not in response.content.decode()
    assert Booking.objects.count() == 1


def test_the_free_dates_are_booked_and_the_rest_listed_where_asked(
    signed: Signed, person: User, hall: Space
) -> None:
    post(signed(UserFactory()), _BOOKINGS, wish(hall))
    when = {**wish(hall)["when"], "repeats": "weekly", "count": 3}
    told = post(signed(person), _BOOKINGS, wish(hall, when=when, on_clash="book_free")).json()
    assert len(told["dates"]) == 2
    assert [row["code"] for row in told["refused_dates"]] == ["space_taken"]


def test_every_broken_rule_is_told_at_once(signed: Signed, person: User, hall: Space) -> None:
    when = {"first": "2027-01-12", "starts": "06:00", "ends": "07:00"}
    response = post(signed(person), _BOOKINGS, wish(hall, when=when, people=500))
    assert response.status_code == 422
    assert len(response.json()["breaches"]) >= 2
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "x" * 1_000}, "title"),
        ({"title": ""}, "title"),
        ({"people": 0}, "people"),
        ({"people": 10**40}, "people"),
        ({"price": "0.00"}, "price"),
        ({"state": "confirmed"}, "state"),
        ({"spaces": []}, "spaces"),
        ({"spaces": ["x"]}, "spaces[0]"),
        ({"loudness": 9}, "loudness"),
        ({"items": [{"item": 1}]}, "items[0].quantity"),
        ({"when": {"first": "2027-02-30", "starts": "19:00", "ends": "21:00"}}, "when.first"),
        ({"when": {"first": "9999-12-31", "starts": "19:00", "ends": "21:00"}}, "when.first"),
        ({"when": {"first": "2027-01-12", "starts": "25:00", "ends": "21:00"}}, "when.starts"),
        ({"when": {"first": "2027-01-12", "starts": "19:00"}}, "when.ends"),
        ({"when": None}, "when"),
        ({"starts_at": "2027-01-12T19:00:00Z"}, "when"),
        ({"responsible_adult": {"name": "A", "email": "no"}}, "responsible_adult.email"),
        ({"responsible_adult": "Ada"}, "responsible_adult"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(
    signed: Signed, person: User, hall: Space, changes: dict[str, Any], field: str
) -> None:
    response = post(signed(person), _BOOKINGS, wish(hall, **changes))
    assert response.status_code == 400, response.content
    assert field in {line["field"] for line in response.json()["errors"]}
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        ("2027-01-12T19:00:00", "2027-01-12T21:00:00", 400),
        ("2027-01-12T21:00:00Z", "2027-01-12T19:00:00Z", 400),
        ("2027-01-12T19:00:30Z", "2027-01-12T21:00:00Z", 400),
        ("2027-10-31T01:30:00Z", "2027-10-31T03:00:00Z", 400),
        ("2027-01-12T19:00:00Z", "2029-01-12T21:00:00Z", 400),
    ],
)
def test_instants_that_cannot_be_booked_are_400(
    signed: Signed, person: User, hall: Space, start: str, end: str, status: int
) -> None:
    body = wish(hall, starts_at=start, ends_at=end)
    del body["when"]
    response = post(signed(person), _BOOKINGS, body)
    assert (response.status_code, Booking.objects.count()) == (status, 0)


def test_a_million_characters_are_too_large(signed: Signed, person: User, hall: Space) -> None:
    response = post(signed(person), _BOOKINGS, wish(hall, title="x" * 1_000_000))
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_somebody_elses_booking_does_not_exist(signed: Signed, person: User, hall: Space) -> None:
    reference = post(signed(person), _BOOKINGS, wish(hall)).json()["reference"]
    day = Occurrence.objects.get()
    stranger = signed(UserFactory())
    assert stranger.get(f"{_BOOKINGS}{reference}/").status_code == 404
    paths = ("cancel/", "approve/", "decline/", f"dates/{day.pk}/cancel/")
    for path in paths:
        answer = post(stranger, f"{_BOOKINGS}{reference}/{path}", {"reason": "mine"})
        unknown = post(stranger, f"{_BOOKINGS}ZZZZZZZZ/{path}", {"reason": "mine"})
        assert answer.status_code == unknown.status_code, path
        assert answer.status_code in {400, 404}
    assert stranger.get(_BOOKINGS).json()["results"] == []
    assert Occurrence.objects.get().state == State.CONFIRMED


def test_an_organisation_that_is_not_mine_is_refused(
    signed: Signed, person: User, hall: Space
) -> None:
    response = post(signed(person), _BOOKINGS, wish(hall, organisation=OrganisationFactory().pk))
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


def test_members_see_their_groups_bookings_and_filters_narrow_them(
    signed: Signed, person: User, hall: Space
) -> None:
    group = MembershipFactory(user=person).organisation
    treasurer = MembershipFactory(organisation=group, role=Membership.Role.TREASURER).user
    post(signed(person), _BOOKINGS, wish(hall, organisation=group.pk))
    client = signed(treasurer)
    (row,) = client.get(_BOOKINGS).json()["results"]
    assert (row["organisation"]["name"], row["title"]) == (group.name, "Choir")
    assert (row["dates"], row["states"]) == (1, ["confirmed"])
    for query, count in [
        (f"organisation={group.pk}&mine=true", 1),
        (f"venue={hall.venue.slug}", 1),
        ("state=confirmed", 1),
        ("state=declined", 0),
        ("venue=elsewhere", 0),
    ]:
        assert len(client.get(f"{_BOOKINGS}?{query}").json()["results"]) == count, query


def test_cancel_one_date_then_the_rest(signed: Signed, person: User, hall: Space) -> None:
    client = signed(person)
    when = {**wish(hall)["when"], "repeats": "weekly", "count": 3}
    told = post(client, _BOOKINGS, wish(hall, when=when)).json()
    base = f"{_BOOKINGS}{told['reference']}/"
    first = told["dates"][0]["id"]
    one = post(client, f"{base}dates/{first}/cancel/", {"reason": "Snow"}).json()
    assert [day["state"] for day in one["dates"]] == [
        "cancelled_by_hirer",
        "confirmed",
        "confirmed",
    ]
    twice = post(client, f"{base}dates/{first}/cancel/", {})
    assert (twice.status_code, twice.json()["code"]) == (409, "step_not_possible")
    rest = post(client, f"{base}cancel/", {}).json()
    assert {day["state"] for day in rest["dates"]} == {"cancelled_by_hirer"}
    assert not Claim.objects.filter(active=True).exists()
    assert post(client, f"{base}dates/987654/cancel/", {}).status_code == 404


@pytest.fixture
def request_venue(hall: Space) -> Venue:
    hall.venue.confirmation = Venue.Confirmation.REQUEST
    hall.venue.save()
    return hall.venue


def test_the_venue_approves_and_declines(
    signed: Signed, person: User, hall: Space, request_venue: Venue
) -> None:
    manager = UserFactory()
    VenueRole.objects.create(user=manager, venue=request_venue, role="manager")
    when = {**wish(hall)["when"], "repeats": "weekly", "count": 2}
    told = post(signed(person), _BOOKINGS, wish(hall, when=when)).json()
    assert {day["state"] for day in told["dates"]} == {"requested"}
    base = f"{_BOOKINGS}{told['reference']}/"
    assert post(signed(person), f"{base}approve/", {}).status_code == 403
    first = told["dates"][0]["id"]
    some = post(signed(manager), f"{base}approve/", {"dates": [first]}).json()
    assert [day["state"] for day in some["dates"]] == ["confirmed", "requested"]
    assert post(signed(manager), f"{base}decline/", {}).status_code == 400
    rest = post(signed(manager), f"{base}decline/", {"reason": "Floor works"}).json()
    assert [day["state"] for day in rest["dates"]] == ["confirmed", "declined"]
    assert rest["dates"][1]["reason"] == "Floor works"
    late = post(signed(manager), f"{base}approve/", {})
    assert (late.status_code, late.json()["code"]) == (409, "step_not_possible")


def test_counted_things_run_out(signed: Signed, person: User, hall: Space) -> None:
    item = StockItem.objects.create(venue=hall.venue, name="Gazebo", quantity=2)
    body = wish(hall, items=[{"item": item.pk, "quantity": 3}])
    response = post(signed(person), _BOOKINGS, body)
    assert response.status_code == 409, response.content
    good = post(signed(person), _BOOKINGS, wish(hall, items=[{"item": item.pk, "quantity": 2}]))
    assert good.json()["dates"][0]["items"][0]["quantity"] == 2


def test_spaces_of_two_venues_are_refused(signed: Signed, person: User, hall: Space) -> None:
    other = SpaceFactory(venue=VenueFactory())
    response = post(signed(person), _BOOKINGS, wish(hall, spaces=[hall.pk, other.pk]))
    assert response.json()["errors"][0]["code"] == "one_venue"


@pytest.mark.parametrize("rows", [1, 200])
def test_a_list_costs_the_same_for_any_number_of_bookings(
    signed: Signed,
    person: User,
    hall: Space,
    count_queries: Callable[[Callable[[], object]], int],
    no_throttle: None,
    rows: int,
) -> None:
    client = signed(person)
    reference = post(client, _BOOKINGS, wish(hall)).json()["reference"]
    model = Booking.objects.get(reference=reference)
    Booking.objects.bulk_create(
        Booking(
            **{
                field.attname: getattr(model, field.attname)
                for field in Booking._meta.concrete_fields
                if field.attname not in {"id", "reference", "series_id"}
            },
            reference=f"T{n}",
        )
        for n in range(rows - 1)
    )
    client.get(_BOOKINGS)
    assert count_queries(lambda: client.get(f"{_BOOKINGS}?limit=200")) <= 6
    assert len(client.get(f"{_BOOKINGS}?limit=200").json()["results"]) == rows


def test_answers_are_kept_out_of_every_cache(signed: Signed, person: User) -> None:
    response = signed(person).get(_BOOKINGS)
    assert response["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response


def test_a_date_that_has_begun_stays(
    signed: Signed, person: User, hall: Space, frozen: Callable[[datetime], None]
) -> None:
    client = signed(person)
    told = post(client, _BOOKINGS, wish(hall)).json()
    frozen(datetime.fromisoformat("2027-01-12T19:00:00+00:00") + timedelta(minutes=1))
    response = post(client, f"{_BOOKINGS}{told['reference']}/cancel/", {})
    assert (response.status_code, response.json()["code"]) == (409, "already_started")


def test_needs_are_kept_with_consent_and_only_those_we_know(
    signed: Signed, person: User, hall: Space
) -> None:
    for refused in ({"needs": ["parking"]}, {"needs": ["cure"], "adjustment_consent": True}):
        assert post(signed(person), _BOOKINGS, wish(hall, **refused)).status_code == 400
    assert not Booking.objects.exists()
    body = wish(hall, needs=["parking", "step_free", "parking"], adjustment_consent=True)
    assert post(signed(person), _BOOKINGS, body).status_code == 201
    assert Booking.objects.get().access_request.needs == ["step_free", "parking"]


def test_what_new_rates_changed_is_told_with_the_date(
    signed: Signed, person: User, hall: Space
) -> None:
    before = datetime(2026, 12, 1, tzinfo=UTC)
    choose_agreed(hall.venue, "on_the_day", actor=None, now=before)
    told = post(signed(person), _BOOKINGS, wish(hall)).json()
    assert told["dates"][0]["price_changes"] == []
    now = datetime(2027, 1, 6, tzinfo=UTC)
    dearer = sheet(rule("all", "15.00", target={"spaces": ["any"]}))
    publish_version(hall.venue, dearer, date(2027, 1, 10), actor=None, now=now)
    settle_venue(hall.venue_id, now=now)

    (day,) = signed(person).get(f"{_BOOKINGS}{told['reference']}/").json()["dates"]

    assert day["total"] == "30.00"
    (change,) = day["price_changes"]
    assert (change["old_total"], change["new_total"]) == ("20.00", "30.00")
    assert change["why"] == "on_the_day"
