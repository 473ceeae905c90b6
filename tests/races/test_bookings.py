"""Sixteen real processes want the same through the booking service: one gets it each time."""

from __future__ import annotations

import time as clock_time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from bookings.models import Booking, Occurrence
from spaces.models import Space, StockItem, Venue
from spaces.models.timetable import Loudness
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.factories.bookings import NOW
from tests.plugins.rounds import Soak
from tests.races.booking import BOOKED, REFUSED, TAKEN
from tests.races.harness import race_processes

pytestmark = [pytest.mark.race, pytest.mark.db15, pytest.mark.django_db(transaction=True)]

RACERS = 16
# Enough to meet each other; thousands belong to the soak. Nobody may have more than a dozen
# requests open, and one racer may win them all.
A_FEW_ROUNDS = 4
MANY_ROUNDS = 12
ASK = "tests.races.booking:ask_often"


def race(plans_of: list[list[dict[str, Any]]], rounds: int) -> list[Counter[str]]:
    """What the racers said in each round; a deadlock or any other error fails the test."""
    began = clock_time.monotonic()
    outcomes = race_processes(ASK, [(rounds, plans) for plans in plans_of])
    said = []
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
        said.append(outcome.value)
    assert clock_time.monotonic() - began < 5 * rounds + 20
    call_command("audit_claims")
    return [Counter(racer[n] for racer in said) for n in range(rounds)]


def plan(*spaces: Space, **more: Any) -> dict[str, Any]:
    return {
        "venue_id": spaces[0].venue_id,
        "space_ids": tuple(space.pk for space in spaces),
        "person_id": UserFactory().pk,
        **more,
    }


def one_slot_has_one_winner(rounds: int) -> None:
    space = SpaceFactory()
    for said in race([[plan(space)] for _n in range(RACERS)], rounds):
        assert said == {BOOKED: 1, TAKEN: RACERS - 1}


def whole_and_halves_in_opposite_orders_never_both(rounds: int) -> None:
    hall = divisible_hall()
    orders = [
        [plan(hall.whole), plan(hall.left)],
        [plan(hall.left, hall.right), plan(hall.whole)],
        [plan(hall.right, hall.left), plan(hall.whole)],
        [plan(hall.whole), plan(hall.right, hall.left)],
    ]
    said = race([orders[n % 4] for n in range(8)], rounds)
    assert all(counted[BOOKED] >= 1 for counted in said)


def quiet_and_loud_neighbours_never_both(rounds: int) -> None:
    chapel = SpaceFactory()
    studio = SpaceFactory(venue=chapel.venue)
    chapel.acoustic_neighbours.add(studio)
    quiet = [[plan(chapel, needs_quiet=True, loudness=int(Loudness.SILENT))] for _n in range(4)]
    loud = [[plan(studio, loudness=int(Loudness.AMPLIFIED))] for _n in range(4)]
    for said in race(quiet + loud, rounds):
        assert said[BOOKED] == 1
        assert said[TAKEN] + said[REFUSED] == 7


def the_last_gazebo_goes_to_one(rounds: int) -> None:
    venue = VenueFactory()
    gazebo = StockItem.objects.create(venue=venue, name="Gazebo", quantity=1)
    plans = [[plan(SpaceFactory(venue=venue), items=((gazebo.pk, 1),))] for _n in range(6)]
    for said in race(plans, rounds):
        assert said == {BOOKED: 1, TAKEN: 5}


def the_building_is_never_fuller_than_its_fire_limit(rounds: int) -> None:
    venue = VenueFactory(fire_limit=50)
    plans = [[plan(SpaceFactory(venue=venue), people=20)] for _n in range(6)]
    for said in race(plans, rounds):
        assert said == {BOOKED: 2, REFUSED: 4}


def a_series_and_single_dates_leave_no_half_series(rounds: int) -> None:
    space = SpaceFactory()
    plans = [[plan(space, dates=4)] if n % 2 else [plan(space)] for n in range(8)]
    race(plans, rounds)
    bookings = Booking.objects.filter(occurrences__uses__space=space).distinct()
    for booking in bookings.prefetch_related("occurrences", "refused_dates"):
        assert booking.occurrences.count() in (1, 4)
        assert not booking.refused_dates.exists()


def a_lapsed_hold_is_taken_by_one_with_the_worker_stopped(rounds: int) -> None:
    space = SpaceFactory(
        venue=VenueFactory(confirmation=Venue.Confirmation.REQUEST, answer_hours=24)
    )
    race([[plan(space)]], rounds)
    dates = Occurrence.objects.filter(uses__space=space)
    assert dates.filter(hold_until__gt=NOW).count() == rounds
    for said in race([[plan(space, hours_later=25)] for _n in range(8)], rounds):
        assert said == {BOOKED: 1, TAKEN: 7}
    assert dates.filter(state="expired").count() == rounds


GAMES = [
    one_slot_has_one_winner,
    whole_and_halves_in_opposite_orders_never_both,
    quiet_and_loud_neighbours_never_both,
    the_last_gazebo_goes_to_one,
    the_building_is_never_fuller_than_its_fire_limit,
    a_series_and_single_dates_leave_no_half_series,
    a_lapsed_hold_is_taken_by_one_with_the_worker_stopped,
]


@pytest.mark.parametrize("game", GAMES)
def test_one_winner_each_time(game: Callable[[int], None]) -> None:
    game(A_FEW_ROUNDS)


@pytest.mark.soak
@pytest.mark.parametrize("game", GAMES)
def test_one_winner_each_time_for_long(game: Callable[[int], None], soak: Soak) -> None:
    done = 0
    for n in soak.rounds():
        rounds = MANY_ROUNDS if n else A_FEW_ROUNDS
        game(rounds)
        done += rounds
        soak.said(done)
