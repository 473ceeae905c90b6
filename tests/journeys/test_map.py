"""The map that moves: for those who ask for it, by keyboard too, and from this host alone."""

from __future__ import annotations

import pytest

from tests.factories import CouncilFactory, SpaceFactory
from tests.journeys.conftest import Visits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _two_places() -> None:
    council = CouncilFactory()
    for n in (1, 2):
        SpaceFactory(
            name=f"Room {n}", venue__council=council, venue__latitude=51.45 + n / 100,
            venue__longitude=0.15, capacity=30,
        )  # fmt: skip


def test_the_map_is_fetched_when_asked_for_and_its_markers_lead_to_the_list(visit: Visits) -> None:
    _two_places()
    visitor = visit()
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visitor.open("/?people=2")
    assert not [url for url in asked if "leaflet" in url]
    page.get_by_role("button", name="Move and zoom the map").click()
    pin = page.get_by_role("button", name="1: Room")
    pin.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a.govuk-link")
    assert link.get_attribute("href") == "#place-1"
    assert [url for url in asked if "leaflet" in url]
    assert visitor.strangers == []
    assert visitor.errors == []


def test_without_a_script_the_drawn_map_has_its_pins_and_no_button(visit: Visits) -> None:
    _two_places()
    visitor = visit(java_script_enabled=False)
    visitor.open("/?people=2")
    page = visitor.page
    assert page.locator(".oh-map svg a").count() == 2
    assert not page.get_by_role("button", name="Move and zoom the map").is_visible()
