"""Needs in plain words: exactly those that are a yes; what is not known apart; why each is a no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from bookings.finder import FindQuery, Unknowns, find
from core import clock
from spaces.access_facts import FACTS, NEEDS, Kind
from spaces.models import AccessFault, EntranceHours, Space
from tests.factories import SpaceFactory, open_daily
from tests.factories.access import link, node, room_node, say, work_out
from tests.factories.bookings import NOW, evening
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db

_MORNING = {"starts": time(10), "ends": time(12)}


def a_room(**fields: object) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, NOW.date(), days=60, opens=time(7), closes=time(23))
    return space


def answered(space: Space, need: str, value: str) -> None:
    """Say of every fact of a need the same."""
    for code in NEEDS[need].codes:
        fact, more = FACTS[code], {}
        if value == "yes" and NEEDS[need].kinds:
            more["choice"] = NEEDS[need].kinds[0]
        if value == "yes" and fact.kind is Kind.NUMBER:
            more |= {"measure": 900, "unit": fact.unit}
        say(space, code, value, **more)


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_finds_the_yes_sets_the_unknown_apart_and_explains_the_no(need: str) -> None:
    rooms = {value: a_room(name=f"Room {value}") for value in ("yes", "no", "unknown")}
    for value in ("yes", "no"):
        answered(rooms[value], need, value)
    work_out(rooms["unknown"].venue)

    query = FindQuery(needs=(need,), unknowns=Unknowns.LEAVE_OUT)
    result = find(query, now=NOW)

    assert [found.space for found in result.places] == [rooms["yes"]]
    assert [lost.space for lost in result.ruled_out] == [rooms["no"]]
    assert result.ruled_out[0].needs[0].why.endswith(".")
    assert (result.ruled_out_count, result.unsure_count) == (1, 1)
    everything = find(FindQuery(needs=(need,), unknowns=Unknowns.SHOW), now=NOW)
    assert [found.space for found in everything.places] == [rooms["yes"], rooms["unknown"]]


def side_door(name: str = "Hall") -> Space:
    """Steps at the front, and a level side door that is open in the morning."""
    space = a_room(name=name)
    front = node(space.venue, "entrance", "Front door", {"entrance_step_free": "no"})
    side = node(space.venue, "entrance", "Side door", {"entrance_step_free": "yes"})
    side.hours = "own"
    side.save()
    for day in range(7):
        EntranceHours.objects.create(node=side, weekday=day, opens=time(8), closes=time(13))
    room = room_node(space)
    link(front, room)
    link(side, room)
    work_out(space.venue)
    return space


def test_a_side_door_is_a_yes_while_it_is_open_and_says_so() -> None:
    space = side_door()
    day = date(2027, 1, 12)

    morning = find(FindQuery(pattern=evening(day, **_MORNING), needs=("step_free",)), now=NOW)
    late = find(FindQuery(pattern=evening(day), needs=("step_free",)), now=NOW)

    assert [(one.space, one.needs[0].why) for one in morning.places] == [(space, "By Side door.")]
    assert late.places == ()
    assert late.ruled_out[0].needs[0].why == "Closed at that time: Side door."
    assert late.emptied_by == "step_free"


def test_the_page_says_why_not_and_what_is_out_of_order(client: Client) -> None:
    side_door("Open hall")
    steep = a_room(name="Steep hall")
    say(steep, "entrance_step_free", "no")
    AccessFault.objects.create(
        venue=Space.objects.get(name="Open hall").venue,
        what="loop", starts_at=clock.now(), reported_at=clock.now(),
    )  # fmt: skip

    page = client.get("/?needs=step_free").content.decode()

    assert "Steep hall" in page
    assert "Step-free: no. Every way in has steps." in page
    assert "By Side door." in page
    assert "Hearing loop: out of order since" in page


@pytest.mark.parametrize("rooms", [1, 40])
def test_explaining_costs_the_same_for_any_number_of_places(
    rooms: int, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    for n in range(rooms):
        flat_rates(side_door(f"Hall {n}").venue)
        say(a_room(), "entrance_step_free", "no")
    pattern = evening(date(2027, 1, 12), **_MORNING)
    query = FindQuery(pattern=pattern, needs=("step_free",))
    find(query, now=NOW)

    assert count_queries(lambda: find(query, now=NOW)) <= 12
