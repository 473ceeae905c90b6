"""Answers, cancellations, closures and the clock race each other: one outcome, told once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import StaffRole, User
from bookings.models import Booking, State, Use
from bookings.transitions import LIVE
from core.errors import TryAgain
from notices.models import Notice
from spaces import locks
from spaces.locks import LockClass
from spaces.models import AccessFault, Closure, Space, StockItem, Venue, VenueRole
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall
from tests.factories.bookings import NOW
from tests.plugins.rounds import Soak
from tests.races.answering import DONE
from tests.races.booking import BOOKED, TAKEN, ask
from tests.races.harness import race_processes

pytestmark = [pytest.mark.race, pytest.mark.db15, pytest.mark.django_db(transaction=True)]

A_FEW_ROUNDS = 5
# Asked at NOW, an answer is due a day later.
IN_TIME = NOW + timedelta(hours=23, minutes=59)
TOO_LATE = NOW + timedelta(hours=25)

Turn = tuple[str, dict[str, Any]]


def race(*turns: Turn) -> list[str]:
    """What each said; anything but a refusal in words fails the test, and so does a difference."""
    outcomes = race_processes("tests.races.answering:act", turns)
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    call_command("audit_claims")
    return [outcome.value for outcome in outcomes]


def answering_venue(**fields: Any) -> Venue:
    return VenueFactory(confirmation=Venue.Confirmation.REQUEST, answer_hours=24, **fields)


def manager_of(venue: Venue) -> User:
    return VenueRole.objects.create(venue=venue, user=UserFactory(), role=StaffRole.MANAGER).user


def wish(*spaces: Space, **more: Any) -> dict[str, Any]:
    return {
        "venue_id": spaces[0].venue_id,
        "space_ids": tuple(space.pk for space in spaces),
        "person_id": UserFactory().pk,
        "week": 0,
        **more,
    }


def requested(*spaces: Space, **more: Any) -> Booking:
    assert ask(**wish(*spaces, **more)) == BOOKED
    return Booking.objects.latest("pk")


def state(booking: Booking) -> str:
    (only,) = set(booking.occurrences.values_list("state", flat=True))
    return only


def holders(*spaces: Space) -> int:
    """How many bookings have the slot."""
    live = Use.objects.filter(space__in=spaces, occurrence__state__in=LIVE)
    return live.values("occurrence__booking").distinct().count()


def told(booking: Booking) -> Counter[str]:
    found = Notice.objects.filter(subject_id=booking.pk, event__startswith="booking_")
    return Counter(found.values_list("event", flat=True))


def an_answer_in_time_races_the_clock_and_a_taker() -> None:
    space = SpaceFactory(venue=answering_venue())
    booking = requested(space)
    approved, _swept, taken = race(
        (
            "approves",
            {"booking": booking.pk, "person": manager_of(space.venue).pk, "now": IN_TIME},
        ),
        ("sweeps", {"now": TOO_LATE}),
        ("asks", wish(space, hours_later=25)),
    )
    assert holders(space) == 1
    if approved == DONE:
        assert (state(booking), taken) == (State.CONFIRMED, TAKEN)
    else:
        assert (approved, state(booking), taken) == ("step_not_possible", State.EXPIRED, BOOKED)
    assert sum(told(booking).values()) == 2


def a_lapsed_whole_races_takers_of_its_halves_and_a_late_answer() -> None:
    hall = divisible_hall(venue=answering_venue())
    gazebo = StockItem.objects.create(venue=hall.whole.venue, name="Gazebo", quantity=1)
    booking = requested(hall.whole, items=((gazebo.pk, 1),))
    said = race(
        ("asks", wish(hall.left, hours_later=25, items=((gazebo.pk, 1),))),
        ("asks", wish(hall.right, hours_later=25)),
        ("asks", wish(hall.left, hall.right, hours_later=25)),
        ("sweeps", {"now": TOO_LATE}),
        (
            "approves",
            {"booking": booking.pk, "person": manager_of(hall.whole.venue).pk, "now": IN_TIME},
        ),
    )
    if said[-1] == DONE:
        assert said[:3] == [TAKEN] * 3
    else:
        assert said[:3] in ([BOOKED, BOOKED, TAKEN], [TAKEN, TAKEN, BOOKED])
    assert told(booking)["booking_expired"] == (said[-1] != DONE)


def a_cancellation_races_the_answer_and_a_taker() -> None:
    space = SpaceFactory(venue=answering_venue())
    booking = requested(space)
    approved, cancelled, taken = race(
        ("approves", {"booking": booking.pk, "person": manager_of(space.venue).pk, "now": NOW}),
        ("cancels", {"booking": booking.pk, "person": booking.private_hirer_id, "now": NOW}),
        ("asks", wish(space)),
    )
    assert cancelled == DONE
    assert approved in (DONE, "step_not_possible")
    assert state(booking) == State.CANCELLED_BY_HIRER
    assert holders(space) == (taken == BOOKED)
    assert told(booking)["booking_cancelled"] == 1


def only_one_of_three_cancellations_counts() -> None:
    space = SpaceFactory(venue=answering_venue())
    booking = requested(space, dates=4)
    hirer = {"booking": booking.pk, "person": booking.private_hirer_id, "now": NOW}
    venue = {"booking": booking.pk, "person": manager_of(space.venue).pk, "now": NOW}
    said = race(("cancels", hirer), ("cancels", hirer), ("cancels", venue))
    assert sorted(said) == ["already_started", "already_started", DONE]
    assert told(booking)["booking_cancelled"] == 1
    assert holders(space) == 0


def only_one_of_three_answers_counts() -> None:
    space = SpaceFactory(venue=answering_venue())
    booking = requested(space, dates=4)
    people = [manager_of(space.venue).pk for _n in range(3)]
    answers = [{"booking": booking.pk, "person": person, "now": NOW} for person in people]
    said = race(("approves", answers[0]), ("approves", answers[1]), ("declines", answers[2]))
    assert sorted(said) == [DONE, "step_not_possible", "step_not_possible"]
    assert state(booking) == (State.DECLINED if said[2] == DONE else State.CONFIRMED)
    assert sum(told(booking).values()) == 2


def two_sweeps_and_a_taker_expire_once() -> None:
    space = SpaceFactory(venue=answering_venue())
    waiting = [requested(space, week=week) for week in range(3)]
    *_swept, taken = race(
        ("sweeps", {"now": TOO_LATE}),
        ("sweeps", {"now": TOO_LATE}),
        ("asks", wish(space, week=1, hours_later=25)),
    )
    assert taken == BOOKED
    for booking in waiting:
        assert state(booking) == State.EXPIRED
        assert told(booking) == {"booking_requested": 1, "booking_expired": 1}


def a_closure_and_a_booking_never_both() -> None:
    hall = divisible_hall()
    closing = {"venue": hall.whole.venue_id, "week": 0, "now": NOW}
    closed, closed_half, *asked = race(
        ("closes", closing | {"spaces": [hall.whole.pk]}),
        ("closes", closing | {"spaces": [hall.left.pk]}),
        ("asks", wish(hall.left)),
        ("asks", wish(hall.whole)),
    )
    if BOOKED in asked:
        assert asked.count(BOOKED) == 1
        assert closed == closed_half == "space_taken"
    else:
        assert DONE in (closed, closed_half)
    assert holders(hall.left, hall.whole) == asked.count(BOOKED)
    assert Closure.objects.filter(venue=hall.whole.venue).count() == [closed, closed_half].count(
        DONE
    )


def one_hirer_back_to_back_races_others_for_the_buffers() -> None:
    hall = divisible_hall(setup_minutes=30, cleardown_minutes=30)
    own = wish(hall.whole)["person_id"]
    said = race(
        ("asks", wish(hall.whole, hour=17) | {"person_id": own}),
        ("asks", wish(hall.whole, hour=19) | {"person_id": own}),
        ("asks", wish(hall.left, hour=15)),
        ("asks", wish(hall.whole, hour=21)),
    )
    # Left lies against the whole's set-up; the whole at 9pm against its clear-down.
    assert BOOKED in said[:2] or BOOKED in said[2:]
    mine = Booking.objects.filter(private_hirer=own)
    cancelled = [("cancels", {"booking": one.pk, "person": own, "now": NOW}) for one in mine[:1]]
    race(*cancelled, ("asks", wish(hall.right, hour=17)), ("asks", wish(hall.whole, hour=19)))


RACES = [
    an_answer_in_time_races_the_clock_and_a_taker,
    a_lapsed_whole_races_takers_of_its_halves_and_a_late_answer,
    a_cancellation_races_the_answer_and_a_taker,
    only_one_of_three_cancellations_counts,
    only_one_of_three_answers_counts,
    two_sweeps_and_a_taker_expire_once,
    a_closure_and_a_booking_never_both,
    one_hirer_back_to_back_races_others_for_the_buffers,
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


def storm(*, racers: int, turns: int) -> None:
    """Everybody does everything to everything: only refusals in words, and nothing drifts."""
    hall = divisible_hall(
        venue=answering_venue(fire_limit=25), setup_minutes=30, cleardown_minutes=30
    )
    chapel = SpaceFactory(venue=hall.whole.venue, setup_minutes=15)
    chapel.acoustic_neighbours.add(hall.left)
    gazebo = StockItem.objects.create(venue=chapel.venue, name="Gazebo", quantity=1)
    people = [manager_of(chapel.venue).pk, *(UserFactory().pk for _n in range(4))]
    spaces = [hall.whole.pk, hall.left.pk, hall.right.pk, chapel.pk]
    arguments = (chapel.venue_id, spaces, gazebo.pk, people, turns)
    outcomes = race_processes("tests.races.answering:storm", [arguments] * racers)
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    call_command("audit_claims")
    said = Counter(one for outcome in outcomes for one in outcome.value)
    assert said[BOOKED] > 0, said
    assert said[DONE] > 0, said


def test_a_storm_of_everything() -> None:
    storm(racers=6, turns=10)


@pytest.mark.soak
def test_storms_of_everything(soak: Soak) -> None:
    for _n in soak.rounds():
        storm(racers=8, turns=30)


def test_who_waits_too_long_for_a_lock_is_asked_to_try_again() -> None:
    space = SpaceFactory()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locks.take([(LockClass.SPACE, space.pk)])
            held.set()
            done.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("15s",)
            cursor.execute("SET lock_timeout = '50ms'")
        with pytest.raises(TryAgain), transaction.atomic():
            locks.take([(LockClass.SPACE, space.pk)])
        assert ask(**wish(space)) == "TryAgain"
        assert not Booking.objects.exists()
    finally:
        done.set()
        holder.join()
        connection.close()
    assert ask(**wish(space)) == BOOKED


def test_two_workers_tell_once_of_what_should_work_again() -> None:
    space = SpaceFactory()
    manager_of(space.venue)
    AccessFault.objects.create(
        venue=space.venue,
        what="lift",
        starts_at=NOW - timedelta(days=3),
        until=NOW - timedelta(days=1),
        reported_at=NOW - timedelta(days=3),
    )
    assert race(("tells_overdue", {"now": NOW}), ("tells_overdue", {"now": NOW})) == [DONE, DONE]
    assert Notice.objects.filter(event="fault_overdue").count() == 1
