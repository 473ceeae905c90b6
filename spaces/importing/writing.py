"""Write one venue record: add it, change what the source changed, or leave it as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Council, Operator, User
from spaces.importing.records import FactRecord, VenueRecord
from spaces.importing.report import Outcome
from spaces.models import AccessFact, Facility, Space, SpacePart, Venue, Ward


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an import's venues belong, and who writes them when."""

    council: Council
    operator: Operator
    source: str
    actor: User | None
    now: datetime


def write(record: VenueRecord, *, to: Destination) -> tuple[Outcome, tuple[str, ...]]:
    """Make the venue as the record says; what came of it, and which fields changed."""
    wanted = record.fields | {"ward": _ward(record, to)}
    venue = Venue.objects.filter(
        council=to.council, source=to.source, source_key=record.key
    ).first()
    if venue is None:
        venue = _add(record, wanted, to)
        _write_rest(venue, record)
        _record("import_venue", _("%(name)s added from %(source)s"), venue, to)
        return Outcome.CREATED, ()
    changed = [name for name, value in wanted.items() if getattr(venue, name) != value]
    if changed:
        for name in changed:
            setattr(venue, name, wanted[name])
        venue.save(update_fields=changed)
    changed += _write_rest(venue, record)
    if not changed:
        return Outcome.UNCHANGED, ()
    _record("update_imported_venue", _("%(name)s changed from %(source)s"), venue, to)
    return Outcome.UPDATED, tuple(changed)


def _add(record: VenueRecord, fields: dict[str, Any], to: Destination) -> Venue:
    venue = Venue.objects.create(
        council=to.council,
        operator=to.operator,
        slug=_free_slug(record.fields["name"], record.key),
        source=to.source,
        source_key=record.key,
        created_at=to.now,
        **fields,
        **record.first_fields,
    )
    space = Space.objects.create(
        venue=venue,
        name=record.space_name,
        slug=slugify(record.space_name),
        kind=record.space_kind,
        is_bookable=venue.booking_mode == Venue.BookingMode.HERE,
        description=record.space_description,
    )
    SpacePart.objects.create(space=space, part=space)
    return venue


def _write_rest(venue: Venue, record: VenueRecord) -> list[str]:
    """Room, facilities and facts; the names of what changed."""
    changed: list[str] = []
    space = venue.spaces.filter(slug=slugify(record.space_name)).first()
    if space and space.description != record.space_description:
        space.description = record.space_description
        space.save(update_fields=["description"])
        changed.append("description")
    if _write_facilities(venue, record):
        changed.append("facilities")
    changed += [
        fact.code
        for fact in record.facts
        if _write_fact(venue, space if fact.is_of_space else None, fact, record)
    ]
    return changed


def _write_facilities(venue: Venue, record: VenueRecord) -> bool:
    """Ours carry the source in their note; what somebody else wrote is left alone."""
    note = _("From a public record")
    others = set(
        venue.facilities.filter(space=None).exclude(note=note).values_list("code", flat=True)
    )
    mine = {row.code: row for row in venue.facilities.filter(space=None, note=note)}
    wanted = {code: n for code, n in record.facilities.items() if code not in others}
    gone = [row.pk for code, row in mine.items() if code not in wanted]
    added = [
        Facility(venue=venue, code=code, quantity=n, note=note)
        for code, n in wanted.items()
        if code not in mine
    ]
    moved = [mine[code] for code, n in wanted.items() if code in mine and mine[code].quantity != n]
    for row in moved:
        row.quantity = wanted[Facility.Code(row.code)]
    Facility.objects.filter(pk__in=gone).delete()
    Facility.objects.bulk_create(added)
    Facility.objects.bulk_update(moved, ["quantity"])
    return bool(gone or added or moved)


def _write_fact(venue: Venue, space: Space | None, fact: FactRecord, record: VenueRecord) -> bool:
    """Whether anything new was said. The old row is kept, and points to the one in its place."""
    said = {"value": fact.value, "note": fact.note, "checked_on": record.checked_on}
    key = {
        "venue": venue,
        "space": space,
        "code": fact.code,
        "source": AccessFact.Source.IMPORTED,
    }
    old = AccessFact.objects.filter(**key, superseded_by=None).first()
    if old is None and fact.value == AccessFact.Value.UNKNOWN:
        return False
    if old and all(getattr(old, name) == value for name, value in said.items()):
        return False
    if old:
        # One current row per source: the old one steps aside before the new one comes.
        AccessFact.objects.filter(pk=old.pk).update(superseded_by=old.pk)
    new = AccessFact.objects.create(**key, **said)
    if old:
        AccessFact.objects.filter(pk=old.pk).update(superseded_by=new)
    return True


def _ward(record: VenueRecord, to: Destination) -> Ward | None:
    if not record.ward_name:
        return None
    ward, _created = Ward.objects.get_or_create(
        council=to.council, name=record.ward_name, defaults={"code": record.ward_code}
    )
    return ward


def _free_slug(name: str, key: str) -> str:
    base = slugify(name)[:140] or f"venue-{slugify(key)}"[:140]
    taken = set(Venue.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def _record(verb: str, words: str, venue: Venue, to: Destination) -> None:
    said = words % {"name": venue.name, "source": to.source}
    audit.record(verb, venue, said, actor=to.actor, now=to.now)
