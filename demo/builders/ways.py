"""The ways through a few venues, faults, reports that differ; then every answer is worked out."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from core.clock import at
from demo.builders.world import BuiltVenue, World
from demo.content.ways import DIFFERS, FAULTS, WAYS, Door, WaysSpec
from spaces.models import AccessFact, AccessFault, AccessLink, AccessNode, EntranceHours
from spaces.services import needs

_KIND = AccessNode.Kind


def build(world: World) -> None:
    """After the plain facts: some of them are said otherwise here."""
    for spec in WAYS:
        venue = world.venues[spec.venue]
        _ways(venue, spec, _places(world, venue, spec))
    _faults(world)
    _differing(world)
    needs.refresh_all(now=world.now)


def _places(world: World, venue: BuiltVenue, spec: WaysSpec) -> _Builder:
    builder = _Builder(world, venue)
    for door in spec.doors:
        builder.door(door)
    for name in spec.hallways:
        builder.place(name, _KIND.LANDING)
    for name in spec.lifts:
        builder.say(builder.place(name, _KIND.LIFT), "lift", "yes", choice="passenger")
    for name, value in spec.toilets:
        builder.say(builder.place(name, _KIND.TOILET), "accessible_toilet", value)
    return builder


def _ways(venue: BuiltVenue, spec: WaysSpec, builder: _Builder) -> None:
    ways, steps = list(spec.ways), set(spec.steps)
    if not any(room in way for room in venue.spaces for way in ways):
        to_rooms, upstairs = _to_rooms(venue, spec)
        ways += to_rooms
        steps |= upstairs
    for name in venue.spaces:
        if any(name in way for way in ways):
            builder.room(name)
    for one, other in ways:
        value = "no" if (one, other) in steps else "yes"
        builder.link(one, other, "unknown" if (one, other) in spec.unchecked else value)


def _to_rooms(
    venue: BuiltVenue, spec: WaysSpec
) -> tuple[list[tuple[str, str]], set[tuple[str, str]]]:
    """All rooms from the first hallway; those upstairs by the lift, or else by steps."""
    hallway = spec.hallways[0]
    upstairs = [name for name, space in venue.spaces.items() if space.spec.floor]
    by = spec.lifts[0] if spec.lifts else hallway
    ways = [(by if name in upstairs else hallway, name) for name in venue.spaces]
    steps = set() if spec.lifts else {(hallway, name) for name in upstairs}
    return ways, steps


class _Builder:
    """Writes one venue's places by their names."""

    def __init__(self, world: World, venue: BuiltVenue) -> None:
        self.world, self.venue = world, venue
        self.nodes: dict[str, AccessNode] = {}
        self.checked_on = world.today - timedelta(days=60)

    def place(self, name: str, kind: str, **fields: Any) -> AccessNode:
        node = AccessNode.objects.create(
            venue=self.venue.row, kind=kind, name=name, position=len(self.nodes), **fields
        )
        self.nodes[name] = node
        return node

    def room(self, name: str) -> None:
        self.place(name, _KIND.SPACE, space=self.venue.spaces[name].row)

    def door(self, door: Door) -> None:
        hours = AccessNode.Hours.OWN if door.hours else AccessNode.Hours.VENUE
        node = self.place(door.name, _KIND.ENTRANCE, hours=hours)
        EntranceHours.objects.bulk_create(
            EntranceHours(node=node, weekday=day, opens=time(opens), closes=time(closes))
            for first, last, opens, closes in door.hours
            for day in range(first, last + 1)
        )
        self.say(node, "entrance_step_free", door.level)
        if door.steps:
            self.say(node, "entrance_steps", "yes", measure=Decimal(door.steps), unit="steps")
        if door.width:
            self.say(node, "door_clear_width", "yes", measure=Decimal(door.width), unit="mm")

    def link(self, one: str, other: str, value: str) -> None:
        low, high = sorted((self.nodes[one], self.nodes[other]), key=lambda node: node.pk)
        link = AccessLink.objects.create(venue=self.venue.row, low=low, high=high)
        self._fact("internal_route_step_free", value, link=link)

    def say(self, node: AccessNode, code: str, value: str, **fields: Any) -> None:
        self._fact(code, value, node=node, **fields)

    def _fact(self, code: str, value: str, **fields: Any) -> None:
        if value != "unknown":
            AccessFact.objects.create(
                venue=self.venue.row, code=code, value=value, checked_on=self.checked_on, **fields
            )


def _faults(world: World) -> None:
    for spec in FAULTS:
        venue = world.venues[spec.venue].row
        starts = at(world.today + timedelta(days=spec.since), time(9))
        until = at(world.today + timedelta(days=spec.until), time(0)) if spec.until else None
        AccessFault.objects.create(
            venue=venue,
            node=venue.access_nodes.filter(name=spec.place).first() if spec.place else None,
            what=spec.what,
            note=spec.note,
            starts_at=starts,
            until=until,
            reported_at=min(starts, world.now),
        )


def _differing(world: World) -> None:
    for spec in DIFFERS:
        row = world.venues[spec.venue].row
        AccessFact.objects.filter(venue=row, code=spec.code).delete()
        for source, value, days, note in (
            ("owner", spec.owner, 400, ""),
            ("visitor", spec.visitor, 25, spec.note),
        ):
            AccessFact.objects.create(
                venue=row,
                code=spec.code,
                value=value,
                source=source,
                note=note,
                checked_on=world.today - timedelta(days=days),
            )
