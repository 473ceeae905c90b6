"""The page of a venue: what it has, how people get in, its pictures, and how to ask for it."""

import re
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core import clock
from spaces.models import (
    AccessFact,
    AccessFault,
    EntranceHours,
    Facility,
    PlanMark,
)
from tests.bookings.venue_pages import at_nine, hall, plain, read
from tests.factories import SpaceFactory, VenueFactory, open_daily
from tests.factories.access import link, node, room_node
from tests.factories.pictures import a_photo, a_plan

__all__ = ["at_nine"]
pytestmark = pytest.mark.django_db
MONDAY = date(2027, 1, 11)


def test_facts_of_prayer_and_food_say_yes_no_and_not_known_apart(client: Client) -> None:
    venue = hall().venue
    for code, value in (("prayer_room", "yes"), ("halal_kitchen", "no"), ("lit_way", "no")):
        Facility.objects.create(venue=venue, code=code, value=value)
    said = plain(read(client, venue))
    assert "Yes: Prayer room" in said
    assert "No: Kitchen kept halal" in said
    assert "No: Street lights all the way from the stop" in said
    assert "Cycle parking: not checked yet" in said
    assert re.search(r"Not known yet:[^.]*Kitchen kept kosher", said)


def test_a_venue_says_when_it_is_open_late_and_that_it_is_for_study(client: Client) -> None:
    late = SpaceFactory()
    open_daily(late, clock.today(), days=14, opens=time(9), closes=time(22))
    Facility.objects.create(venue=late.venue, code="study_space")
    said = plain(read(client, late.venue))
    assert "Open after 9pm. Open at weekends. Place to study." in said
    early = SpaceFactory()
    open_daily(early, clock.today(), days=14, opens=time(9), closes=time(21))
    Facility.objects.create(venue=early.venue, code="study_space", value="no")
    said = plain(read(client, early.venue))
    assert "Open after 9pm" not in said
    assert "Place to study." not in said


def test_what_is_asked_for_says_how_and_what_happens_then(client: Client) -> None:
    venue = VenueFactory(
        kind="allotment", booking_mode="ask", how_to_ask="Write to us.", procedure="You wait."
    )
    SpaceFactory(venue=venue, is_bookable=False)
    said = plain(read(client, venue))
    assert "How to ask" in said
    assert "Write to us." in said
    assert "You wait." in said
    assert f"/venues/{venue.slug}/book/" not in read(client, venue)


def test_a_digital_space_has_a_link_and_no_way_there(client: Client) -> None:
    venue = VenueFactory(
        kind="digital", website="https://meet.example.org/", latitude=None, longitude=None
    )
    page = read(client, venue)
    assert 'href="https://meet.example.org/"' in page
    assert 'id="getting-there"' not in page


def test_photos_and_plans_have_words(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    space = hall(name="Main Hall")
    a_photo(space.venue, alt="The front door.")
    a_photo(space.venue, alt="The stage.", caption="In June", space=space)
    PlanMark.objects.create(plan=a_plan(space.venue), space=space, x=50, y=50)
    page = read(client, space.venue)
    assert 'alt="The front door."' in page
    assert 'alt="The stage."' in page
    assert "Main Hall. In June" in plain(page)
    assert 'aria-label="The ground floor."' in page
    assert "Main Hall" in plain(page).split("Floor plans")[1]


def test_the_page_leads_with_the_way_in_and_says_what_is_out_of_order(client: Client) -> None:
    space = hall(name="Main hall")
    venue = space.venue
    side = node(venue, "entrance", "Side door", {"entrance_step_free": "yes"})
    side.hours = "own"
    side.save()
    for day in range(5):
        EntranceHours.objects.create(node=side, weekday=day, opens=time(9), closes=time(17))
    toilet = node(venue, "toilet", "Toilet", {"accessible_toilet": "yes"})
    room = room_node(space)
    link(side, room)
    link(room, toilet)
    AccessFault.objects.create(
        venue=venue, what="loop", note="Ask for the portable one.", starts_at=clock.now(),
        reported_at=clock.now(),
    )  # fmt: skip
    page = plain(read(client, venue))
    assert "Step-free from the street to the room and on to an accessible toilet." in page
    assert "Side door is open: Monday to Friday 9am to 5pm." in page
    assert "Only while this door is open: Side door." in page
    assert "Street yes Side door yes Main hall yes Toilet yes" in page
    assert "Hearing loop: out of order since" in page
    assert "Ask for the portable one." in page


def test_reports_that_differ_are_both_told_with_who_says_so(client: Client) -> None:
    venue = hall().venue
    for source, value in (("owner", "yes"), ("visitor", "no")):
        AccessFact.objects.create(venue=venue, code="hearing_loop", value=value, source=source)
    page = plain(read(client, venue))
    assert "There is a hearing loop. The venue says so" in page
    assert "There is no hearing loop. A visitor says so" in page
