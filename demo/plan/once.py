"""What happens once: parties, meetings, days in the park and fresh requests."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from demo import rhythm
from demo.builders.world import BuiltSpace
from demo.content.slots import (
    MEETING_TITLES,
    MEETING_USES,
    MEETINGS,
    OPEN_AIR,
    OPEN_AIR_TITLES,
    PARTIES,
    PARTY_USES,
    Slot,
)
from demo.plan.hirers import Hirers, group_booking, party_booking
from demo.plan.shape import Planner, office_hour

_WARM = range(4, 10)


def plan(planner: Planner, hirers: Hirers, spaces: Sequence[BuiltSpace]) -> None:
    for space in spaces:
        for uses, plan_for in _PLANS:
            if space.spec.use in uses:
                plan_for(planner, hirers, space)
    for space in spaces:
        if not space.venue.spec.instant and space.spec.use in PARTY_USES | MEETING_USES:
            _fresh(planner, hirers, space)


def _slots(
    planner: Planner, slots: tuple[Slot, ...], rng: random.Random, *, busy: float
) -> Iterator[tuple[date, str, int]]:
    """Day, hours and the days it was booked before, in time order."""
    period = planner.world.period
    for n in range((period.last - period.first).days + 1):
        day = period.first + timedelta(days=n)
        if rhythm.is_christmas(day):
            continue
        factor = busy * (0.45 if rhythm.is_quiet_summer(day) else 1.0)
        for days, hours, likely in slots:
            if day.weekday() in days and rng.random() < likely * factor:
                yield day, hours, rng.randrange(6, 110)


def _parties(planner: Planner, hirers: Hirers, space: BuiltSpace) -> None:
    rng = random.Random(f"parties {space.venue.row.slug}/{space.row.slug}")
    for day, hours, lead in _slots(planner, PARTIES, rng, busy=space.spec.busy):
        created = office_hour(day - timedelta(days=lead), planner.world.now, rng)
        if created < planner.world.now:
            party = party_booking(hirers.person(rng), space, rng, created_at=created)
            _add_items(party.items, space, rng)
            planner.offer(party, [day], hours, rng)


def _meetings(planner: Planner, hirers: Hirers, space: BuiltSpace) -> None:
    rng = random.Random(f"meetings {space.venue.row.slug}/{space.row.slug}")
    use = "room" if space.spec.use == "foyer" else space.spec.use
    for day, hours, lead in _slots(planner, MEETINGS, rng, busy=space.spec.busy):
        group = hirers.group_for(space, rng, use=use)
        created = office_hour(day - timedelta(days=lead), planner.world.now, rng)
        if group is None or created >= planner.world.now:
            continue
        title = rng.choice(MEETING_TITLES)
        meeting = group_booking(group, (space,), rng, created_at=created, title=title)
        meeting.loudness = 2
        planner.offer(meeting, [day], hours, rng)


def _open_air(planner: Planner, hirers: Hirers, space: BuiltSpace) -> None:
    rng = random.Random(f"open air {space.venue.row.slug}/{space.row.slug}")
    for day, hours, lead in _slots(planner, OPEN_AIR, rng, busy=space.spec.busy):
        group = hirers.group_for(space, rng)
        created = office_hour(day - timedelta(days=lead + 12), planner.world.now, rng)
        if day.month not in _WARM or group is None or created >= planner.world.now:
            continue
        title = rng.choice(OPEN_AIR_TITLES)
        event = group_booking(group, (space,), rng, created_at=created, title=title)
        event.visibility = "open"
        _add_items(event.items, space, rng)
        planner.offer(event, [day], hours, rng)


def _desk_days(planner: Planner, hirers: Hirers, desk: BuiltSpace) -> None:
    rng = random.Random(f"desks {desk.venue.row.slug}/{desk.row.slug}")
    slots: tuple[Slot, ...] = (((0, 1, 2, 3, 4), "09:00-17:00", 0.16),)
    for day, hours, lead in _slots(planner, slots, rng, busy=desk.spec.busy):
        created = office_hour(day - timedelta(days=lead % 20 + 1), planner.world.now, rng)
        if created < planner.world.now:
            work = party_booking(hirers.person(rng), desk, rng, created_at=created)
            work.title, work.people, work.loudness = "Day desk", 1, 2
            planner.offer(work, [day], hours, rng)


def _fresh(planner: Planner, hirers: Hirers, space: BuiltSpace) -> None:
    """Asked in the last hours, so that somebody has requests to answer."""
    world = planner.world
    rng = random.Random(f"fresh {space.venue.row.slug}/{space.row.slug}")
    if rng.random() > 0.6:
        return
    answer = space.venue.spec.answer_hours
    created = world.now - timedelta(minutes=rng.randrange(40, answer * 45))
    for _try in range(12):
        day = world.today + timedelta(days=rng.randrange(18, 70))
        is_party = space.spec.use in PARTY_USES and day.weekday() in {5, 6}
        if is_party:
            asked = party_booking(hirers.person(rng), space, rng, created_at=created)
            hours = "14:00-17:30"
        else:
            group = hirers.group_for(space, rng)
            if group is None:
                return
            asked = group_booking(group, (space,), rng, created_at=created)
            hours = rng.choice(("10:00-12:00", "14:00-16:00", "18:30-20:30"))
        if planner.offer(asked, [day], hours, rng):
            return


def _add_items(items: dict[int, int], space: BuiltSpace, rng: random.Random) -> None:
    """Chairs and gazebos for some; never so many that two parties could run short."""
    if space.venue.stock and rng.random() < 0.35:
        item = rng.choice(space.venue.stock)
        most = max(1, item.quantity // 8)
        items[item.pk] = rng.randrange(1, most + 1)


_PLANS = (
    (PARTY_USES, _parties),
    (MEETING_USES, _meetings),
    (frozenset({"outdoor"}), _open_air),
    (frozenset({"desk"}), _desk_days),
)
