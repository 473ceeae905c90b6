"""Pages on which managers say what is known of getting in, draw the ways, and report faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import AuditEntry, StaffRole
from core import clock
from spaces.models import AccessFact, AccessFault, AccessNode, SpaceNeed, Venue
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.access import link, node, room_node, say
from tests.factories.roles import CouncilRoleFactory, VenueRoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(client: Client) -> Venue:
    """A venue with a hall, and its manager signed in."""
    space = SpaceFactory(name="Hall")
    role = VenueRoleFactory(venue=space.venue)
    client.force_login(role.user)
    return space.venue


def page(client: Client, venue: Venue, rest: str) -> str:
    response = client.get(f"/manage/venues/{venue.slug}/{rest}")
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def today() -> dict[str, int]:
    day = clock.today()
    return {"checked_on_day": day.day, "checked_on_month": day.month, "checked_on_year": day.year}


def answers(client: Client, venue: Venue, rest: str, **said: object) -> dict[str, object]:
    """What the browser would send: everything as it stands, with these answers."""
    form = client.get(f"/manage/venues/{venue.slug}/{rest}").context["form"]
    kept = {
        name: value
        for name, field in form.fields.items()
        if (value := form.get_initial_for_field(field, name)) not in (None, "", [])
        and name != "checked_on"
    }
    return {**kept, **today(), **said}


def test_a_manager_says_what_is_known_of_the_venue_and_search_knows_it(
    client: Client, venue: Venue
) -> None:
    rest = "access/venue/0/"
    assert "Not checked yet" in page(client, venue, rest)
    data = answers(
        client, venue, rest, parking_blue_badge_count="yes", parking_blue_badge_count_measure="4",
        quiet_space="no", signage="yes", signage_choice=["braille", "pictograms"],
    )  # fmt: skip

    done = client.post(f"/manage/venues/{venue.slug}/{rest}", data)

    assert done.status_code == 302, done.context["form"].errors
    rows = {row.code: row for row in AccessFact.objects.all()}
    assert set(rows) == {"parking_blue_badge_count", "quiet_space", "signage"}
    assert (rows["parking_blue_badge_count"].measure, rows["signage"].choice) == (
        4, "braille pictograms",
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="access-fact").count() == 3
    states = dict(SpaceNeed.objects.filter(space__venue=venue).values_list("need", "state"))
    assert (states["parking"], states["quiet"], states["hearing_loop"]) == ("yes", "no", "unknown")
    again = client.post(f"/manage/venues/{venue.slug}/{rest}", answers(client, venue, rest))
    assert again.status_code == 302
    assert AccessFact.objects.count() == 3


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"parking_blue_badge_count": "no", "parking_blue_badge_count_measure": "4"}, "only where"),
        ({"parking_blue_badge_count": "yes", "parking_blue_badge_count_measure": "-4"}, "greater"),
        ({"door_opening": "yes", "door_opening_choice": "manual_heavy"}, "goes with the answer"),
        ({"drop_off_point": "perhaps"}, "Choose one of the answers"),
        ({"checked_on_year": clock.today().year + 1}, "in the future"),
        ({"quiet_space_note": "a\x00b"}, "Error: Access"),
    ],
)
def test_a_wrong_answer_is_said_at_its_question_and_keeps_the_rest(
    client: Client, venue: Venue, said: dict[str, str], words: str
) -> None:
    rest = "access/venue/0/"
    data = answers(client, venue, rest, approach_surface_firm="yes", **said)

    shown = client.post(f"/manage/venues/{venue.slug}/{rest}", data)

    assert shown.status_code == 422
    assert words in shown.content.decode()
    assert shown.context["form"]["approach_surface_firm"].value() == "yes"
    assert not AccessFact.objects.exists()


def test_the_ways_are_drawn_place_by_place_and_answer_at_once(client: Client, venue: Venue) -> None:
    hall = venue.spaces.get()
    add = f"/manage/venues/{venue.slug}/access/add-place/"
    common = {"hours": "venue", "usable": "yes", "room": "", "note": ""}
    client.post(add, {**common, "kind": "entrance", "name": "Front door"})
    door = AccessNode.objects.get()
    client.post(add, {**common, "kind": "space", "room": hall.pk, "joined": [door.pk]})
    room = AccessNode.objects.get(kind="space")
    client.post(add, {**common, "kind": "toilet", "name": "Toilet", "joined": [room.pk]})

    shown = page(client, venue, "access/")

    assert "Step-free from the street to the room and on to an accessible toilet." in shown
    assert SpaceNeed.objects.get(space=hall, need="step_free").state == "yes"
    client.post(f"/manage/venues/{venue.slug}/access/places/{door.pk}/remove/")
    assert SpaceNeed.objects.get(space=hall, need="step_free").state == "unknown"


def test_a_door_is_given_times_of_its_own(client: Client, venue: Venue) -> None:
    door = node(venue, "entrance", "Side door", {"entrance_step_free": "yes"})
    address = f"/manage/venues/{venue.slug}/access/places/{door.pk}/change/"
    data = {
        "name": "Side door", "hours": "own", "note": "", "hours_days_1": [0, 1],
        "hours_opens_1": "9am", "hours_closes_1": "midnight",
    }  # fmt: skip

    assert client.post(address, {**data, "hours_closes_1": ""}).status_code == 422
    assert client.post(address, data).status_code == 302

    assert [str(row) for row in door.hours_rows.all()] == ["0 09:00-23:59", "1 09:00-23:59"]
    assert 'value="9am"' in client.get(address).content.decode()


def test_a_way_between_two_places_is_added_once(client: Client, venue: Venue) -> None:
    one, other = node(venue, "entrance", "Door"), node(venue, "landing", "Hallway")
    address = f"/manage/venues/{venue.slug}/access/add-way/"
    data = {"one": one.pk, "other": other.pk, "step_free": "no", "note": ""}

    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 422
    assert client.post(address, {**data, "other": one.pk}).status_code == 422
    assert "has steps" in page(client, venue, "access/")


def test_reports_that_differ_are_shown_until_one_is_kept(client: Client, venue: Venue) -> None:
    say(venue, "quiet_space", "yes")
    visitor = say(venue, "quiet_space", "no", source="visitor")
    assert "Reports differ" in page(client, venue, "access/")

    client.post(f"/manage/venues/{venue.slug}/access/settle/{visitor.pk}/")

    assert "Reports differ" not in page(client, venue, "access/")


def test_a_fault_is_reported_shown_and_ended(client: Client, venue: Venue) -> None:
    lift = node(venue, "lift", "Lift", {"lift": "yes"})
    day = clock.today() + timedelta(days=4)
    address = f"/manage/venues/{venue.slug}/faults/"
    start = {f"starts_on_{k[11:]}": v for k, v in today().items()}
    data = {"what": "lift", "place": f"node-{lift.pk}", "note": "A part is on its way.", **start}
    until = {"until_on_day": day.day, "until_on_month": day.month, "until_on_year": day.year}

    assert client.post(address, {**data, **until, "until_on_year": 2020}).status_code == 422
    assert client.post(address, {**data, "what": "toilet"}).status_code == 422
    assert client.post(address, {**data, **until}).status_code == 302

    fault = AccessFault.objects.get()
    assert "Lift: out of order until" in page(client, venue, "faults/")
    end = f"{address}{fault.pk}/end/"
    assert client.post(end).status_code == 302
    assert client.post(end).status_code == 409
    assert "A part is on its way." not in page(client, venue, "faults/")


@pytest.mark.parametrize(
    "rest",
    [
        "access/", "access/venue/0/", "access/add-place/", "access/add-way/", "faults/",
        "access/spaces/{space}/", "access/places/{door}/", "access/ways/{way}/",
        "access/places/{door}/change/",
    ],
)  # fmt: skip
def test_only_those_who_run_it_open_its_pages(client: Client, venue: Venue, rest: str) -> None:
    door = node(venue, "entrance", "Door")
    way = link(door, node(venue, "landing", "Hallway"))
    rest = rest.format(space=venue.spaces.get().pk, door=door.pk, way=way.pk)
    page(client, venue, rest)
    address = f"/manage/venues/{venue.slug}/{rest}"
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403
    Venue.objects.filter(pk=venue.pk).update(visibility=Venue.Visibility.CONFIDENTIAL)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_place_of_another_venue_is_not_found(client: Client, venue: Venue) -> None:
    theirs = VenueFactory()
    door = node(theirs, "entrance", "Door")
    way = link(door, room_node(SpaceFactory(venue=theirs)))
    fault = AccessFault.objects.create(
        venue=theirs, what="lift", starts_at=clock.now(), reported_at=clock.now()
    )
    said = say(theirs, "lift", "yes")
    mine = f"/manage/venues/{venue.slug}"
    for rest in (
        f"access/places/{door.pk}/", f"access/ways/{way.pk}/", f"access/places/{door.pk}/change/",
        f"access/spaces/{theirs.spaces.get().pk}/", "access/castles/1/",
    ):  # fmt: skip
        assert client.get(f"{mine}/{rest}").status_code == 404
    for rest in (
        f"access/places/{door.pk}/remove/", f"access/ways/{way.pk}/remove/",
        f"access/settle/{said.pk}/", f"faults/{fault.pk}/end/",
    ):  # fmt: skip
        assert client.post(f"{mine}/{rest}").status_code == 404


def test_an_officer_enters_what_an_audit_found_and_a_manager_does_not(
    client: Client, venue: Venue
) -> None:
    rest = "access/venue/0/?source=audit"
    client.post(f"/manage/venues/{venue.slug}/{rest}", answers(client, venue, rest, lift="no"))
    assert AccessFact.objects.get().source == "owner"
    role = CouncilRoleFactory(council=venue.council, role=StaffRole.OFFICER)
    client.force_login(role.user)
    client.post(f"/manage/venues/{venue.slug}/{rest}", answers(client, venue, rest, lift="yes"))
    assert sorted(AccessFact.objects.values_list("source", flat=True)) == ["audit", "owner"]
    assert "Reports differ" in page(client, venue, "access/")


@pytest.mark.parametrize("rest", ["access/", "faults/", "access/venue/0/"])
def test_a_page_costs_the_same_for_a_small_and_for_a_large_venue(
    client: Client, venue: Venue, rest: str, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def grow(first: int, last: int) -> None:
        for n in range(first, last):
            door = node(venue, "entrance", f"Door {n}", {"entrance_step_free": "yes"})
            link(door, room_node(SpaceFactory(venue=venue)))
            say(venue, "door_opening", "yes" if n % 2 else "no", node=door, source="owner")
            say(venue, "door_opening", "no", node=door, source="audit")
            AccessFault.objects.create(
                venue=venue,
                node=door,
                what="entrance",
                starts_at=clock.now(),
                reported_at=clock.now(),
            )

    grow(0, 2)
    page(client, venue, rest)
    few = count_queries(lambda: page(client, venue, rest))
    grow(2, 8)
    assert count_queries(lambda: page(client, venue, rest)) == few
