"""Somebody runs a venue for the first time and sets it up with the keyboard alone.

Pages and key presses are counted and printed: a press is one key, however long it is held, and
typing a word is as many presses as it has letters.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from core import clock
from spaces.models import OpeningSpan, Venue
from tests.factories.roles import OperatorRoleFactory
from tests.journeys.conftest import Visits, member
from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_PAGES = 6
MOST_PRESSES = 160
_MOST_STOPS = 150
_AT = """() => {
    const at = document.activeElement;
    const label = at.labels && at.labels[0];
    return [at.name || '', (label || at).innerText.trim()];
}"""


class Keys:
    """A keyboard, and how often it was pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.pages = 1
        page.on("framenavigated", self._went)

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.presses += len(words)
        self.page.keyboard.type(words)

    def reach(self, *, name: str = "", words: str = "", value: str = "") -> None:
        """Tab on until the question of this name, or the link or button of these words."""
        for _n in range(_MOST_STOPS):
            at, said = self.page.evaluate(_AT)
            if (name and at == name and self._is_option(value)) or (words and said == words):
                return
            self.press("Tab")
        pytest.fail(f"the keyboard does not reach {name or words} on {self.page.url}")

    def answer(self, name: str, words: str) -> None:
        """Type into the question of this name; in a list that chooses what begins so."""
        self.reach(name=name)
        self.write(words)

    def tick(self, name: str, value: str) -> None:
        self.reach(name=name, value=value)
        self.press("Space")

    def go(self, words: str) -> None:
        """Press Enter on the link or button that says this."""
        self.reach(words=words)
        with self.page.expect_navigation():
            self.press("Enter")

    def send(self) -> None:
        """Press Enter in the box one is in, as one may in any form."""
        with self.page.expect_navigation():
            self.press("Enter")

    def _is_option(self, value: str) -> bool:
        held = "document.activeElement.value"
        return not value or bool(self.page.evaluate(held) == value)

    def _went(self, frame: object) -> None:
        if frame == self.page.main_frame:
            self.pages += 1


def sign_in(visitor: Visitor, email: str) -> None:
    visitor.open("/manage/venues/")
    visitor.fill(login=email, password=PASSWORD)
    visitor.page.locator("main button[type=submit]").first.click()


def test_a_first_venue_with_two_rooms_and_hours_needs_few_pages_and_keys(visit: Visits) -> None:
    manager = member()
    OperatorRoleFactory(user=manager)
    visitor = visit()
    sign_in(visitor, manager.email)
    visitor.sees("You do not run a venue yet.")

    keys = Keys(visitor.page)
    keys.go("Add a venue")
    keys.answer("name", "Mill Lane Hall")
    keys.answer("kind", "Com")
    keys.answer("address", "1 Mill Lane")
    keys.answer("postcode", "DA1 1AA")
    keys.send()
    keys.answer("name_1", "Main Hall")
    keys.answer("kind_1", "Hall")
    keys.answer("people_1", "120")
    keys.answer("name_2", "Small Room")
    keys.answer("people_2", "20")
    for day in range(7):
        keys.tick("days", str(day))
    keys.answer("opens", "9am")
    keys.answer("closes", "10pm")
    keys.send()
    keys.go("Publish")

    visitor.sees("Published. Everybody can see it now.")
    venue = Venue.objects.get()
    rooms = list(venue.spaces.order_by("position").values_list("name", "kind", "capacity"))
    assert rooms == [("Main Hall", "hall", 120), ("Small Room", "room", 20)]
    assert venue.visibility == "public"
    assert OpeningSpan.objects.filter(space__venue=venue, starts_at__gt=clock.now()).exists()
    visitor.has_nothing_to_complain()
    print(f"A first venue: {keys.pages} pages, {keys.presses} key presses")  # noqa: T201
    assert keys.pages <= MOST_PAGES
    assert keys.presses <= MOST_PRESSES


def test_the_pages_of_a_manager_read_well_on_a_phone_and_by_keyboard(visit: Visits) -> None:
    manager = member()
    role = OperatorRoleFactory(user=manager)
    visitor = visit()
    sign_in(visitor, manager.email)
    keys = Keys(visitor.page)
    keys.go("Add a venue")
    keys.answer("name", "Mill Lane Hall")
    keys.answer("kind", "Com")
    keys.go("Continue")
    keys.answer("name_1", "Main Hall")
    keys.send()
    venue = Venue.objects.get(operator=role.operator)
    for page in ("", "details/", "spaces/", "spaces/main-hall/", "add-spaces/", "facilities/",
                 "stock/", "photos/", "add-photo/", "add-plan/", "add-pool/"):  # fmt: skip
        visitor.open(f"/manage/venues/{venue.slug}/{page}")
        visitor.reads_well_on_a_phone()
        visitor.walks_by_keyboard()
    visitor.has_nothing_to_complain()
