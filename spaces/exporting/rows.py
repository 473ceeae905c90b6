"""The public catalogue, read in the same number of queries whatever its size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import Council
from spaces.access_facts import FACTS, NEEDS
from spaces.exporting.answers import UNKNOWN, Answer, answer, by_code, need_answer
from spaces.models import AccessFact, Facility, Space, SpaceNeed, Venue
from spaces.policies import VenuePolicy


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An entrance, lift, toilet or hallway, or a way between two, and what is known of it."""

    kind: str
    name: str
    access: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """A space. `access` has every fact, its own before its venue's; `own` only its own."""

    space: Space
    venue: VenueRow
    facilities: tuple[Facility, ...]
    access: dict[str, Answer]
    own: dict[str, Answer]
    needs: dict[str, str]


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue with all that is told of it; `access` has every fact, `needs` every need."""

    venue: Venue
    facilities: tuple[Facility, ...]
    access: dict[str, Answer]
    places: tuple[PlaceRow, ...]
    needs: dict[str, str]
    spaces: list[SpaceRow] = field(default_factory=list)


def public_venues(council: Council | None = None) -> QuerySet[Venue]:
    """Those that anybody at all may find: no confidential, partners' or unpublished one."""
    rows = VenuePolicy(AnonymousUser()).listed()
    return rows.filter(council=council) if council else rows


def load(council: Council | None = None) -> list[VenueRow]:
    """All public venues, or those of one council, by their slugs. Six queries."""
    venues = list(public_venues(council).select_related("ward").order_by("slug"))
    read = _Read(council)
    return [read.venue_row(venue) for venue in venues]


class _Read:
    """Everything that hangs on public venues, by whom it hangs on."""

    def __init__(self, council: Council | None) -> None:
        ids = public_venues(council).order_by().values("pk")
        self.spaces: dict[int, list[Space]] = defaultdict(list)
        rows = Space.objects.filter(venue__in=ids).prefetch_related("layouts")
        for space in rows.order_by("venue_id", "position", "name", "pk"):
            self.spaces[space.venue_id].append(space)
        self.facilities: dict[tuple[int, int | None], list[Facility]] = defaultdict(list)
        for facility in Facility.objects.filter(venue__in=ids).order_by("code", "pk"):
            self.facilities[facility.venue_id, facility.space_id].append(facility)
        self.facts: dict[tuple[int, int | None], list[AccessFact]] = defaultdict(list)
        self.at_places: dict[int, list[AccessFact]] = defaultdict(list)
        for fact in _current_facts(ids):
            if fact.node_id or fact.link_id:
                self.at_places[fact.venue_id].append(fact)
            else:
                self.facts[fact.venue_id, fact.space_id].append(fact)
        self.needs: dict[tuple[int, int | None], dict[str, set[str]]] = defaultdict(dict)
        needs = SpaceNeed.objects.filter(venue__in=ids)
        for venue_id, space_id, need, state in needs.values_list(
            "venue_id", "space_id", "need", "state"
        ).distinct():
            self.needs[venue_id, space_id].setdefault(need, set()).add(state)

    def venue_row(self, venue: Venue) -> VenueRow:
        whole = by_code(self.facts[venue.pk, None])
        at_places = by_code(self.at_places[venue.pk])
        row = VenueRow(
            venue=venue,
            facilities=tuple(self.facilities[venue.pk, None]),
            access={
                code: answer(code, whole.get(code, ()), at_places.get(code, ())) for code in FACTS
            },
            places=_places(self.at_places[venue.pk]),
            needs=self._needs(venue.pk, None),
        )
        row.spaces.extend(self._space_row(space, row, whole) for space in self.spaces[venue.pk])
        return row

    def _space_row(
        self, space: Space, row: VenueRow, whole: dict[str, list[AccessFact]]
    ) -> SpaceRow:
        said = by_code(self.facts[space.venue_id, space.pk])
        own = {code: answer(code, rows, ()) for code, rows in said.items() if code in FACTS}
        mixed = {
            code: answer(code, [*rows, *whole.get(code, ())], ())
            for code, rows in said.items()
            if code in FACTS
        }
        known = {code: one for code, one in mixed.items() if one is not UNKNOWN}
        return SpaceRow(
            space=space,
            venue=row,
            facilities=tuple(self.facilities[space.venue_id, space.pk]),
            access=row.access | known,
            own=own,
            needs=self._needs(space.venue_id, space.pk),
        )

    def _needs(self, venue_id: int, space_id: int | None) -> dict[str, str]:
        found = self.needs.get((venue_id, space_id), {})
        return {slug: need_answer(found.get(slug, ())) for slug in NEEDS}


def _current_facts(ids: Any) -> QuerySet[AccessFact]:
    rows = AccessFact.objects.filter(venue__in=ids, superseded_by__isnull=True)
    return rows.select_related("node", "link__low", "link__high").order_by("code", "pk")


def _places(rows: list[AccessFact]) -> tuple[PlaceRow, ...]:
    kinds: dict[tuple[str, int], tuple[str, str]] = {}
    said: dict[tuple[str, int], list[AccessFact]] = defaultdict(list)
    for row in rows:
        if row.node is not None:
            key, place = ("node", row.node.pk), (row.node.kind, row.node.name)
        elif row.link is not None:
            name = f"{row.link.low.name} - {row.link.high.name}"
            key, place = ("way", row.link.pk), ("way", name)
        else:
            continue
        kinds[key] = place
        said[key].append(row)
    return tuple(
        PlaceRow(
            *kinds[key],
            {code: answer(code, facts, ()) for code, facts in by_code(said[key]).items()},
        )
        for key in sorted(said)
    )
