"""The ways of a venue as a small graph of values, and the best way through it. Pure.

A way is as good as its weakest link: any no gives no, else anything not known gives not known.
Among several ways the best counts. (docs/decisions/0015-answers-about-access-are-kept.md)
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise

from spaces.access_facts import State

STREET = 0
# Nobody needs to know that there are more; counting all of them may take for ever.
MOST_WAYS = 9
# One "no" weighs more than any number of "not known", and that more than any length.
_COST = {State.YES: 1, State.UNKNOWN: 1_000, State.NO: 1_000_000}
# Among ways that are a no, one that is a yes at another time is the one worth naming.
_COST_FOR_NOW = 900_000
_ORDER = {State.NO: 0, State.UNKNOWN: 1, State.YES: 2}


class Cause(StrEnum):
    """Why a link or a place is not a yes."""

    NONE = ""
    STEPS = "steps"
    NOT_CHECKED = "not_checked"
    REPORTS_DIFFER = "reports_differ"
    OUT_OF_DATE = "out_of_date"
    CLOSED_THEN = "closed_then"
    HOURS_UNKNOWN = "hours_unknown"
    OUT_OF_ORDER = "out_of_order"
    STAIR_LIFT = "stair_lift"
    TOO_NARROW = "too_narrow"
    NOT_THERE = "not_there"
    NO_WAY_DRAWN = "no_way_drawn"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Link:
    """A way between two places, both ways round. `detail`: data for the words."""

    a: int
    b: int
    state: State = State.YES
    cause: Cause = Cause.NONE
    detail: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A place; to get in or through it is yes, no or not known too."""

    key: int
    name: str
    state: State = State.YES
    cause: Cause = Cause.NONE
    detail: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Weak:
    """What makes a way less than a yes: a place, or the link that leads to it from `before`."""

    state: State
    cause: Cause
    name: str
    before: str = ""
    detail: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """The best way. `keys`: the places in order, start and end among them; empty for none.

    `ways`: how many different ways are as good as a yes, at most `MOST_WAYS`; 0 unless it is one.
    """

    state: State
    keys: tuple[int, ...] = ()
    weakest: tuple[Weak, ...] = ()
    ways: int = 0


@dataclass(frozen=True, slots=True)
class Graph:
    """Places by key and the links between them."""

    stops: Mapping[int, Stop]
    links: tuple[Link, ...]

    def beside(self) -> dict[int, list[tuple[int, Link]]]:
        """For each place, the places that a link joins to it."""
        found: dict[int, list[tuple[int, Link]]] = defaultdict(list)
        for link in self.links:
            found[link.a].append((link.b, link))
            found[link.b].append((link.a, link))
        return found


def weakest(*states: State) -> State:
    """No before not known before yes."""
    return min(states, key=_ORDER.__getitem__, default=State.UNKNOWN)


def best(*states: State) -> State:
    """Yes before not known before no; not known of nothing."""
    return max(states, key=_ORDER.__getitem__, default=State.UNKNOWN)


def best_way(
    graph: Graph,
    starts: Collection[int],
    goals: Collection[int],
    *,
    without: Collection[int] = (),
) -> Way:
    """The best way from any of `starts` to any of `goals` that meets none of `without`."""
    keys = _cheapest(graph, starts, frozenset(goals), frozenset(without))
    if not keys:
        return Way(State.UNKNOWN, weakest=(Weak(State.UNKNOWN, Cause.NO_WAY_DRAWN, ""),))
    parts = list(_weak_parts(graph, keys))
    state = weakest(State.YES, *(part.state for part in parts))
    told = tuple(part for part in parts if part.state is state)
    ways = 0
    if state is State.YES:
        found = _yes_ways(graph, starts, frozenset(goals), frozenset(without))
        ways = sum(1 for _way in islice(found, MOST_WAYS))
    return Way(state, keys, told, ways)


def _cheapest(
    graph: Graph, starts: Collection[int], goals: frozenset[int], without: frozenset[int]
) -> tuple[int, ...]:
    """Dijkstra; where it begins costs nothing to leave."""
    beside = graph.beside()
    queue: list[tuple[int, tuple[int, ...]]] = [
        (0, (key,)) for key in sorted(starts) if key in graph.stops and key not in without
    ]
    heapq.heapify(queue)
    done: set[int] = set()
    while queue:
        cost, keys = heapq.heappop(queue)
        here = keys[-1]
        if here in goals:
            return keys
        if here in done:
            continue
        done.add(here)
        for there, link in beside.get(here, ()):
            if there in done or there in without or there not in graph.stops:
                continue
            more = _cost(link) + _cost(graph.stops[there])
            heapq.heappush(queue, (cost + more, (*keys, there)))
    return ()


def _cost(part: Link | Stop) -> int:
    if part.cause in {Cause.CLOSED_THEN, Cause.OUT_OF_ORDER} and part.state is State.NO:
        return _COST_FOR_NOW
    return _COST[part.state]


def _weak_parts(graph: Graph, keys: tuple[int, ...]) -> Iterator[Weak]:
    """Everything on the way that is not a yes, in order."""
    for here, there in pairwise(keys):
        # The best of several links between the same places is the one that is taken.
        between = [link for link in graph.links if {link.a, link.b} == {here, there}]
        link = max(between, key=lambda one: _ORDER[one.state])
        before, stop = graph.stops[here], graph.stops[there]
        if link.state is not State.YES:
            yield Weak(link.state, link.cause, stop.name, before.name, link.detail)
        if stop.state is not State.YES:
            yield Weak(stop.state, stop.cause, stop.name, "", stop.detail)


def _yes_ways(
    graph: Graph, starts: Collection[int], goals: frozenset[int], without: frozenset[int]
) -> Iterator[tuple[int, ...]]:
    """Every way of yes alone that meets no place twice, one after the other."""
    beside = graph.beside()
    joined: dict[int, list[int]] = {}
    for here, others in beside.items():
        joined[here] = sorted(
            {
                there
                for there, link in others
                if link.state is State.YES
                and there in graph.stops
                and there not in without
                and graph.stops[there].state is State.YES
            }
        )
    for start in sorted(starts):
        if start in graph.stops and start not in without:
            yield from _on_from((start,), joined, goals, frozenset(starts))


def _on_from(
    keys: tuple[int, ...],
    joined: Mapping[int, list[int]],
    goals: frozenset[int],
    starts: frozenset[int],
) -> Iterator[tuple[int, ...]]:
    if keys[-1] in goals:
        yield keys
        return
    met = set(keys) | starts
    if not _can_reach(keys[-1], joined, goals, met):
        return
    for there in joined.get(keys[-1], ()):
        if there not in met:
            yield from _on_from((*keys, there), joined, goals, starts)


def _can_reach(
    start: int, joined: Mapping[int, list[int]], goals: frozenset[int], met: set[int]
) -> bool:
    """Whether a goal is still ahead: without this a dead end would be searched for ever."""
    ahead, seen = [start], set(met)
    while ahead:
        for there in joined.get(ahead.pop(), ()):
            if there in goals and there not in met:
                return True
            if there not in seen:
                seen.add(there)
                ahead.append(there)
    return False
