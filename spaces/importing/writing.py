"""Write one record: add the venue, change what the list changed, or leave it as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Council, Operator, User
from spaces.importing import adding, parts
from spaces.importing.fresh import Fresh
from spaces.importing.matching import Index
from spaces.importing.merging import merge
from spaces.importing.records import VenueRecord
from spaces.importing.report import Note, Outcome
from spaces.importing.standing import Standing
from spaces.models import ImportChange, ImportedRecord, Venue, VenueImport, Ward


@dataclass(slots=True)
class Destination:
    """Where an import's venues belong, who writes them when, and what is there already."""

    council: Council
    operator: Operator
    source: str
    label: str
    actor: User | None
    now: datetime
    index: Index
    log: VenueImport | None = None
    touched: dict[int, int] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    created: dict[int, ImportChange] = field(default_factory=dict)
    wards: dict[str, Ward] = field(default_factory=dict)
    fresh: Fresh = field(default_factory=Fresh)
    standing: Standing = field(default_factory=Standing)


@dataclass(slots=True)
class Written:
    """What came of a row."""

    outcome: Outcome
    changed: tuple[str, ...] = ()
    warnings: tuple[Note, ...] = ()
    venue_id: int | None = None


def foresee(records: Iterable[VenueRecord], to: Destination) -> None:
    """Read at once what the next records are about."""
    found = (to.index.find(record) for record in records)
    written = {venue.pk for venue in found if venue is not None} - to.fresh.waiting.keys()
    to.standing.load(written)


def make_way(record: VenueRecord, to: Destination) -> None:
    """Write what waits where it is full, or where this record is about a venue among it."""
    venue = to.index.find(record) if to.fresh.waiting else None
    if to.fresh.is_full or (venue is not None and venue.pk in to.fresh.waiting):
        write_waiting(to)


def write_waiting(to: Destination) -> None:
    """Write the new venues; those that the database refuses are as if they had never been read."""
    before = set(to.fresh.refused)
    to.fresh.write()
    for pk in to.fresh.refused - before:
        to.index.forget(pk)
        to.created.pop(pk, None)


def write(record: VenueRecord, *, row: int, to: Destination) -> Written:
    """Make the venue as the record says, as far as nobody has said otherwise since."""
    venue = to.index.find(record)
    if venue is None:
        return _create(record, row=row, to=to)
    if venue.pk in to.touched:
        return _again(venue, record, row=row, to=to)
    to.touched[venue.pk] = row
    known = to.index.records.get(record.key)
    said: dict[str, Any] = dict(known.said) if known else {}
    merged = merge(venue, record.fields, said)
    warnings = list(merged.warnings)
    if known is None and venue.source != to.source:
        words = _("It is here already: nothing was overwritten, only blanks were filled.")
        warnings.append(Note("already_here", "", words))
    before: dict[str, Any] = {name: getattr(venue, name) for name in merged.wanted}
    for name, value in merged.wanted.items():
        setattr(venue, name, value)
    if merged.wanted:
        venue.save(update_fields=list(merged.wanted))
    ward = _ward(record, to)
    changed = parts.write_all(venue, record, merged.said, ward=ward, standing=to.standing)
    if merged.said != said or known is None:
        _remember(venue, record.key, merged.said, to)
    if not merged.wanted and not changed.names:
        return Written(Outcome.UNCHANGED, warnings=tuple(warnings))
    before_all = {"fields": before, "said": said if known else None, "parts": changed.undo}
    after = {"fields": merged.wanted, "said": merged.said, "key": record.key, "source": to.source}
    _log(venue, row, ImportChange.What.UPDATED, before_all, after, to)
    _record("update_imported_venue", _("%(name)s changed from %(source)s"), venue, to)
    names = (*merged.wanted, *changed.names)
    return Written(Outcome.UPDATED, names, tuple(warnings))


