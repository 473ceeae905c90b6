"""A manager marks the spaces on a floor plan: by pointer, and without a script."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from core import clock
from spaces.models import FloorPlan, Venue
from spaces.services.pictures import add_floor_plan
from tests.factories import SpaceFactory, VenueFactory
from tests.factories.roles import VenueRoleFactory
from tests.journeys.conftest import Visits, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _plan() -> tuple[FloorPlan, str]:
    manager, venue = member(), VenueFactory(name="Abbey Manor")
    VenueRoleFactory(user=manager, venue=venue)
    for n, name in enumerate(("Hall", "Kitchen"), start=1):
        SpaceFactory(venue=venue, name=name, position=n)
    drawing = io.BytesIO()
    Image.new("RGB", (900, 600), "white").save(drawing, "PNG")
    plan = add_floor_plan(
        venue,
        drawing.getvalue(),
        floor=0,
        alt="The hall is left of the door.",
        actor=manager,
        now=clock.now(),
    )
    return plan, manager.email


def _marks(venue: Venue) -> dict[str, tuple[float, float]]:
    marks = venue.floor_plans.get().marks.select_related("space")
    return {mark.space.name: (float(mark.x), float(mark.y)) for mark in marks}


def test_each_click_marks_the_space_that_the_page_names(visit: Visits) -> None:
    plan, email = _plan()
    visitor = visit()
    visitor.open(f"/manage/venues/{plan.venue.slug}/plans/{plan.pk}/")
    visitor.sign_in(email)
    page, drawing = visitor.page, visitor.page.locator("[data-plan]")
    box = drawing.bounding_box()
    assert box is not None
    visitor.sees("Or click on the drawing where this is: Hall.")
    drawing.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    visitor.sees("Or click on the drawing where this is: Kitchen.")
    drawing.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.25})
    visitor.sees("All spaces are on the drawing.")
    expect(page.locator(".oh-plan__mark")).to_have_count(2)
    visitor.press("Save")
    visitor.sees("The plan is saved.")
    marks = _marks(plan.venue)
    assert marks["Hall"] == pytest.approx((25, 50), abs=1)
    assert marks["Kitchen"] == pytest.approx((75, 25), abs=1)
    assert visitor.errors == []
    assert visitor.strangers == []


def test_without_a_script_the_boxes_do_the_same(visit: Visits) -> None:
    plan, email = _plan()
    visitor = visit(java_script_enabled=False)
    visitor.open(f"/manage/venues/{plan.venue.slug}/plans/{plan.pk}/")
    visitor.sign_in(email)
    page = visitor.page
    assert not page.locator("[data-plan-next]").is_visible()
    for number, box in zip(("10", "20", "", ""), page.locator("fieldset input").all(), strict=True):
        box.fill(number)
    visitor.press("Save")
    visitor.sees("The plan is saved.")
    assert _marks(plan.venue) == {"Hall": (10, 20)}
