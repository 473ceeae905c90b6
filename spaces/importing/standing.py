"""What venues have already, read for many at once: rooms, facilities and imported facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from spaces.models import AccessFact, Facility, Space


@dataclass(slots=True)
class Parts:
    """Of one venue: its rooms by short name, its own facilities by code, what lists said of it."""

    spaces: dict[str, Space] = field(default_factory=dict)
    facilities: dict[str, Facility] = field(default_factory=dict)
    facts: dict[tuple[int | None, str], AccessFact] = field(default_factory=dict)


@dataclass(slots=True)
class Standing:
    """Kept until somebody writes to the venue. Three queries for any number of venues."""

    _known: dict[int, Parts] = field(default_factory=dict)

    def load(self, venue_ids: Collection[int]) -> None:
        """Know these venues, and no others, so that a long list takes no more memory."""
        self._known = {pk: Parts() for pk in venue_ids}
        ids = list(venue_ids)
        if not ids:
            return
        for space in Space.objects.filter(venue__in=ids):
            self._known[space.venue_id].spaces[space.slug] = space
        for facility in Facility.objects.filter(venue__in=ids, space=None):
            self._known[facility.venue_id].facilities[facility.code] = facility
        for fact in AccessFact.objects.filter(
            venue__in=ids, source=AccessFact.Source.IMPORTED, superseded_by=None
        ):
            self._known[fact.venue_id].facts[fact.space_id, fact.code] = fact

    def of(self, venue_id: int) -> Parts:
        """What this venue has now."""
        if venue_id not in self._known:
            others = self._known
            self.load([venue_id])
            self._known = others | self._known
        return self._known[venue_id]

    def forget(self, venue_ids: Iterable[int]) -> None:
        """Something was written: read it anew when it is asked for."""
        for pk in venue_ids:
            self._known.pop(pk, None)
