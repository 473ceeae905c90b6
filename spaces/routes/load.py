"""All that is known of getting in and about at some venues, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from spaces.access_facts import FactState, fresh_state
from spaces.models import (
    AccessFact,
    AccessFault,
    AccessLink,
    AccessNode,
    EntranceHours,
    Space,
    SpacePart,
)
from spaces.routes.week import Minutes, closing_minute_of, minute_of

PlaceKey = tuple[str, int]
VENUE_KEY: PlaceKey = ("venue", 0)


@dataclass(frozen=True, slots=True)
class Room:
    """A space of the venue; `parts`: what it is made of, itself where it is not divided."""

    id: int
    name: str
    floor: int | None
    is_bookable: bool
    parts: tuple[int, ...]


@dataclass(slots=True)
class VenueAccess:
    """One venue. `rows`: the current statements by place and fact, to be read by `state`."""

    venue_id: int
    today: date
    rooms: list[Room] = field(default_factory=list)
    nodes: list[AccessNode] = field(default_factory=list)
    links: list[AccessLink] = field(default_factory=list)
    hours: dict[int, list[Minutes]] = field(default_factory=lambda: defaultdict(list))
    faults: list[AccessFault] = field(default_factory=list)
    rows: dict[PlaceKey, dict[str, list[AccessFact]]] = field(default_factory=dict)
    _known: dict[tuple[PlaceKey, str], FactState] = field(default_factory=dict)

    def state(self, key: PlaceKey, code: str) -> FactState:
        """What is known of one fact of one place alone; what is old decides nothing."""
        found = self._known.get((key, code))
        if found is None:
            rows = self.rows.get(key, {}).get(code, ())
            found = self._known[key, code] = fresh_state(code, rows, today=self.today)
        return found

    def of_room(self, room_id: int | None, code: str) -> FactState:
        """What is known for one room: its own statements before those of the venue."""
        if room_id is not None:
            own = self.state(("space", room_id), code)
            if own.rows:
                return own
        return self.state(VENUE_KEY, code)

    def nodes_of(self, kind: AccessNode.Kind) -> list[AccessNode]:
        return [node for node in self.nodes if node.kind == kind]


def load(venue_ids: Collection[int], *, today: date, now: datetime) -> dict[int, VenueAccess]:
    """What is known of each venue; faults that are over are left out. Seven queries."""
    found = {pk: VenueAccess(pk, today) for pk in venue_ids}
    _load_rooms(found)
    for node in AccessNode.objects.filter(venue__in=found).order_by("position", "pk"):
        found[node.venue_id].nodes.append(node)
    _load_hours(found)
    for link in AccessLink.objects.filter(venue__in=found).order_by("low", "high"):
        found[link.venue_id].links.append(link)
    _load_faults(found, now=now)
    _load_facts(found)
    return found


def _load_rooms(found: Mapping[int, VenueAccess]) -> None:
    parts: dict[int, list[int]] = defaultdict(list)
    rows = SpacePart.objects.filter(space__venue__in=found).order_by("part")
    for space_id, part_id in rows.values_list("space", "part"):
        parts[space_id].append(part_id)
    spaces = Space.objects.filter(venue__in=found).order_by("position", "name", "pk")
    for pk, venue_id, name, floor, is_bookable in spaces.values_list(
        "pk", "venue_id", "name", "floor", "is_bookable"
    ):
        room = Room(pk, name, floor, is_bookable, tuple(parts[pk]) or (pk,))
        found[venue_id].rooms.append(room)


def _load_hours(found: Mapping[int, VenueAccess]) -> None:
    rows = EntranceHours.objects.filter(node__venue__in=found).order_by("weekday", "opens")
    for row in rows.select_related("node"):
        span = (minute_of(row.weekday, row.opens), closing_minute_of(row.weekday, row.closes))
        hours = found[row.node.venue_id].hours[row.node_id]
        # Open through midnight is two rows that touch.
        if hours and hours[-1][1] == span[0]:
            hours[-1] = (hours[-1][0], span[1])
        else:
            hours.append(span)


def _load_faults(found: Mapping[int, VenueAccess], *, now: datetime) -> None:
    rows = AccessFault.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now),
        Q(ended_at__isnull=True) | Q(ended_at__gt=now),
        venue__in=found,
    ).select_related("node", "space")
    for fault in rows.order_by("starts_at", "pk"):
        found[fault.venue_id].faults.append(fault)


def _load_facts(found: Mapping[int, VenueAccess]) -> None:
    rows = AccessFact.objects.filter(venue__in=found, superseded_by__isnull=True)
    for row in rows.order_by("code", "pk"):
        places = found[row.venue_id].rows
        places.setdefault(key_of(row), {}).setdefault(row.code, []).append(row)


def key_of(row: AccessFact) -> PlaceKey:
    """Which place a statement is about."""
    if row.space_id:
        return ("space", row.space_id)
    if row.node_id:
        return ("node", row.node_id)
    if row.link_id:
        return ("link", row.link_id)
    return VENUE_KEY