def _again(venue: Venue, record: VenueRecord, *, row: int, to: Destination) -> Written:
    """A second row about one venue adds its own room, and says nothing else."""
    first = to.touched[venue.pk]
    not_for_hire, mode = Venue.BookingMode.NOT_FOR_HIRE, record.first_fields["booking_mode"]
    if venue.pk in to.created and venue.booking_mode == not_for_hire and mode != not_for_hire:
        # One of its rooms is kept private, another is not.
        venue.booking_mode = Venue.BookingMode.NOT_KNOWN
        venue.save(update_fields=["booking_mode"])
        to.created[venue.pk].after["fields"]["booking_mode"] = venue.booking_mode
        to.created[venue.pk].save(update_fields=["after"])
    known = to.index.records.get(record.key)
    if record.space is not None and known is not None:
        said = dict(known.said)
        changed = parts.write_space_only(venue, record, said, standing=to.standing)
        if changed.names:
            before = {"fields": {}, "said": dict(known.said), "parts": changed.undo}
            after = {"fields": {}, "said": said, "key": record.key, "source": to.source}
            _remember(venue, record.key, said, to)
            _log(venue, row, ImportChange.What.UPDATED, before, after, to)
            return Written(Outcome.UPDATED, tuple(changed.names))
        if record.space.slug or (
            record.space.name in said.get("spaces", {}) and changed.is_other_room
        ):
            return Written(Outcome.UNCHANGED)
    words = _("It is the place of row %(row)d again: nothing was added.") % {"row": first}
    return Written(Outcome.UNCHANGED, warnings=(Note("repeated", "", words),))


def _create(record: VenueRecord, *, row: int, to: Destination) -> Written:
    venue = adding.venue_of(record, _free_slug(record.fields["name"], record.key, to), to)
    said = dict(record.fields)
    rows, undo = adding.parts_of(venue, record, said, ward=_ward(record, to), fresh=to.fresh)
    known = ImportedRecord(
        council=to.council, source=to.source, key=record.key, venue=venue, said=said
    )
    to.index.add(venue)
    to.index.records[record.key] = known
    to.touched[venue.pk] = row
    rows += [known, *_log_of_new(venue, record, row, said, undo, to)]
    to.fresh.add(venue.pk, [venue, *rows])
    return Written(Outcome.CREATED, venue_id=venue.pk)


def _log_of_new(
    venue: Venue,
    record: VenueRecord,
    row: int,
    said: dict[str, Any],
    undo: dict[str, Any],
    to: Destination,
) -> list[Model]:
    """What was added, for those who take it back and for those who ask who did it."""
    after = {"fields": record.fields | record.first_fields, "parts": undo, "said": said}
    words = _("%(name)s added from %(source)s") % {"name": venue.name, "source": to.label}
    entry = audit.entry("import_venue", venue, words, actor=to.actor, now=to.now)
    if to.log is None:
        return [entry]
    change = _change(venue, row, ImportChange.What.CREATED, {}, after, to.log)
    change.pk = to.fresh.number(ImportChange)
    to.created[venue.pk] = change
    return [change, entry]


def _remember(venue: Venue, key: str, said: dict[str, Any], to: Destination) -> None:
    row = to.index.records.get(key)
    if row is None:
        row = ImportedRecord(council=to.council, source=to.source, key=key)
    row.venue, row.said = venue, said
    row.save()
    to.index.records[key] = row


def _log(
    venue: Venue,
    row: int,
    what: ImportChange.What,
    before: dict[str, Any],
    after: dict[str, Any],
    to: Destination,
) -> None:
    if to.log is not None:
        _change(venue, row, what, before, after, to.log).save()


def _change(
    venue: Venue,
    row: int,
    what: ImportChange.What,
    before: dict[str, Any],
    after: dict[str, Any],
    log: VenueImport,
) -> ImportChange:
    return ImportChange(
        venue_import=log,
        venue=venue,
        row=row,
        what=what,
        name=venue.name,
        before=before,
        after=after,
    )


def _ward(record: VenueRecord, to: Destination) -> Ward | None:
    if not record.ward_name:
        return None
    if record.ward_name not in to.wards:
        ward, _created = Ward.objects.get_or_create(
            council=to.council, name=record.ward_name, defaults={"code": record.ward_code}
        )
        to.wards[record.ward_name] = ward
    return to.wards[record.ward_name]


def _free_slug(name: str, key: str, to: Destination) -> str:
    base = slugify(name)[:140] or f"venue-{slugify(key)}"[:140].strip("-")
    if not to.slugs:
        to.slugs.update(Venue.objects.values_list("slug", flat=True))
    slug, n = base, 2
    while slug in to.slugs:
        slug, n = f"{base}-{n}", n + 1
    to.slugs.add(slug)
    return slug


def _record(verb: str, words: str, venue: Venue, to: Destination) -> None:
    said = words % {"name": venue.name, "source": to.label}
    audit.record(verb, venue, said, actor=to.actor, now=to.now)
