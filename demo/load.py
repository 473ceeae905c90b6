"""Loads the demonstration boroughs: all of them or, when it is stopped midway, nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from accounts.models import Council
from core.clock import start_of_day
from core.errors import StateConflict
from demo.builders import (
    access,
    bookings,
    boroughs,
    checks,
    closures,
    people,
    prices,
    rates,
    support,
    taking,
    times,
    vat,
    venues,
    ways,
)
from demo.builders.world import Period, World
from demo.content.boroughs import COUNCILS
from demo.diary import Diary
from demo.plan import cases, once, regulars
from demo.plan.hirers import Hirers
from demo.plan.shape import Planner


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back and ahead of today bookings are made."""

    days_back: int = 548
    days_ahead: int = 183


TWO_YEARS = Reach()


def is_loaded() -> bool:
    """Whether the demo is there; it is written in one transaction, so all of it or nothing."""
    return Council.objects.filter(slug=COUNCILS[0].slug).exists()


def load(*, today: date, say: Callable[[str], None], reach: Reach = TWO_YEARS) -> None:
    """Write the whole demo as it stands at the beginning of `today` in London.

    Raises: StateConflict where it is there already.
    """
    with transaction.atomic():
        _only_one_at_a_time()
        if is_loaded():
            message = "The demo is loaded already."
            raise StateConflict(message)
        _build(_world(today, say, reach))
    say("statistics")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _world(today: date, say: Callable[[str], None], reach: Reach) -> World:
    return World(
        today=today,
        now=start_of_day(today),
        period=Period(
            today - timedelta(days=reach.days_back), today + timedelta(days=reach.days_ahead)
        ),
        say=say,
    )


def _only_one_at_a_time() -> None:
    """A second load waits here, and then finds the demo complete."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_council IN SHARE ROW EXCLUSIVE MODE")


def _build(world: World) -> None:
    world.say("boroughs")
    boroughs.build(world)
    world.say("venues")
    venues.build(world)
    world.say("people")
    people.build(world)
    world.say("access facts")
    access.build(world)
    ways.build(world)
    world.say("opening hours")
    times.build(world)
    world.say("rates")
    rates.build(world)
    vat.build(world)
    planner = Planner(world, Diary(world.venues.values()))
    closures.build(world, planner.diary)
    world.say("plans")
    _plan(planner)
    written = bookings.build(world, planner.bookings)
    prices.build(world, written)
    taking.build(world, written)
    support.build(world)
    world.say("access checks")
    checks.build(world)


def _plan(planner: Planner) -> None:
    """The cases first, then those who come every week, then what happens once."""
    world = planner.world
    hirers = Hirers(world)
    bookable = [
        space
        for venue in world.venues.values()
        if venue.spec.mode == "here"
        for space in venue.spaces.values()
        if space.spec.bookable
    ]
    cases.plan(planner, hirers, bookable)
    regulars.plan(planner, hirers, bookable)
    once.plan(planner, hirers, bookable)
