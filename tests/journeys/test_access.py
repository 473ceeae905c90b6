"""A manager draws the ways of a venue and reports a fault; a visitor reads both."""

from __future__ import annotations

import pytest

from spaces.models import AccessNode
from tests.factories import SpaceFactory
from tests.factories.roles import VenueRoleFactory
from tests.journeys.conftest import Visits, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ways_are_drawn_by_hand_and_answer_on_the_venue_page(visit: Visits) -> None:
    hall = SpaceFactory(name="Hall", venue__name="Mill Lane Hall")
    venue, manager = hall.venue, member()
    VenueRoleFactory(venue=venue, user=manager)
    visitor = visit(java_script_enabled=False)
    page = visitor.page
    visitor.open(f"/manage/venues/{venue.slug}/access/")
    visitor.sign_in(manager.email)

    visitor.follow("Add a place")
    page.locator("[name=kind][value=entrance]").check()
    visitor.fill(name="Side door")
    page.locator("[name=usable][value=yes]").check()
    visitor.press("Save")
    visitor.follow("Add a place")
    page.locator("[name=kind][value=space]").check()
    page.select_option("[name=room]", label="Hall")
    page.get_by_label("Side door").check()
    visitor.press("Save")
    visitor.sees("Step-free to the room.")

    visitor.open(f"/manage/venues/{venue.slug}/faults/")
    page.locator("[name=what][value=entrance]").check()
    page.select_option("[name=place]", label="Side door")
    visitor.press("Say that it is out of order")
    visitor.sees("Side door: out of order since")

    visitor.open(f"/venues/{venue.slug}/")
    visitor.sees("Side door: out of order since")
    visitor.sees("Not step-free from the street to the room.")
    visitor.has_nothing_to_complain()


def test_the_pages_read_well_on_a_phone_and_by_keyboard(visit: Visits) -> None:
    hall = SpaceFactory(name="Hall", venue__name="Mill Lane Hall")
    venue, manager = hall.venue, member()
    VenueRoleFactory(venue=venue, user=manager)
    door = AccessNode.objects.create(venue=venue, kind="entrance", name="Side door")
    visitor = visit()
    visitor.open(f"/manage/venues/{venue.slug}/access/")
    visitor.sign_in(manager.email)
    visitor.sees("The ways through the venue")
    for rest in (
        "access/", "access/venue/0/", f"access/places/{door.pk}/", "access/add-place/", "faults/",
    ):  # fmt: skip
        visitor.open(f"/manage/venues/{venue.slug}/{rest}")
        visitor.reads_well_on_a_phone()
        assert len(visitor.walks_by_keyboard()) > 3
    visitor.has_nothing_to_complain()
