"""A manager makes rates from a pattern, changes one, and publishes them, by keyboard alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from spaces.models import Space
from tariffs.models import TariffVersion
from tariffs.services import guide_prices
from tests.factories import SpaceFactory
from tests.factories.roles import VenueRoleFactory
from tests.journeys.conftest import Visits, member
from tests.journeys.test_first_venue import Keys, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_rates_from_a_pattern_are_published_by_keyboard_alone(visit: Visits) -> None:
    hall: Space = SpaceFactory(name="Main Hall")
    SpaceFactory(name="Committee Room", venue=hall.venue)
    manager = member()
    VenueRoleFactory(user=manager, venue=hall.venue)
    staff = visit()
    sign_in(staff, manager.email)
    staff.open(f"/manage/venues/{hall.venue.slug}/rates/")
    staff.reads_well_on_a_phone()

    keys = Keys(staff.page)
    keys.go("Start a draft")
    staff.reads_well_on_a_phone()
    keys.reach(name="source")
    keys.press("ArrowDown")
    keys.press("Space")
    keys.answer("standard", "20")
    keys.send()
    staff.sees("The draft is made.")
    staff.reads_well_on_a_phone()
    keys.reach(name="s0l0c0")
    keys.press("Control+a")
    keys.write("21.50")
    keys.send()
    staff.sees("The draft is saved.")
    # What was done is read first; whoever opens the page begins at its top.
    staff.page.reload()
    staff.walks_by_keyboard()

    keys.go("Save and check")
    staff.sees("Nothing is open.")
    staff.reads_well_on_a_phone()
    for part in ("day", "month", "year"):
        staff.page.locator(f"[name=first_day_{part}]").fill("")
    keys.answer("first_day_day", "1")
    keys.answer("first_day_month", "1")
    keys.answer("first_day_year", "2199")
    keys.send()
    staff.sees("Published. These rates hold from Tuesday 1 January 2199.")
    version = TariffVersion.objects.get()
    assert not version.is_draft
    prices = guide_prices([hall.pk], "private")[hall.pk]
    assert Decimal("21.50") in prices.values()
    staff.has_nothing_to_complain()
