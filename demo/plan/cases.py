"""The cases that the demo is held against: the club night, the forum, exhibitions and shops."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from demo import rhythm
from demo.builders.times import wall
from demo.builders.world import BuiltSpace
from demo.plan.hirers import Hirers, group_booking
from demo.plan.shape import Planner, office_hour
from spaces.models import Activity
from spaces.timetable import Frequency, Pattern

_TUESDAY, _THURSDAY = 1, 3
# Organisation, venue, spaces, weekday, which one of the month, hours.
MONTHLY = (
    ("Glow Club", "the-blue-lantern", ("Dance Floor", "Lounge"), _TUESDAY, 2, "19:00-22:30"),
    ("Northmere Voluntary Sector Forum", "abbey-manor", ("Long Room", "Oak Room"), _THURSDAY, 1,
     "10:00-12:30"),
)  # fmt: skip
# A club, its hall, and how many Mondays it books.
BLOCK = ("Northmere Badminton Club", "northmere-leisure-centre")
BLOCK_WEEKS, BLOCK_HOURS = 12, "20:00-22:00"


def plan(planner: Planner, hirers: Hirers, spaces: Sequence[BuiltSpace]) -> None:
    for case in MONTHLY:
        _monthly(planner, *case)
    _block(planner)
    for space in spaces:
        if space.spec.use == "exhibition":
            _exhibitions(planner, hirers, space)
        elif space.spec.use == "popup":
            _shops(planner, hirers, space)


def _monthly(
    planner: Planner,
    name: str,
    venue: str,
    names: tuple[str, ...],
    weekday: int,
    nth: int,
    hours: str,
) -> None:
    """Booked a year at a time, each autumn for the year after."""
    world = planner.world
    built = world.venues[venue]
    spaces = tuple(built.spaces[space] for space in names)
    org = world.organisations[name]
    starts, ends = wall(hours)
    for year in range(world.period.first.year, world.period.last.year + 1):
        rng = random.Random(f"{name} {year}")
        days = [
            day
            for month in range(1, 13)
            if world.period.first <= (day := nth_weekday(year, month, weekday, nth))
            and day <= world.period.last
            and not rhythm.is_christmas(day)
        ]
        if not days:
            continue
        created = min(
            office_hour(date(year - 1, 10, 6), world.now, rng), world.now - timedelta(days=9)
        )
        booking = group_booking(org, spaces, rng, created_at=created)
        booking.people = org.spec.people
        booking.pattern = Pattern(
            first=days[0], starts=starts, ends=ends, frequency=Frequency.MONTHLY,
            weekdays=(weekday,), nth=(nth,), until=days[-1],
        )  # fmt: skip
        planner.offer(booking, days, hours, rng)


def _block(planner: Planner) -> None:
    """A club's Mondays in a sports hall, paid for as a whole: a series for VAT."""
    world = planner.world
    group, centre = BLOCK
    hall = world.venues[centre].spaces["Sports Hall North"]
    first = rhythm.monday_on_or_after(world.today + timedelta(days=14))
    days = [first + timedelta(weeks=n) for n in range(BLOCK_WEEKS)]
    while any(rhythm.is_christmas(day) for day in days):
        days = [day + timedelta(weeks=1) for day in days]
    if days[-1] > world.period.last:
        return
    starts, ends = wall(BLOCK_HOURS)
    rng = random.Random(group)
    created = office_hour(world.today - timedelta(days=20), world.now, rng)
    org = world.organisations[group]
    booking = group_booking(org, (hall,), rng, created_at=created, title="Club night")
    booking.activity, booking.pays_as_whole = Activity.SPORT, True
    booking.pattern = Pattern(
        first=days[0], starts=starts, ends=ends, frequency=Frequency.WEEKLY, until=days[-1]
    )
    planner.promise(booking, days, BLOCK_HOURS)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; nth is 1 to 4."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _exhibitions(planner: Planner, hirers: Hirers, walls: BuiltSpace) -> None:
    """One to four weeks on the walls, hung on a Tuesday, with a private view on the floor."""
    world = planner.world
    rng = random.Random(f"exhibitions {walls.venue.row.slug}")
    day = world.period.first + timedelta(days=(_TUESDAY - world.period.first.weekday()) % 7)
    floor = walls.venue.spaces[walls.spec.name.replace("walls", "floor")]
    while day <= world.period.last:
        weeks = rng.choice((1, 2, 2, 3, 3, 4))
        group = hirers.group_for(walls, rng)
        created = office_hour(day - timedelta(days=rng.randrange(40, 140)), world.now, rng)
        if group is not None and created < world.now and not rhythm.is_christmas(day):
            show = group_booking(group, (walls,), rng, created_at=created)
            show.loudness, show.visibility = 1, "open"
            more = 7 * (weeks - 1) + 5
            if planner.offer(show, [day], "10:00-17:00", rng, more_days=more):
                view = group_booking(
                    group, (floor,), rng, created_at=created, title=f"Private view: {show.title}"
                )
                view.loudness = 3
                planner.offer(view, [day + timedelta(days=2)], "18:30-20:30", rng)
        day += timedelta(weeks=weeks + (rng.random() < 0.2))


def _shops(planner: Planner, hirers: Hirers, shop: BuiltSpace) -> None:
    """A week or two for one maker, Monday to Saturday."""
    world = planner.world
    rng = random.Random(f"shops {shop.venue.row.slug}")
    day = rhythm.monday_on_or_after(world.period.first)
    while day <= world.period.last:
        weeks = rng.choice((1, 1, 2))
        group = hirers.group_for(shop, rng)
        created = office_hour(day - timedelta(days=rng.randrange(20, 90)), world.now, rng)
        if group is not None and created < world.now and rng.random() < shop.spec.busy:
            lend = group_booking(group, (shop,), rng, created_at=created)
            lend.people = min(lend.people, 12)
            planner.offer(lend, [day], "09:00-18:00", rng, more_days=7 * (weeks - 1) + 5)
        day += timedelta(weeks=weeks)
