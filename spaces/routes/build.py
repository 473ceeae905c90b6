"""From what is known of a venue to the graph of its ways at one time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spaces.access_facts import WIDE_MM, FactState, State
from spaces.models import AccessFault, AccessNode
from spaces.routes.graph import STREET, Cause, Graph, Link, Stop, weakest
from spaces.routes.load import PlaceKey, Room, VenueAccess
from spaces.routes.week import Minutes, covers

Detail = dict[str, str]
Found = tuple[State, Cause, Detail]
YES: Found = (State.YES, Cause.NONE, {})
WAY_IN, ROOM = -1, -2
_What = AccessFault.What


@dataclass(frozen=True, slots=True)
class Moment:
    """When: minutes of the week that no opening cuts (None: hours do not matter), and the faults
    of that time."""

    piece: Minutes | None = None
    faults: tuple[AccessFault, ...] = ()


def graph_of(access: VenueAccess, moment: Moment, *, toilet: str = "", wide: bool = False) -> Graph:
    """The ways that somebody has drawn. `toilet`: the fact that a toilet must have."""
    builder = _Builder(access, moment, toilet, wide)
    stops = {STREET: Stop(STREET, "")}
    links = []
    for node in access.nodes:
        state, cause, detail = builder.of_node(node)
        stops[node.pk] = Stop(node.pk, node.name, state, cause, detail)
        if node.kind == AccessNode.Kind.ENTRANCE:
            links.append(Link(STREET, node.pk))
    for row in access.links:
        state, cause, detail = builder.of_link(row.pk)
        links.append(Link(row.low_id, row.high_id, state, cause, detail))
    return Graph(stops, tuple(links))


def room_keys(access: VenueAccess, room: Room) -> list[int]:
    """The drawn places of a room: its own, or else those of its parts, that a way leads to."""
    by_space = {node.space_id: node.pk for node in access.nodes if node.space_id}
    joined = {key for row in access.links for key in (row.low_id, row.high_id)}
    wanted = [room.id] if room.id in by_space else list(room.parts)
    if not access.nodes_of(AccessNode.Kind.ENTRANCE):
        return []
    return [by_space[pk] for pk in wanted if pk in by_space and by_space[pk] in joined]


def toilet_keys(access: VenueAccess) -> list[int]:
    """The toilets that a drawn way leads to."""
    joined = {key for row in access.links for key in (row.low_id, row.high_id)}
    return [n.pk for n in access.nodes_of(AccessNode.Kind.TOILET) if n.pk in joined]


def graph_from_facts(
    access: VenueAccess, room: Room | None, moment: Moment, *, wide: bool = False
) -> Graph:
    """Street, way in, room: what the plain facts say where nobody has drawn the ways."""
    codes = (
        ("door_clear_width", "narrowest_route_width")
        if wide
        else ("entrance_step_free", "internal_route_step_free")
    )
    inside_is_whole = room.id if room else None
    way_in = of_fact(best_known(access, inside_is_whole, codes[0]), wide=wide)
    inside = of_fact(access.of_room(inside_is_whole, codes[1]), wide=wide)
    for fault in moment.faults:
        if fault.what == _What.ENTRANCE:
            way_in = worst(way_in, broken(fault))
        if fault.what == _What.LIFT:
            inside = worst(inside, _without_lift(fault, room))
    stops = {
        STREET: Stop(STREET, ""),
        WAY_IN: Stop(WAY_IN, "", *way_in),
        ROOM: Stop(ROOM, room.name if room else ""),
    }
    return Graph(stops, (Link(STREET, WAY_IN), Link(WAY_IN, ROOM, *inside)))


def _without_lift(fault: AccessFault, room: Room | None) -> Found:
    """On the ground floor nobody needs it; of an unknown floor nobody can say."""
    if room is not None and room.floor == 0:
        return YES
    _no, cause, detail = broken(fault)
    return (State.NO if room is not None and room.floor else State.UNKNOWN), cause, detail


def best_known(access: VenueAccess, room_id: int | None, code: str) -> FactState:
    """A fact of the room or its venue; where nobody said, the best of the drawn places."""
    known = access.of_room(room_id, code)
    if known.rows:
        return known
    each = [access.state(("node", node.pk), code) for node in access.nodes]
    for state in (State.YES, State.UNKNOWN, State.NO):
        for one in each:
            if one.rows and one.state is state:
                return one
    return known


def of_fact(known: FactState, *, wide: bool = False) -> Found:
    """One fact as an answer, whose words are those of the fact."""
    detail = {"code": known.code}
    if known.reports_differ:
        return State.UNKNOWN, Cause.REPORTS_DIFFER, detail
    if known.is_stale:
        return State.UNKNOWN, Cause.OUT_OF_DATE, detail
    if wide and known.state is State.YES:
        return _wide_enough(known, detail)
    if known.state is State.YES:
        return YES
    cause = Cause.NOT_CHECKED if known.state is State.UNKNOWN else Cause.FACT
    return known.state, cause, detail


def _wide_enough(known: FactState, detail: Detail) -> Found:
    measures = [row.measure for row in known.rows if row.measure is not None]
    if not measures:
        return State.UNKNOWN, Cause.NOT_CHECKED, detail
    if min(measures) >= WIDE_MM:
        return YES
    return State.NO, Cause.TOO_NARROW, detail | {"mm": f"{min(measures):.0f}"}


def broken(fault: AccessFault) -> Found:
    """What a fault says."""
    detail = {"what": str(fault.what), "note": fault.note}
    if fault.until:
        detail["until"] = fault.until.isoformat()
    return State.NO, Cause.OUT_OF_ORDER, detail


def worst(*found: Found) -> Found:
    """The weakest; of equals the first."""
    state = weakest(*(one[0] for one in found))
    return next(one for one in found if one[0] is state)


@dataclass(frozen=True, slots=True)
class _Builder:
    access: VenueAccess
    moment: Moment
    toilet: str
    wide: bool

    def of_node(self, node: AccessNode) -> Found:
        faults = [broken(one) for one in self.moment.faults if self._touches(one, node)]
        if node.kind == AccessNode.Kind.ENTRANCE:
            return worst(*faults, self._hours(node), *self._door(node))
        if node.kind == AccessNode.Kind.LIFT:
            return worst(*faults, self._lift(node))
        if node.kind == AccessNode.Kind.TOILET and self.toilet:
            return worst(*faults, self._said(("node", node.pk), self.toilet, Cause.NOT_THERE))
        return YES

    def of_link(self, pk: int) -> Found:
        key = ("link", pk)
        found = [self._said(key, "internal_route_step_free", Cause.STEPS)]
        if self.wide:
            found.append(of_fact(self.access.state(key, "narrowest_route_width"), wide=True))
        return worst(*[(state, cause, self._own(detail)) for state, cause, detail in found])

    def _touches(self, fault: AccessFault, node: AccessNode) -> bool:
        kinds = {
            AccessNode.Kind.ENTRANCE.value: {_What.ENTRANCE.value},
            AccessNode.Kind.LIFT.value: {_What.LIFT.value},
            AccessNode.Kind.TOILET.value: self._toilet_faults(),
        }
        is_here = fault.node_id == node.pk if fault.node_id else not fault.space_id
        return is_here and fault.what in kinds.get(node.kind, set())

    def _toilet_faults(self) -> set[str]:
        hoist = {_What.HOIST.value} if self.toilet == "changing_places" else set()
        return {_What.TOILET.value, *hoist}

    def _hours(self, node: AccessNode) -> Found:
        if self.moment.piece is None or node.hours == AccessNode.Hours.VENUE:
            return YES
        if node.hours == AccessNode.Hours.UNKNOWN:
            return State.UNKNOWN, Cause.HOURS_UNKNOWN, {}
        if covers(self.access.hours.get(node.pk, ()), self.moment.piece):
            return YES
        return State.NO, Cause.CLOSED_THEN, {}

    def _door(self, node: AccessNode) -> Sequence[Found]:
        """No steps, and wide enough where that is asked."""
        key = ("node", node.pk)
        state, cause, detail = self._said(key, "entrance_step_free", Cause.STEPS)
        if cause is Cause.STEPS:
            counted = self.access.state(key, "entrance_steps")
            if counted.state is State.YES and counted.rows[0].measure:
                detail = detail | {"steps": f"{counted.rows[0].measure:.0f}"}
        found = [(state, cause, detail)]
        if self.wide:
            width = of_fact(self.access.state(key, "door_clear_width"), wide=True)
            found.append((width[0], width[1], self._own(width[2])))
        return found

    def _lift(self, node: AccessNode) -> Found:
        key: PlaceKey = ("node", node.pk)
        known = self.access.state(key, "lift")
        if known.state is State.YES and known.rows[0].choice == "stair_lift":
            return State.NO, Cause.STAIR_LIFT, {}
        return self._said(key, "lift", Cause.NOT_THERE)

    def _said(self, key: PlaceKey, code: str, cause: Cause) -> Found:
        """A fact of a drawn place, told by the place's name instead of the fact's words."""
        state, found, detail = of_fact(self.access.state(key, code))
        return state, (cause if found is Cause.FACT else found), self._own(detail)

    @staticmethod
    def _own(detail: Detail) -> Detail:
        return {name: value for name, value in detail.items() if name != "code"}
