"""What belongs to an imported venue: its ward, room, facilities and facts.

Each is written, changed and taken away only as long as it is what the list said last; `said`
keeps that. `undo` holds what is needed to take it all back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import slugify

from spaces.access_facts import FACTS
from spaces.importing.records import FactRecord, SpaceRecord, VenueRecord
from spaces.importing.standing import Parts, Standing
from spaces.models import AccessFact, Facility, Space, SpacePart, Venue, Ward

# Kept in the database, so never translated.
FACILITY_NOTE = "From a public record"


@dataclass(slots=True)
class Changed:
    """The names of what changed, and how it was before."""

    names: list[str] = field(default_factory=list)
    undo: dict[str, Any] = field(default_factory=dict)
    is_other_room: bool = False


def write_all(
    venue: Venue,
    record: VenueRecord,
    said: dict[str, Any],
    *,
    ward: Ward | None,
    standing: Standing,
) -> Changed:
    """Ward, room, facilities and facts, as far as nobody has changed them since."""
    changed = Changed()
    here = standing.of(venue.pk)
    _write_ward(venue, ward, said, changed)
    space = _write_space(venue, here, record.space, said, changed)
    _write_facilities(venue, here, record.facilities, said, changed)
    _write_facts(venue, here, space, record.facts, record.checked_on, said, changed)
    if changed.names:
        standing.forget([venue.pk])
    return changed


def write_space_only(
    venue: Venue, record: VenueRecord, said: dict[str, Any], *, standing: Standing
) -> Changed:
    """One more room of a venue that an earlier row wrote, with the facts about the room."""
    changed = Changed()
    if record.space is None:
        return changed
    said["spaces"] = dict(said.get("spaces", {}))
    said["facts"] = dict(said.get("facts", {}))
    changed.is_other_room = slug_of(record.space) in said["spaces"]
    here = standing.of(venue.pk)
    space = _write_space(venue, here, record.space, said, changed)
    own = tuple(fact for fact in record.facts if fact.is_of_space)
    _write_facts(venue, here, space, own, record.checked_on, said, changed)
    if changed.names:
        standing.forget([venue.pk])
    return changed


def slug_of(record: SpaceRecord) -> str:
    """The short name of the room within its venue."""
    return record.slug or slugify(record.name)[:110] or "room"


def _write_ward(venue: Venue, ward: Ward | None, said: dict[str, Any], changed: Changed) -> None:
    wanted = ward.pk if ward else None
    may = venue.ward_id == said.get("ward")
    if wanted != venue.ward_id and wanted is not None and may:
        changed.undo["ward"] = [venue.ward_id, wanted]
        changed.names.append("ward")
        venue.ward = ward
        venue.save(update_fields=["ward"])
    if wanted == venue.ward_id:
        said["ward"] = wanted


def _write_space(
    venue: Venue,
    here: Parts,
    record: SpaceRecord | None,
    said: dict[str, Any],
    changed: Changed,
) -> Space | None:
    if record is None:
        return None
    slug = slug_of(record)
    known = dict(said.get("spaces", {}))
    space = here.spaces.get(slug)
    if space is None and slug not in known:
        space = new_space(venue, record)
        space.save()
        SpacePart.objects.create(space=space, part=space)
        changed.names.append("space")
        changed.undo["space"] = space.pk
    elif (
        space is not None
        and space.description != record.description
        and space.description == known.get(slug, "")
        and record.description
    ):
        changed.undo["space_words"] = [space.pk, space.description, record.description]
        space.description = record.description
        space.save(update_fields=["description"])
        changed.names.append("space")
    if space is None or space.description == record.description:
        known[slug] = record.description
        said["spaces"] = known
    return space


def new_space(venue: Venue, record: SpaceRecord) -> Space:
    """The room of a record, not stored yet; nobody has said that it can be booked."""
    return Space(
        venue=venue,
        name=record.name,
        slug=slug_of(record),
        kind=record.kind,
        description=record.description,
        capacity=record.capacity,
        is_bookable=False,
    )


def _write_facilities(
    venue: Venue,
    standing: Parts,
    wanted: dict[Facility.Code, int | None],
    said: dict[str, Any],
    changed: Changed,
) -> None:
    last: dict[str, int | None] = dict(said.get("facilities", {}))
    if not wanted and not last:
        return
    here = standing.facilities
    before = {code: row.quantity for code, row in here.items() if row.note == FACILITY_NOTE}
    after = dict(before)
    for code, quantity in wanted.items():
        if _write_facility(venue, here.get(code), code, quantity, last):
            after[str(code)] = quantity
    for gone in last.keys() - {str(code) for code in wanted}:
        row = here.get(gone)
        if row is not None and row.note == FACILITY_NOTE and row.quantity == last[gone]:
            row.delete()
            after.pop(gone)
    said["facilities"] = {str(code): quantity for code, quantity in wanted.items()}
    if after != before:
        changed.names.append("facilities")
        changed.undo["facilities"] = [before, after]


def _write_facility(
    venue: Venue,
    row: Facility | None,
    code: Facility.Code,
    quantity: int | None,
    last: dict[str, int | None],
) -> bool:
    """Whether it now stands as the list says, by the list's word."""
    if row is None and code not in last:
        Facility.objects.create(venue=venue, code=code, quantity=quantity, note=FACILITY_NOTE)
        return True
    if row is None or row.note != FACILITY_NOTE or row.quantity != last.get(code):
        return False
    if row.quantity != quantity:
        Facility.objects.filter(pk=row.pk).update(quantity=quantity)
    return True


