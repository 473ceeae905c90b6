"""The form of a visit, page by page: which facts are asked, of which place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.models import Answered
from spaces.access_facts import FACTS, GROUPS, Fact, Kind, Where
from spaces.models import AccessNode, Space, Venue

Key = tuple[str, int | None, int | None]

_OF_NODES = {
    AccessNode.Kind.ENTRANCE: Where.ENTRANCE,
    AccessNode.Kind.LIFT: Where.LIFT,
    AccessNode.Kind.TOILET: Where.TOILET,
}
_RECORDED = "recorded_"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form: facts of one place."""

    slug: str
    heading: str
    facts: tuple[Fact, ...]
    space: Space | None = None
    node: AccessNode | None = None

    @property
    def keys(self) -> list[Key]:
        """What its answers are kept under."""
        space_id = self.space.pk if self.space else None
        node_id = self.node.pk if self.node else None
        return [(fact.code, space_id, node_id) for fact in self.facts]


def key_of(row: Answered) -> Key:
    """The fact and the place of an answer."""
    return (row.code, row.space_id, row.node_id)


def steps_of(venue: Venue) -> list[Step]:
    """In the order in which a visitor meets them. Two queries.

    An entrance, lift or toilet that is on the venue's map of ways is asked about by itself;
    where there is none, the same questions are asked of the venue as a whole.
    """
    nodes = list(venue.access_nodes.filter(kind__in=list(_OF_NODES)))
    spaces = list(venue.spaces.filter(is_bookable=True).order_by("name", "pk"))
    known = {_OF_NODES[AccessNode.Kind(node.kind)] for node in nodes}
    if spaces:
        known.add(Where.SPACE)
    return [*_of_venue(known), *_of_nodes(nodes), *_of_spaces(spaces)]


def _of_venue(elsewhere: Iterable[Where]) -> Iterator[Step]:
    places = set(elsewhere)
    for number, (heading, facts) in enumerate(GROUPS, start=1):
        asked = tuple(
            fact
            for fact in _asked(facts)
            if fact.belongs_to(Where.VENUE) and not places.intersection(fact.where)
        )
        if asked:
            yield Step(f"part-{number}", str(heading), asked)


def _of_nodes(nodes: Iterable[AccessNode]) -> Iterator[Step]:
    for node in nodes:
        where = _OF_NODES[AccessNode.Kind(node.kind)]
        facts = tuple(fact for fact in _asked(FACTS.values()) if where in fact.where)
        yield Step(f"place-{node.pk}", node.name, facts, node=node)


def _of_spaces(spaces: Iterable[Space]) -> Iterator[Step]:
    facts = tuple(fact for fact in _asked(FACTS.values()) if Where.SPACE in fact.where)
    for space in spaces:
        yield Step(f"room-{space.pk}", space.name, facts, space=space)


def _asked(facts: Iterable[Fact]) -> Iterator[Fact]:
    """All but what is worked out, and what only a public record knows."""
    for fact in facts:
        if fact.kind is not Kind.DERIVED and not fact.code.startswith(_RECORDED):
            yield fact
