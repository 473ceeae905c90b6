"""A checker in a cellar: the signal goes, and nothing that was answered is lost."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import SpaceFactory
from tests.factories.checks import accepted_visit
from tests.journeys.conftest import Visits, member
from tests.journeys.visitor import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('openhall-draft-'))"


@pytest.fixture
def draft() -> Any:
    space = SpaceFactory(venue__name="Mill Lane Hall")
    return accepted_visit(space.venue, checker=member())


def test_answers_survive_a_lost_signal_and_are_gone_from_the_device_once_saved(
    visit: Visits, draft: Any
) -> None:
    checker = visit()
    page = checker.page
    page.set_viewport_size(NARROW)
    checker.open(f"/my-visits/{draft.pk}/steps/part-2/")
    checker.sign_in(draft.checker.email)
    page.wait_for_url("**/steps/part-2/")
    page.locator("#id_entrance_step_free_1").check()
    page.context.set_offline(True)
    page.fill("[name=entrance_step_free_note]", "Two steps, no ramp")
    checker.press("Save and go on")
    checker.sees("You have no signal.")
    assert not draft.answers.exists()

    # The phone is put away and woken up: the page is loaded anew.
    page.context.set_offline(False)
    checker.open(f"/my-visits/{draft.pk}/steps/part-2/")
    checker.sees("We found answers on this device")
    expect(page.locator("#id_entrance_step_free_1")).to_be_checked()
    expect(page.locator("[name=entrance_step_free_note]")).to_have_value("Two steps, no ramp")
    checker.press("Save and go on")
    page.wait_for_url("**?saved=part-2")
    row = draft.answers.get()
    assert (row.value, row.note) == ("no", "Two steps, no ramp")
    page.wait_for_function(f"{KEPT}.length === 0")
    checker.open(f"/my-visits/{draft.pk}/steps/part-2/")
    expect(page.locator("[name=entrance_step_free_note]")).to_have_value("Two steps, no ramp")
    assert page.get_by_text("We found answers on this device").count() == 0


def test_a_visit_is_written_by_keyboard_alone_without_scripts(visit: Visits, draft: Any) -> None:
    checker = visit(java_script_enabled=False)
    page = checker.page
    checker.open(f"/my-visits/{draft.pk}/steps/part-2/")
    checker.sign_in(draft.checker.email)
    page.wait_for_url("**/steps/part-2/")
    page.locator("#id_entrance_step_free_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("The side door")
    page.keyboard.press("Enter")
    page.wait_for_url("**?saved=part-2")
    row = draft.answers.get()
    assert (row.value, row.note) == ("yes", "The side door")
    checker.open(f"/my-visits/{draft.pk}/send/")
    checker.sees("There is a way in without steps.")
    checker.press("Send in")
    checker.sees("Thank you. Your visit is sent in.")