def _write_facts(
    venue: Venue,
    here: Parts,
    space: Space | None,
    facts: tuple[FactRecord, ...],
    checked_on: date | None,
    said: dict[str, Any],
    changed: Changed,
) -> None:
    """The old row is kept, and points to the one in its place."""
    if not facts:
        return
    current = here.facts
    known: dict[str, Any] = dict(said.get("facts", {}))
    undo = []
    for fact in facts:
        place = space if fact.is_of_space else None
        key = f"{place.slug if place else ''}/{fact.code}"
        old = current.get((place.pk if place else None, fact.code))
        wanted = [fact.value.value, fact.note, fact.measure, iso(checked_on)]
        now = _as_said(old)
        is_new = old is None and fact.value != AccessFact.Value.UNKNOWN and key not in known
        follows = old is not None and now != wanted and now == known.get(key)
        if is_new or follows:
            new = _supersede(venue, place, fact, checked_on, old)
            undo.append([new.pk, old.pk if old else None])
            changed.names.append(fact.code)
            now = wanted
        if now == wanted:
            known[key] = wanted
    if known != said.get("facts", {}):
        said["facts"] = known
    if undo:
        changed.undo["facts"] = undo


def _supersede(
    venue: Venue,
    space: Space | None,
    fact: FactRecord,
    checked_on: date | None,
    old: AccessFact | None,
) -> AccessFact:
    if old:
        # One current row per source: the old one steps aside before the new one comes.
        AccessFact.objects.filter(pk=old.pk).update(superseded_by=old.pk)
    new = new_fact(venue, space, fact, checked_on)
    new.save()
    if old:
        AccessFact.objects.filter(pk=old.pk).update(superseded_by=new)
    return new


def new_fact(
    venue: Venue, space: Space | None, fact: FactRecord, checked_on: date | None
) -> AccessFact:
    """The fact of a record, not stored yet."""
    return AccessFact(
        venue=venue,
        space=space,
        code=fact.code,
        value=fact.value,
        measure=fact.measure,
        unit=FACTS[fact.code].unit if fact.measure is not None else "",
        note=fact.note,
        source=AccessFact.Source.IMPORTED,
        checked_on=checked_on,
    )


def _as_said(row: AccessFact | None) -> list[Any] | None:
    if row is None:
        return None
    measure = int(row.measure) if row.measure is not None else None
    return [row.value, row.note, measure, iso(row.checked_on)]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
