"""A venue that is new, with all that belongs to it, as rows that are not stored yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model

from spaces.importing import parts
from spaces.importing.fresh import Fresh
from spaces.importing.parts import FACILITY_NOTE, iso
from spaces.importing.records import VenueRecord
from spaces.models import AccessFact, Facility, Space, SpacePart, Venue, Ward

if TYPE_CHECKING:
    from spaces.importing.writing import Destination


def venue_of(record: VenueRecord, slug: str, to: Destination) -> Venue:
    """The venue itself, with the number it will have."""
    return Venue(
        pk=to.fresh.number(Venue),
        council=to.council,
        operator=to.operator,
        slug=slug,
        source=to.source,
        source_key=record.key,
        created_at=to.now,
        **record.fields,
        **record.first_fields,
    )


def parts_of(
    venue: Venue, record: VenueRecord, said: dict[str, Any], *, ward: Ward | None, fresh: Fresh
) -> tuple[list[Model], dict[str, Any]]:
    """Its room, facilities and facts; and what is needed to take them back. Fills in `said`."""
    rows: list[Model] = []
    undo: dict[str, Any] = {}
    venue.ward = ward
    said["ward"] = ward.pk if ward else None
    if ward:
        undo["ward"] = [None, ward.pk]
    space = _space_of(venue, record, said, rows, undo, fresh)
    if record.facilities:
        said["facilities"] = {str(code): number for code, number in record.facilities.items()}
        undo["facilities"] = [{}, said["facilities"]]
        rows += [
            Facility(venue=venue, code=code, quantity=number, note=FACILITY_NOTE)
            for code, number in record.facilities.items()
        ]
    _facts_of(venue, space, record, said, rows, undo, fresh)
    return rows, undo


def _space_of(
    venue: Venue,
    record: VenueRecord,
    said: dict[str, Any],
    rows: list[Model],
    undo: dict[str, Any],
    fresh: Fresh,
) -> Space | None:
    if record.space is None:
        return None
    space = parts.new_space(venue, record.space)
    space.pk = fresh.number(Space)
    rows += [space, SpacePart(space=space, part=space)]
    said["spaces"] = {space.slug: space.description}
    undo["space"] = space.pk
    return space


def _facts_of(
    venue: Venue,
    space: Space | None,
    record: VenueRecord,
    said: dict[str, Any],
    rows: list[Model],
    undo: dict[str, Any],
    fresh: Fresh,
) -> None:
    known: dict[str, Any] = {}
    for fact in record.facts:
        if fact.value == AccessFact.Value.UNKNOWN:
            continue
        place = space if fact.is_of_space else None
        row = parts.new_fact(venue, place, fact, record.checked_on)
        row.pk = fresh.number(AccessFact)
        rows.append(row)
        undo.setdefault("facts", []).append([row.pk, None])
        wanted = [fact.value.value, fact.note, fact.measure, iso(record.checked_on)]
        known[f"{place.slug if place else ''}/{fact.code}"] = wanted
    if known:
        said["facts"] = known
