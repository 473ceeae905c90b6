"""A manager says hours and a quiet time by keyboard alone; pages and key presses stay few."""

from __future__ import annotations

import pytest

from spaces.models import Space, TimeRule
from spaces.opening_plan import plans_of
from tests.factories import SpaceFactory
from tests.factories.roles import VenueRoleFactory
from tests.journeys.conftest import Visits, member
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

_MOST_PRESSES = 140


class Keyboard:
    """Counts every key; text typed into a box counts letter by letter."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.presses = visitor.page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def to(self, name: str) -> None:
        """Tab on until the box, tick or button of this name and value has the focus."""
        for _n in range(80):
            self.press("Tab")
            at = self.page.evaluate(
                "() => { const a = document.activeElement; return [a.name || '', a.value || '',"
                " a.type || '', a.innerText || ''].join('|') }"
            )
            if name in at:
                return
        raise AssertionError(name)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.presses += len(words)


def test_hours_and_a_quiet_time_by_keyboard_alone(visit: Visits) -> None:
    space: Space = SpaceFactory(name="Main Hall")
    manager = member()
    VenueRoleFactory(user=manager, venue=space.venue)
    staff = visit(java_script_enabled=True)
    address = f"/manage/venues/{space.venue.slug}"
    staff.open(f"{address}/times/week/")
    staff.sign_in(manager.email)

    keys = Keyboard(staff)
    keys.to("day_0|")
    keys.type("9am to 10pm")
    keys.to("|submit|Save")
    keys.press("Enter")
    staff.sees("The opening hours are saved.")
    assert plans_of([space.pk])[space.pk].ever_opens

    staff.open(f"{address}/quiet/add/")
    keys.to("days|1")
    keys.press("Space")
    keys.to("starts|")
    keys.type("7pm")
    keys.press("Tab")
    keys.type("8pm")
    keys.to("|submit|Save")
    keys.press("Enter")
    staff.sees("The quiet time is saved.")
    assert TimeRule.objects.filter(kind=TimeRule.Kind.QUIET).count() == 1
    assert keys.presses <= _MOST_PRESSES, keys.presses
    staff.reads_well_on_a_phone()
    staff.has_nothing_to_complain()
