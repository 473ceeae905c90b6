"""The transition table: every pair of step and state, and the document made from it."""

from pathlib import Path

import pytest

from bookings.errors import StepNotPossible
from bookings.models import Occurrence, State
from bookings.transitions import LIVE, STEPS, WAITING, Claims, require, table

ALLOWED = {
    "ask": set(),
    "hold": set(),
    "book": set(),
    "approve": {"requested"},
    "confirm_hold": {"held"},
    "decline": {"requested", "held"},
    "lapse": {"requested", "held"},
    "cancel_by_hirer": {"requested", "held", "confirmed"},
    "cancel_by_venue": {"requested", "held", "confirmed"},
    "attend": {"confirmed", "no_show"},
    "miss": {"confirmed", "attended"},
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_possible_exactly_from_the_states_of_the_table(name, state):
    date = Occurrence(state=state)
    if state in ALLOWED[name]:
        require(STEPS[name], date)
    else:
        with pytest.raises(StepNotPossible):
            require(STEPS[name], date)


def test_every_state_can_be_reached():
    assert {step.after for step in STEPS.values()} == set(State)


def test_claims_follow_the_state_a_step_ends_in():
    for step in STEPS.values():
        assert (step.claims is Claims.RELEASE) == (step.after not in LIVE), step.name
        assert (step.claims is Claims.HOLD) == (step.after in WAITING), step.name


def test_the_document_says_what_the_code_says():
    document = Path(__file__, "../../../docs/transitions.md").resolve().read_text()
    assert table() in document
