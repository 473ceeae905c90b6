"""Step-free from the street to this room to an accessible toilet? And the other needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spaces.access_facts import NEEDS, FactState, Need, State
from spaces.access_facts import Way as By
from spaces.models import AccessFault, AccessNode
from spaces.routes.build import (
    ROOM,
    Moment,
    best_known,
    broken,
    graph_from_facts,
    graph_of,
    of_fact,
    room_keys,
    toilet_keys,
)
from spaces.routes.graph import STREET, Cause, Graph, Way, Weak, best_way, weakest
from spaces.routes.load import Room, VenueAccess

_What = AccessFault.What
# What breaks which need, where the ways of the venue do not say it.
_BREAKS = {
    _What.LOOP: "hearing_loop",
    _What.PARKING: "parking",
    _What.QUIET: "quiet",
    _What.TOILET: "accessible_toilet",
    _What.HOIST: "changing_places",
}


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """From the street to the room, and on to an accessible toilet. `names`: of the places."""

    to_room: Way
    to_toilet: Way
    names: Mapping[int, str] = field(default_factory=dict)
    is_drawn: bool = False

    @property
    def state(self) -> State:
        return weakest(self.to_room.state, self.to_toilet.state)

    @property
    def weakest(self) -> tuple[Weak, ...]:
        """What makes the answer less than a yes; empty for a yes."""
        every = (*self.to_room.weakest, *self.to_toilet.weakest)
        return tuple(one for one in every if one.state is self.state)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a need is met, and what decides it, as data that can be kept and put into words."""

    state: State
    why: dict[str, Any]


def route_to(access: VenueAccess, room: Room, moment: Moment) -> RouteAnswer:
    """The whole question for one room at one time."""
    graph = graph_of(access, moment, toilet="accessible_toilet")
    names = {key: stop.name for key, stop in graph.stops.items()}
    rooms = room_keys(access, room)
    to_room = _to_room(access, room, moment, wide=False, graph=graph)
    toilets = toilet_keys(access)
    if rooms and toilets:
        to_toilet = best_way(graph, rooms, toilets, without={STREET})
    else:
        to_toilet = _toilet_without_a_way(access, room, moment)
    return RouteAnswer(to_room, to_toilet, names, is_drawn=bool(rooms))


def need_answers(access: VenueAccess, room: Room | None, moment: Moment) -> dict[str, Answer]:
    """The answer to every need, for one room or, for None, for a venue without rooms."""
    return {slug: _answer(need, access, room, moment) for slug, need in NEEDS.items()}


def _answer(need: Need, access: VenueAccess, room: Room | None, moment: Moment) -> Answer:
    if need.way in {By.TO_ROOM, By.WIDE_TO_ROOM}:
        way = _to_room(access, room, moment, wide=need.way is By.WIDE_TO_ROOM)
        return _of_way(way, access)
    if need.way and room is not None:
        starts, goals = room_keys(access, room), toilet_keys(access)
        if starts and goals:
            graph = graph_of(access, moment, toilet=need.codes[0])
            return _of_way(best_way(graph, starts, goals, without={STREET}), access)
    return _of_facts(need, access, room, moment)


def _to_room(
    access: VenueAccess,
    room: Room | None,
    moment: Moment,
    *,
    wide: bool,
    graph: Graph | None = None,
) -> Way:
    goals = room_keys(access, room) if room else []
    if not goals:
        return best_way(graph_from_facts(access, room, moment, wide=wide), [STREET], [ROOM])
    return best_way(graph or graph_of(access, moment, wide=wide), [STREET], goals)


def _toilet_without_a_way(access: VenueAccess, room: Room, moment: Moment) -> Way:
    """An accessible toilet is not an accessible way to it: a yes is not known then."""
    answer = _of_facts(NEEDS["accessible_toilet"], access, room, moment)
    if answer.state is State.YES:
        return Way(State.UNKNOWN, weakest=(Weak(State.UNKNOWN, Cause.NO_WAY_DRAWN, "toilet"),))
    told = {key: str(value) for key, value in answer.why.items() if key != "cause"}
    weak = Weak(answer.state, Cause(answer.why["cause"]), told.get("name", ""), detail=told)
    return Way(answer.state, weakest=(weak,))


def _of_facts(need: Need, access: VenueAccess, room: Room | None, moment: Moment) -> Answer:
    """As good as the weakest of its facts; a fault of this very thing is a no."""
    for fault in moment.faults:
        is_here = fault.space_id is None or (room is not None and fault.space_id == room.id)
        if _BREAKS.get(_What(fault.what)) == need.slug and is_here:
            state, cause, detail = broken(fault)
            return Answer(state, {"cause": cause.value, **detail})
    room_id = room.id if room else None
    known = [best_known(access, room_id, code) for code in need.codes]
    for wanted in (State.NO, State.UNKNOWN):
        for one in known:
            if need.state_of(one) is wanted:
                return Answer(wanted, _why(one, wanted))
    return Answer(State.YES, {})


def _why(known: FactState, state: State) -> dict[str, Any]:
    _state, cause, detail = of_fact(known)
    if cause is Cause.NONE:
        # The fact is a yes, but not of the kind or size that is needed, or nobody said which.
        cause = Cause.FACT if state is State.NO else Cause.NOT_CHECKED
        detail = {"code": known.code, "choice": known.rows[0].choice if known.rows else ""}
    return {"cause": cause.value, **detail}


def _of_way(way: Way, access: VenueAccess) -> Answer:
    if way.state is State.YES:
        names = {node.pk: node for node in access.nodes}
        entrances = [
            names[key].name
            for key in way.keys
            if key in names and names[key].kind == AccessNode.Kind.ENTRANCE
        ]
        return Answer(State.YES, {"by": entrances[0]} if entrances and STREET in way.keys else {})
    return Answer(way.state, why_of(way.weakest[0]))


def why_of(weak: Weak) -> dict[str, Any]:
    """What `spaces.routes.words.why` puts into words."""
    told: dict[str, Any] = {"cause": weak.cause.value, **(weak.detail or {})}
    if weak.name:
        told["name"] = weak.name
    if weak.before:
        told["before"] = weak.before
    return {key: value for key, value in told.items() if value}
