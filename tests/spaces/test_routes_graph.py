"""The best way through a venue, against a model that tries every way there is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from spaces.access_facts import State
from spaces.routes.graph import MOST_WAYS, Cause, Graph, Link, Stop, best_way

_ORDER = [State.NO, State.UNKNOWN, State.YES]
_states = st.sampled_from(list(State))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(2, 7))
    keys = range(count)
    stops = {key: Stop(key, f"place {key}", draw(_states)) for key in keys}
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda p: p[0] != p[1])
    links = draw(st.lists(st.builds(lambda p, s: Link(*p, s), pairs, _states), max_size=14))
    return Graph(stops, tuple(links))


def every_way(
    graph: Graph, keys: tuple[int, ...], goals: set[int], starts: set[int], without: set[int]
) -> Iterator[tuple[int, ...]]:
    if keys[-1] in goals:
        yield keys
        return
    for there in graph.stops:
        is_new = there not in keys and there not in starts and there not in without
        if is_new and any({link.a, link.b} == {keys[-1], there} for link in graph.links):
            yield from every_way(graph, (*keys, there), goals, starts, without)


def worth(graph: Graph, keys: tuple[int, ...]) -> State:
    parts = [State.YES, *(graph.stops[key].state for key in keys[1:])]
    for here, there in itertools.pairwise(keys):
        between = [link.state for link in graph.links if {link.a, link.b} == {here, there}]
        parts.append(max(between, key=_ORDER.index))
    return min(parts, key=_ORDER.index)


@given(graphs(), st.data())
def test_the_best_way_is_what_trying_every_way_finds(graph: Graph, data: st.DataObject) -> None:
    keys = st.sets(st.sampled_from(sorted(graph.stops)), min_size=1, max_size=2)
    starts, goals, without = data.draw(keys), data.draw(keys), data.draw(keys)
    tried = [
        way
        for start in starts - without
        for way in every_way(graph, (start,), goals, starts, without)
    ]

    found = best_way(graph, starts, goals, without=without)

    states = [worth(graph, way) for way in tried]
    assert found.state is max(states, key=_ORDER.index, default=State.UNKNOWN)
    assert bool(found.keys) is bool(tried)
    assert found.ways == min(states.count(State.YES), MOST_WAYS)
    if found.keys:
        assert found.keys in tried
        assert worth(graph, found.keys) is found.state
        assert bool(found.weakest) is (found.state is not State.YES)


def test_front_steps_do_not_matter_where_the_side_door_is_level() -> None:
    graph = Graph(
        {
            0: Stop(0, ""),
            1: Stop(1, "Front door", State.NO, Cause.STEPS),
            2: Stop(2, "Side door"),
            3: Stop(3, "Hall"),
        },
        (Link(0, 1), Link(0, 2), Link(1, 3), Link(2, 3)),
    )

    found = best_way(graph, [0], [3])

    assert (found.state, found.keys, found.ways) == (State.YES, (0, 2, 3), 1)


def test_one_link_nobody_checked_is_named_and_leaves_the_answer_open() -> None:
    graph = Graph(
        {0: Stop(0, ""), 1: Stop(1, "Door"), 2: Stop(2, "Hall")},
        (Link(0, 1), Link(1, 2, State.UNKNOWN, Cause.NOT_CHECKED)),
    )

    found = best_way(graph, [0], [2])

    assert found.state is State.UNKNOWN
    assert [(weak.before, weak.name) for weak in found.weakest] == [("Door", "Hall")]


def test_many_ways_with_dead_ends_are_counted_no_further_than_anybody_reads() -> None:
    # A clique behind one door: the number of ways through it has twenty digits.
    stops = {key: Stop(key, str(key)) for key in range(24)}
    links = [Link(a, b) for a in range(2, 24) for b in range(a + 1, 24)]
    graph = Graph(stops, (Link(0, 1), Link(0, 2), *links))

    assert best_way(graph, [0], [1]).ways == 1
    assert best_way(graph, [0], [23]).ways == MOST_WAYS
