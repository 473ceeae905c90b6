"""Which venue a row is about: by the list's own key, then by name and postcode, then by UPRN.

In our own files the short name comes first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.models import Council
from spaces.importing import own
from spaces.importing.geography import metres_between
from spaces.importing.keys import is_alike, plain_name, short_key
from spaces.importing.records import VenueRecord
from spaces.models import ImportedRecord, Venue

_NEAR_METRES = 500


@dataclass(slots=True)
class Index:
    """All venues of a council that the writer may know of, ready to be looked up."""

    council: Council
    source: str
    allowed: QuerySet[Venue]
    records: dict[str, ImportedRecord] = field(default_factory=dict)
    venues: dict[int, Venue] = field(default_factory=dict)
    _by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_slug: dict[str, int] = field(default_factory=dict)
    _by_uprn: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for venue in self.allowed.filter(council=self.council):
            self.add(venue)
        rows = ImportedRecord.objects.filter(council=self.council, source=self.source)
        self.records = {row.key: row for row in rows}

    def add(self, venue: Venue) -> None:
        """Know a venue from now on."""
        self.venues[venue.pk] = venue
        self._by_name[plain_name(venue.name)].append(venue.pk)
        if self.source in own.SOURCES:
            self._by_slug[short_key(venue.slug)] = venue.pk
        if venue.uprn:
            self._by_uprn[venue.uprn].append(venue.pk)

    def forget(self, pk: int) -> None:
        """A venue that was not stored after all."""
        venue = self.venues.pop(pk)
        self._by_name[plain_name(venue.name)].remove(pk)
        if venue.uprn:
            self._by_uprn[venue.uprn].remove(pk)
        self._by_slug = {slug: one for slug, one in self._by_slug.items() if one != pk}
        self.records = {key: row for key, row in self.records.items() if row.venue_id != pk}

    def find(self, record: VenueRecord) -> Venue | None:
        """The venue this row is about, if it is here. One somebody else runs is not found."""
        known = self.records.get(record.key)
        if known:
            return self.venues.get(known.venue_id)
        fields = record.fields
        ours = self.venues.get(self._by_slug.get(record.key, 0))
        if ours is not None and is_alike(ours.name, fields["name"]):
            return ours
        for pk in self._by_name.get(plain_name(fields["name"]), []):
            if _is_same_place(self.venues[pk], fields) and not self._is_of_another_row(pk):
                return self.venues[pk]
        at_uprn = self._by_uprn.get(fields["uprn"], []) if fields["uprn"] else []
        alike = [
            pk
            for pk in at_uprn
            if is_alike(self.venues[pk].name, fields["name"]) and not self._is_of_another_row(pk)
        ]
        return self.venues[alike[0]] if len(alike) == 1 else None

    def _is_of_another_row(self, pk: int) -> bool:
        """In our own files each short name is a venue of its own, however alike the names are."""
        if self.source not in own.SOURCES:
            return False
        return any(row.venue_id == pk for row in self.records.values())

    def is_anothers(self, record: VenueRecord) -> bool:
        """Whether the list's key belongs to a venue that the writer may not change."""
        known = self.records.get(record.key)
        return known is not None and known.venue_id not in self.venues


def _is_same_place(venue: Venue, fields: dict[str, Any]) -> bool:
    """Whether two of one name are one place: by postcode, else by UPRN, place, address or town."""
    if venue.postcode and fields["postcode"]:
        return bool(venue.postcode == fields["postcode"])
    if venue.uprn and fields["uprn"]:
        return bool(venue.uprn == fields["uprn"])
    if venue.latitude is not None and fields["latitude"] is not None:
        here, there = (
            (venue.latitude, venue.longitude or 0.0),
            (
                fields["latitude"],
                fields["longitude"],
            ),
        )
        return metres_between(here, there) < _NEAR_METRES
    one, other = plain_name(venue.address), plain_name(fields["address"])
    if one and other:
        return one == other
    return plain_name(venue.town) == plain_name(fields["town"])
