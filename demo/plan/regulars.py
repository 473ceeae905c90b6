"""Groups that come every week, every other week or once a month, season by season."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from demo import rhythm
from demo.builders.times import wall
from demo.builders.world import BuiltOrg, BuiltSpace
from demo.content.slots import WEEKLY
from demo.plan.hirers import YOUNG, Hirers, group_booking
from demo.plan.shape import Planner, office_hour
from spaces.timetable import Frequency, Pattern

_EVENING = "17:30"
_FEW_SLOTS = frozenset({"desk", "family", "quiet", "refuge"})


def plan(planner: Planner, hirers: Hirers, spaces: Sequence[BuiltSpace]) -> None:
    """Fill the weekly slots of every space."""
    for space in spaces:
        for days, hours, likely in WEEKLY.get(space.spec.use, ()):
            for weekday in days:
                rng = random.Random(f"{space.venue.row.slug}/{space.row.slug} {weekday} {hours}")
                if rng.random() < likely * _fullness(space, hours):
                    _Slot(planner, hirers, space, weekday, hours, rng).fill()


def _fullness(space: BuiltSpace, hours: str) -> float:
    """Evenings are what everybody wants; these uses have few slots, so they fill them."""
    is_sought = hours >= _EVENING or space.spec.use in _FEW_SLOTS
    return space.spec.busy * (0.62 if is_sought else 0.36)


class _Slot:
    """One weekly slot of a space through the years, and the group that has it."""

    def __init__(
        self,
        planner: Planner,
        hirers: Hirers,
        space: BuiltSpace,
        weekday: int,
        hours: str,
        rng: random.Random,
    ) -> None:
        self.planner = planner
        self.hirers = hirers
        self.space = space
        self.weekday = weekday
        self.hours = hours
        self.rng = rng
        self.rate = rng.choices(("weekly", "fortnightly", "monthly"), (80, 8, 12))[0]

    def fill(self) -> None:
        world = self.planner.world
        group, is_known = self.hirers.group_for(self.space, self.rng), False
        for season in rhythm.seasons_within(world.period.first, world.period.last):
            if group is None or self.rng.random() < 0.1:
                group, is_known = self.hirers.group_for(self.space, self.rng), False
            if group is None or not self._meets(group, season):
                continue
            self._book(group, season, is_known=is_known)
            is_known = True

    def _meets(self, group: BuiltOrg, season: rhythm.Season) -> bool:
        if season.name != "holidays":
            return self.rng.random() < 0.96
        return group.spec.category not in YOUNG and self.rng.random() < 0.22

    def _book(self, group: BuiltOrg, season: rhythm.Season, *, is_known: bool) -> None:
        world = self.planner.world
        lead = self.rng.randrange(60, 170) if is_known else self.rng.randrange(14, 80)
        created = office_hour(season.first - timedelta(days=lead), world.now, self.rng)
        if created > world.now:
            return
        said, days = self._dates(group, season)
        if not days:
            return
        booking = group_booking(group, self._spaces(group), self.rng, created_at=created)
        booking.pattern = said
        self.planner.offer(booking, days, self.hours, self.rng)

    def _spaces(self, group: BuiltOrg) -> tuple[BuiltSpace, ...]:
        """The space, and the kitchen with it for those who eat together."""
        if "kitchen" in group.spec.likes and self.space.spec.kind == "hall":
            kitchens = [s for s in self.space.venue.spaces.values() if s.spec.kind == "kitchen"]
            return (self.space, *kitchens[:1])
        return (self.space,)

    def _dates(self, group: BuiltOrg, season: rhythm.Season) -> tuple[Pattern, list[date]]:
        first = season.first + timedelta(days=(self.weekday - season.first.weekday()) % 7)
        every = [
            first + timedelta(weeks=n)
            for n in range((season.last - first).days // 7 + 1)
            if first <= season.last
        ]
        starts, ends = wall(self.hours)
        nth: tuple[int, ...] = ()
        if self.rate == "monthly":
            nth = (self.rng.randrange(1, 5),)
            every = [day for day in every if (day.day - 1) // 7 + 1 == nth[0]]
        elif self.rate == "fortnightly":
            every = every[::2]
        days = [day for day in every if _is_on(group, day)]
        said = Pattern(
            first=days[0] if days else first,
            starts=starts,
            ends=ends,
            frequency=Frequency.MONTHLY if nth else Frequency.WEEKLY,
            interval=2 if self.rate == "fortnightly" else 1,
            weekdays=(self.weekday,),
            nth=nth,
            until=days[-1] if days else first,
            struck=tuple(day for day in every if days and days[0] < day < days[-1]
                         and day not in days),
        )  # fmt: skip
        return said, days


def _is_on(group: BuiltOrg, day: date) -> bool:
    if rhythm.is_christmas(day):
        return False
    return group.spec.category not in YOUNG or rhythm.is_term(day)
