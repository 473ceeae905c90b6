"""Current facts of many places in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from spaces.access_facts.needs import NEEDS, NeedState, need_state
from spaces.access_facts.states import FactState, State, fact_state
from spaces.models import AccessFact, Space


def facts_of_spaces(space_ids: Collection[int]) -> dict[int, dict[str, FactState]]:
    """For each space, what is known by code, its own before its venue's. Two queries."""
    venues = dict(Space.objects.filter(pk__in=space_ids).values_list("pk", "venue_id"))
    of_venue: dict[int, list[AccessFact]] = defaultdict(list)
    of_space: dict[int, list[AccessFact]] = defaultdict(list)
    for row in _current(set(venues.values())):
        if row.space_id is None:
            of_venue[row.venue_id].append(row)
        else:
            of_space[row.space_id].append(row)
    return {
        space_id: _by_code([*of_space[space_id], *of_venue[venue_id]])
        for space_id, venue_id in venues.items()
    }


def facts_of_venues(venue_ids: Collection[int]) -> dict[int, dict[str, FactState]]:
    """For each venue, what is known of the whole of it, by code. One query."""
    rows: dict[int, list[AccessFact]] = {venue_id: [] for venue_id in venue_ids}
    for row in _current(venue_ids).filter(space__isnull=True):
        rows[row.venue_id].append(row)
    return {venue_id: _by_code(found) for venue_id, found in rows.items()}


def needs_met(
    facts: Mapping[str, FactState], wanted: Iterable[str] = tuple(NEEDS)
) -> dict[str, NeedState]:
    """Whether each wanted need is met, by its slug."""
    return {slug: need_state(NEEDS[slug], facts) for slug in wanted}


def known_needs(space_ids: Collection[int]) -> dict[int, set[str]]:
    """The needs that each space is known to meet, by slug. Two queries."""
    return {
        space_id: {slug for slug, need in needs_met(facts).items() if need.state is State.YES}
        for space_id, facts in facts_of_spaces(space_ids).items()
    }


def _current(venue_ids: Collection[int]) -> QuerySet[AccessFact]:
    """Of the venue and its rooms; what is known of its entrances and ways is in spaces/routes."""
    return AccessFact.objects.filter(
        venue_id__in=venue_ids, superseded_by__isnull=True, node__isnull=True, link__isnull=True
    ).order_by("code", "pk")


def _by_code(rows: Iterable[AccessFact]) -> dict[str, FactState]:
    codes: dict[str, list[AccessFact]] = defaultdict(list)
    for row in rows:
        codes[row.code].append(row)
    return {code: fact_state(code, found) for code, found in codes.items()}
