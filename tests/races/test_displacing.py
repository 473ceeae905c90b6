"""Managers and hirers at once: a quiet time or a closure never slips past a booking, nor the
other way round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from bookings.models import Booking, State, Use
from bookings.services.displacement import WouldDisplace, misfits
from spaces.models import Closure, Space, TimeRule
from spaces.models.timetable import Loudness
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.bookings import NOW
from tests.plugins.rounds import Soak
from tests.races.answering import DONE
from tests.races.booking import BOOKED, REFUSED, TAKEN, ask
from tests.races.displacing import clears
from tests.races.harness import race_processes

pytestmark = [pytest.mark.race, pytest.mark.db15, pytest.mark.django_db(transaction=True)]

A_FEW_ROUNDS = 4


def race(*turns: tuple[str, dict[str, Any]]) -> list[str]:
    outcomes = race_processes("tests.races.displacing:act", turns)
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    call_command("audit_claims")
    return [outcome.value for outcome in outcomes]


def wish(space: Space, **more: Any) -> dict[str, Any]:
    return {
        "venue_id": space.venue_id,
        "space_ids": (space.pk,),
        "person_id": UserFactory().pk,
        "week": 0,
        **more,
    }


def digest_of(venue: int, spaces: list[int], answer: str) -> str:
    """As the manager who looked first has it."""
    with pytest.raises(WouldDisplace) as refusal:
        clears(venue, spaces, answer, "", NOW)
    return refusal.value.preview.digest


def a_quiet_time_and_a_drum_class_next_door_never_both() -> None:
    chapel = SpaceFactory(venue=VenueFactory(booking_window_days=90))
    studio = SpaceFactory(venue=chapel.venue)
    chapel.acoustic_neighbours.add(studio)
    hush = {"venue": chapel.venue_id, "space": chapel.pk, "now": NOW}
    drums = wish(studio, loudness=int(Loudness.AMPLIFIED), dates=3)
    knitting = wish(studio, loudness=int(Loudness.TALK), hour=21)
    hushed, drummed, knitted = race(("hushes", hush), ("asks", drums), ("asks", knitting))
    assert (hushed, drummed) in [(DONE, REFUSED), ("would_displace", BOOKED)]
    assert knitted == BOOKED
    assert TimeRule.objects.filter(space=chapel).exists() == (hushed == DONE)
    assert misfits(chapel.venue, now=NOW) == {}


def a_closure_that_releases_and_a_late_booking_never_both() -> None:
    hall = SpaceFactory(venue=VenueFactory(booking_window_days=90))
    assert ask(**wish(hall)) == BOOKED
    what = {"venue": hall.venue_id, "spaces": [hall.pk], "answer": "release"}
    seen = digest_of(**what)
    late = wish(hall, hour=15)
    cleared, booked = race(("clears", what | {"digest": seen, "now": NOW}), ("asks", late))
    assert (cleared, booked) in [(DONE, TAKEN), ("would_displace", BOOKED)]
    states = set(Booking.objects.filter(venue=hall.venue).values_list("occurrences__state"))
    gone = (State.CANCELLED_BY_VENUE,) in states
    assert gone == (cleared == DONE) == Closure.objects.filter(venue=hall.venue).exists()


def two_closures_never_move_two_into_one_room() -> None:
    venue = VenueFactory(booking_window_days=90)
    one, two, free = (SpaceFactory(venue=venue) for _n in range(3))
    turns = []
    for hall in (one, two):
        assert ask(**wish(hall)) == BOOKED
    for hall in (one, two):
        what = {"venue": venue.pk, "spaces": [hall.pk], "answer": "move"}
        turns.append(("clears", what | {"digest": digest_of(**what), "now": NOW}))
    said = race(*turns)
    assert sorted(said) == [DONE, "would_displace"]
    live = Use.objects.filter(occurrence__state=State.REQUESTED, space__venue=venue)
    assert live.filter(space=free).count() == 1
    assert live.count() == 2


RACES = [
    a_quiet_time_and_a_drum_class_next_door_never_both,
    a_closure_that_releases_and_a_late_booking_never_both,
    two_closures_never_move_two_into_one_room,
]


@pytest.mark.parametrize("one_race", RACES)
def test_one_outcome(one_race: Callable[[], None]) -> None:
    for _n in range(A_FEW_ROUNDS):
        one_race()


@pytest.mark.soak
@pytest.mark.parametrize("one_race", RACES)
def test_one_outcome_for_long(one_race: Callable[[], None], soak: Soak) -> None:
    for _n in soak.rounds():
        one_race()
