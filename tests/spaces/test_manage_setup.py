"""A manager sets a venue up by the pages: details, spaces, what there is, and publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from spaces.models import Facility, OpeningSpan, Place, Space, StockItem, Venue
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.factories.roles import OperatorRoleFactory, VenueRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> User:
    """Somebody who runs all venues of one operator, signed in."""
    role = OperatorRoleFactory()
    client.force_login(role.user)
    return role.user


@pytest.fixture
def mine(manager: User) -> Venue:
    operator = manager.operator_roles.get().operator
    return VenueFactory(operator=operator, name="Mill Lane Hall", slug="mill-lane", email="")


def at(name: str, venue: Venue, *more: str) -> str:
    return reverse(name, args=[venue.slug, *more])


def answers(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    form = client.get(address).context["form"]
    sent: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            value = "on" if value else None
        if value is not None and value != "":
            sent[field.html_name] = value
    return sent


def new_venue(client: Client, **said: str) -> Any:
    sent = {"name": "Abbey Hall", "kind": "community_centre", "address": "1 High Street",
            "postcode": "da1 1aa"}  # fmt: skip
    return client.post(reverse("manage_venue_add"), sent | said)


def test_a_new_venue_is_a_draft_put_on_the_map_by_its_postcode(
    client: Client, manager: User
) -> None:
    operator = manager.operator_roles.get().operator
    Place.objects.create(
        council=operator.council, kind="postcode", name="DA1 1AA", search_key="da11aa",
        latitude=51.44, longitude=0.21,
    )  # fmt: skip
    assert new_venue(client).status_code == 302
    venue = Venue.objects.get()
    assert (venue.postcode, venue.latitude, venue.longitude) == ("DA1 1AA", 51.44, 0.21)
    assert (venue.visibility, venue.operator) == ("draft", operator)
    client.logout()
    assert client.get(reverse("venue", args=[venue.slug])).status_code == 404


def test_a_postcode_that_nobody_knows_leaves_the_place_open(client: Client, manager: User) -> None:
    new_venue(client, postcode="DA9 9ZZ")
    assert Venue.objects.get().latitude is None


@pytest.mark.parametrize(
    ("said", "field"),
    [({"name": ""}, "name"), ({"postcode": "Mill"}, "postcode"), ({"kind": "castle"}, "kind"),
     ({"kind": "digital"}, "website"), ({"kind": "allotment"}, "how_to_ask")],
)  # fmt: skip
def test_a_wrong_answer_is_shown_at_its_question_and_the_others_stay(
    client: Client, manager: User, said: dict[str, str], field: str
) -> None:
    response = new_venue(client, **said)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert 'href="#id_' in response.content.decode()
    assert said.get("name", "Abbey Hall") in response.content.decode()
    assert not Venue.objects.exists()


def test_posting_a_council_or_an_operator_of_others_changes_nothing(
    client: Client, manager: User
) -> None:
    theirs = VenueFactory().operator
    new_venue(client, operator=str(theirs.pk), council=str(theirs.council_id), slug="theirs")
    venue = Venue.objects.get(name="Abbey Hall")
    assert venue.operator == manager.operator_roles.get().operator


def test_somebody_who_runs_one_venue_only_adds_no_other(client: Client) -> None:
    client.force_login(VenueRoleFactory().user)
    assert client.get(reverse("manage_venue_add")).status_code == 403
    assert new_venue(client).status_code == 403


@pytest.mark.parametrize("kind", ["allotment", "play_street", "market_square"])
def test_what_is_not_hired_by_the_hour_asks_how_to_ask_and_nothing_of_bookings(
    client: Client, manager: User, kind: str
) -> None:
    assert new_venue(client, kind=kind, how_to_ask="Write to us.").status_code == 302
    venue = Venue.objects.get()
    assert venue.booking_mode == Venue.BookingMode.ASK
    form = client.get(at("manage_details", venue)).context["form"]
    assert "procedure" in form.fields
    assert not {"notice_hours", "booking_window_days", "confirmation"} & set(form.fields)
    assert "here" not in dict(form.fields["booking_mode"].choices)
    sent = answers(client, at("manage_details", venue)) | {"booking_mode": "here"}
    assert client.post(at("manage_details", venue), sent).status_code == 422
    client.post(at("manage_rooms_add", venue), {"name_1": "Plot 1", "kind_1": "outdoor"})
    assert not Space.objects.get().is_bookable


def test_a_digital_space_has_a_link_and_no_address(client: Client, manager: User) -> None:
    new_venue(client, kind="digital", website="https://meet.example.org/")
    venue = Venue.objects.get()
    assert (venue.address, venue.postcode, venue.latitude) == ("", "", None)
    form = client.get(at("manage_details", venue)).context["form"]
    assert not {"address", "postcode", "coordinates"} & set(form.fields)


def test_a_hall_that_becomes_digital_loses_its_address(client: Client, mine: Venue) -> None:
    sent = answers(client, at("manage_details", mine)) | {"kind": "digital"}
    assert client.post(at("manage_details", mine), sent).status_code == 422
    sent["website"] = "https://meet.example.org/"
    assert client.post(at("manage_details", mine), sent).status_code == 302
    mine.refresh_from_db()
    assert (mine.kind, mine.latitude) == ("digital", None)


def test_details_are_kept_and_written_down(client: Client, mine: Venue, manager: User) -> None:
    sent = answers(client, at("manage_details", mine)) | {
        "description": "A hall by the mill.", "coordinates": "51.5, -0.12", "fire_limit": "120",
        "house_rules": "Shoes off.", "notice_hours": "48", "visibility": "partners",
    }  # fmt: skip
    assert client.post(at("manage_details", mine), sent).status_code == 302
    mine.refresh_from_db()
    assert (mine.latitude, mine.longitude, mine.fire_limit) == (51.5, -0.12, 120)
    assert (mine.notice_hours, mine.visibility) == (48, "partners")
    entry = AuditEntry.objects.get(verb="update-venue")
    assert entry.actor_id == manager.pk


@pytest.mark.parametrize("typed", ["north", "95, 0", "51.4", "nan, nan", "51.4, 0.1, 2"])
def test_a_place_on_the_map_that_is_none_is_asked_for_again(
    client: Client, mine: Venue, typed: str
) -> None:
    sent = answers(client, at("manage_details", mine)) | {"coordinates": typed}
    response = client.post(at("manage_details", mine), sent)
    assert response.status_code == 422
    assert typed in response.content.decode()


def test_several_spaces_come_on_one_page_with_their_hours(client: Client, mine: Venue) -> None:
    sent = {
        "name_1": "Main Hall", "kind_1": "hall", "people_1": "120", "alike_1": "1",
        "name_2": "Desk", "kind_2": "desk", "people_2": "1", "alike_2": "3",
        "days": ["0", "1"], "opens": "9am", "closes": "10pm",
    }  # fmt: skip
    assert client.post(at("manage_rooms_add", mine), sent).status_code == 302
    spaces = list(mine.spaces.order_by("position"))
    assert [space.name for space in spaces] == ["Main Hall", "Desk 1", "Desk 2", "Desk 3"]
    assert spaces[0].capacity == 120
    assert all(space.hours_known for space in spaces)
    assert OpeningSpan.objects.filter(space=spaces[0]).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [({"name_1": ""}, "name_1"), ({"people_1": "-1"}, "people_1"), ({"opens": "9am"}, "days"),
     ({"days": ["0"], "opens": "9am"}, "closes"), ({"alike_1": "1000"}, "alike_1")],
)  # fmt: skip
def test_rooms_that_do_not_make_sense_are_not_added(
    client: Client, mine: Venue, said: dict[str, Any], field: str
) -> None:
    sent = {"name_1": "Main Hall", "kind_1": "hall", "people_1": "5"} | said
    response = client.post(at("manage_rooms_add", mine), sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not mine.spaces.exists()


def test_a_space_has_layouts_with_wheelchair_places(client: Client, mine: Venue) -> None:
    space = SpaceFactory(venue=mine)
    address = at("manage_room", mine, space.slug)
    sent = answers(client, address) | {
        "name": "Great Hall", "people_theatre": "90", "wheelchairs_theatre": "4",
        "people_dance": "40",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    space.refresh_from_db()
    assert (space.name, space.capacity) == ("Great Hall", 90)
    kept = set(space.layouts.values_list("kind", "people", "wheelchair_places"))
    assert kept == {("theatre", 90, 4), ("dance", 40, None)}
    sent |= {"people_theatre": "3"}
    assert "wheelchairs_theatre" in client.post(address, sent).context["form"].errors


def test_a_hall_is_made_of_its_halves_and_its_parts_may_change(client: Client, mine: Venue) -> None:
    rooms = SpaceFactory.create_batch(3, venue=mine)
    sent = {"name": "Whole Hall", "kind": "hall", "spaces": [rooms[0].pk, rooms[1].pk]}
    assert client.post(at("manage_whole_add", mine), sent).status_code == 302
    whole = mine.spaces.get(name="Whole Hall")
    assert set(whole.parts.all()) == set(rooms[:2])
    address = at("manage_parts", mine, whole.slug)
    assert client.post(address, {"spaces": [rooms[1].pk, rooms[2].pk]}).status_code == 302
    assert set(whole.parts.all()) == set(rooms[1:])
    assert client.post(address, {"spaces": [rooms[1].pk]}).status_code == 422


def test_a_whole_is_not_made_of_wholes_or_of_rooms_of_others(client: Client, mine: Venue) -> None:
    hall = divisible_hall(venue=mine)
    other = SpaceFactory()
    for wrong in (hall.whole, other):
        sent = {"name": "New", "kind": "hall", "spaces": [hall.left.pk, wrong.pk]}
        assert client.post(at("manage_whole_add", mine), sent).status_code == 422


def test_desks_go_into_a_pool_and_rooms_hear_each_other(client: Client, mine: Venue) -> None:
    one, two = SpaceFactory.create_batch(2, venue=mine)
    client.post(at("manage_pool_add", mine), {"name": "Desks", "spaces": [one.pk, two.pk]})
    assert set(mine.pools.get().spaces.all()) == {one, two}
    client.post(at("manage_neighbours", mine, one.slug), {"spaces": [two.pk]})
    assert list(two.acoustic_neighbours.all()) == [one]


def test_facilities_are_yes_no_or_not_known(client: Client, mine: Venue) -> None:
    address = at("manage_facilities", mine)
    sent = answers(client, address)
    assert set(sent.values()) == {"unknown"}
    sent |= {"prayer_room": "yes", "halal_kitchen": "no", "car_park": "yes", "car_park_count": "8"}
    assert client.post(address, sent).status_code == 302
    kept = set(Facility.objects.values_list("code", "value", "quantity"))
    assert kept == {("prayer_room", "yes", None), ("halal_kitchen", "no", None),
                    ("car_park", "yes", 8)}  # fmt: skip
    sent |= {"car_park": "no"}
    assert "car_park" in client.post(address, sent).context["form"].errors


def test_things_to_borrow_are_listed_changed_and_taken_off(client: Client, mine: Venue) -> None:
    address = at("manage_stock", mine)
    client.post(address, {"name_1": "Chairs", "quantity_1": "80", "name_2": "Tables",
                          "quantity_2": "10"})  # fmt: skip
    client.post(address, {"name_1": "Chairs", "quantity_1": "90", "name_2": "", "quantity_2": ""})
    assert list(StockItem.objects.values_list("name", "quantity")) == [("Chairs", 90)]
    assert client.post(address, {"name_1": "Chairs"}).status_code == 422


def test_publishing_needs_a_space_and_is_done_once(client: Client, manager: User) -> None:
    new_venue(client)
    venue = Venue.objects.get()
    client.post(at("manage_publish", venue))
    venue.refresh_from_db()
    assert venue.visibility == "draft"
    client.post(at("manage_rooms_add", venue), {"name_1": "Hall", "kind_1": "hall"})
    client.post(at("manage_publish", venue))
    venue.refresh_from_db()
    assert venue.visibility == "public"
    client.logout()
    assert client.get(reverse("venue", args=[venue.slug])).status_code == 200


def test_a_published_venue_does_not_become_a_draft_again(client: Client, mine: Venue) -> None:
    sent = answers(client, at("manage_details", mine)) | {"visibility": "draft"}
    assert client.post(at("manage_details", mine), sent).status_code == 422


PAGES = ("manage_details", "manage_facilities", "manage_stock", "manage_spaces",
         "manage_rooms_add", "manage_whole_add", "manage_pool_add")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_for_those_who_run_the_venue_alone(
    client: Client, mine: Venue, page: str
) -> None:
    assert client.get(at(page, mine)).status_code == 200
    client.force_login(UserFactory())
    assert client.get(at(page, mine)).status_code == 403
    assert client.post(at(page, mine), {}).status_code in {403, 405}
    client.logout()
    assert client.get(at(page, mine)).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_each_page_costs_the_same_at_one_space_and_at_many(
    client: Client, manager: User, page: str, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    operator = manager.operator_roles.get().operator
    venues = VenueFactory.create_batch(2, operator=operator)
    SpaceFactory.create_batch(2, venue=venues[0])
    SpaceFactory.create_batch(25, venue=venues[1])
    counts = [count_queries(lambda venue=venue: client.get(at(page, venue))) for venue in venues]
    assert counts[0] == counts[1]
