"""Who might book a space, and what they would call it."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime

from demo.builders.world import BuiltOrg, BuiltSpace, World
from demo.content.slots import PARTY_TITLES
from demo.plan.shape import Hirer, PlannedBooking

# Groups that keep to school terms.
YOUNG = frozenset({"young_people"})
_AMPLIFIED_PARTY = 4
_FOR_ONE = frozenset({"desk"})


class Hirers:
    """Organisations by council and by what they book."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_use: dict[tuple[str, str], list[BuiltOrg]] = defaultdict(list)
        for org in world.organisations.values():
            for use in org.spec.likes:
                self._by_use[org.spec.council, use].append(org)

    def group_for(self, space: BuiltSpace, rng: random.Random, *, use: str = "") -> BuiltOrg | None:
        """A group that fits the space; mostly from the same borough."""
        home = space.venue.spec.council
        away = "eastwold" if home == "northmere" else "northmere"
        wanted = use or space.spec.use
        near = self._fitting(home, wanted, space)
        far = self._fitting(away, wanted, space)
        if wanted == "refuge":
            far = []
        pick = far if far and (not near or rng.random() < 0.12) else near
        return rng.choice(pick) if pick else None

    def person(self, rng: random.Random) -> Hirer:
        return Hirer(None, rng.choice(self._world.private_hirers))

    def _fitting(self, council: str, use: str, space: BuiltSpace) -> list[BuiltOrg]:
        """A desk is for one of a group, so its size does not count there."""
        most = 10_000 if use in _FOR_ONE else space.spec.people or 10_000
        return [org for org in self._by_use[council, use] if org.spec.people <= most * 1.6]


def group_booking(
    org: BuiltOrg,
    spaces: tuple[BuiltSpace, ...],
    rng: random.Random,
    *,
    created_at: datetime,
    title: str = "",
) -> PlannedBooking:
    """A booking of a group in its own words and of its own size."""
    spec = org.spec
    most = min((space.spec.people or 10_000) for space in spaces[:1])
    people = min(most, max(2, round(spec.people * rng.uniform(0.7, 1.15))))
    return PlannedBooking(
        hirer=Hirer(org),
        spaces=spaces,
        title=title or rng.choice(spec.titles),
        people=people,
        loudness=spec.loudness,
        visibility=spec.visibility,
        needs_quiet=spec.loudness == 1,
        created_at=created_at,
    )


def party_booking(
    person: Hirer, space: BuiltSpace, rng: random.Random, *, created_at: datetime
) -> PlannedBooking:
    """A private person's celebration."""
    most = space.spec.people or 40
    return PlannedBooking(
        hirer=person,
        spaces=(space,),
        title=rng.choice(PARTY_TITLES),
        people=max(8, round(most * rng.uniform(0.4, 0.9))),
        loudness=rng.choice((3, _AMPLIFIED_PARTY)),
        visibility="private",
        needs_quiet=False,
        created_at=created_at,
    )
