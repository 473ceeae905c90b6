"""Take back what one import did, but for what has been used or changed since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from spaces.importing.parts import FACILITY_NOTE
from spaces.models import (
    AccessFact,
    Facility,
    FactPhoto,
    ImportChange,
    ImportedRecord,
    NeedMasks,
    Space,
    SpaceNeed,
    SpacePart,
    Venue,
    VenueImport,
    VenueWords,
)

# What the database or a service works out by itself, and nobody wrote.
DERIVED: tuple[type[Model], ...] = (VenueWords, SpaceNeed, NeedMasks)


@dataclass(slots=True)
class Undone:
    """How many venues were removed and put back, and what was kept, each with the reason."""

    removed: int = 0
    restored: int = 0
    kept: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, change: ImportChange, why: str) -> None:
        self.kept.append({"row": change.row, "name": change.name, "why": why})


def undo(venue_import: VenueImport) -> Undone:
    """Go through its changes, the last first. Call inside a transaction."""
    found = Undone()
    changes = venue_import.changes.select_related("venue").order_by("-pk")
    for change in changes:
        if change.venue is None:
            found.keep(change, _("The venue is gone already."))
        elif _is_changed_later(change):
            found.keep(change, _("A later import has changed it. Undo that one first."))
        elif change.what == ImportChange.What.CREATED:
            _remove(change, change.venue, found)
        else:
            _restore(change, change.venue, found)
    return found


def _is_changed_later(change: ImportChange) -> bool:
    others = ImportChange.objects.filter(venue=change.venue, pk__gt=change.pk)
    done = others.exclude(venue_import=change.venue_import)
    return done.filter(venue_import__state=VenueImport.State.DONE).exists()


def _remove(change: ImportChange, venue: Venue, found: Undone) -> None:
    if why := _why_in_use(change, venue):
        found.keep(change, why)
        return
    try:
        # Others may hold on to it: a booking, a claim, an invoice. The database knows them all.
        with transaction.atomic():
            for space in venue.spaces.all():
                space.delete()
            venue.delete()
    except (ProtectedError, RestrictedError):
        found.keep(change, _("It has bookings, or something else depends on it."))
    else:
        found.removed += 1


def _why_in_use(change: ImportChange, venue: Venue) -> str:
    """What somebody has done with a venue since it was added; empty for nothing."""
    fields = change.after.get("fields", {})
    if any(_plain(getattr(venue, name, None)) != value for name, value in fields.items()):
        return str(_("It was changed by hand since."))
    undo_parts = change.after.get("parts", {})
    ours = {
        AccessFact: len(undo_parts.get("facts", [])),
        Facility: len(undo_parts.get("facilities", [[], {}])[1]),
        Space: 1 if "space" in undo_parts else 0,
    }
    known: set[type[Model]] = {ImportChange, ImportedRecord, *DERIVED, *ours}
    photos = FactPhoto.objects.filter(fact__venue=venue)
    if photos.exists() or any(_count(venue, model) != count for model, count in ours.items()):
        return str(_("Rooms, access facts or facilities were changed by hand since."))
    if _has_others(venue, known):
        return str(_("It is in use: something was added to it since."))
    spaces = list(venue.spaces.all())
    if any(space.is_bookable or space.hours_known or space.capacity for space in spaces):
        return str(_("Its room was changed by hand since."))
    if any(_has_others(space, {SpacePart, AccessFact, *DERIVED}) for space in spaces):
        return str(_("It has bookings, or something was added to its room since."))
    return ""


def _count(venue: Venue, model: type[Model]) -> int:
    return model._default_manager.filter(venue=venue).count()


def _has_others(row: Model, known: set[type[Model]]) -> bool:
    """Whether any row of a kind that imports do not write points at `row`."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.related_model not in known
    )


def _restore(change: ImportChange, venue: Venue, found: Undone) -> None:
    wanted = change.after.get("fields", {})
    before = change.before.get("fields", {})
    kept = [name for name, value in wanted.items() if _plain(getattr(venue, name)) != value]
    back = {name: before[name] for name in wanted if name not in kept}
    if "latitude" in kept or "longitude" in kept:
        back.pop("latitude", None)
        back.pop("longitude", None)
    for name, value in back.items():
        setattr(venue, name, value)
    parts = change.before.get("parts", {})
    if "ward" in parts and venue.ward_id == parts["ward"][1]:
        venue.ward_id = parts["ward"][0]
        back["ward"] = parts["ward"][0]
    if back:
        venue.save(update_fields=list(back))
    kept += _restore_parts(venue, parts)
    _restore_said(change, venue)
    found.restored += 1
    if kept:
        names = ", ".join(sorted(set(kept)))
        found.keep(change, _("Changed by hand since, so it stays: %(what)s.") % {"what": names})


def _restore_parts(venue: Venue, parts: dict[str, Any]) -> list[str]:
    """Facts, facilities and a room, as they were; the names of what stays."""
    kept = [code for new, old in parts.get("facts", []) if (code := _restore_fact(new, old))]
    if "facilities" in parts:
        before, after = parts["facilities"]
        rows = Facility.objects.filter(venue=venue, space=None, note=FACILITY_NOTE)
        if dict(rows.values_list("code", "quantity")) == after:
            rows.delete()
            Facility.objects.bulk_create(
                Facility(venue=venue, code=code, quantity=quantity, note=FACILITY_NOTE)
                for code, quantity in before.items()
            )
        else:
            kept.append("facilities")
    if "space_words" in parts:
        pk, before, after = parts["space_words"]
        Space.objects.filter(pk=pk, description=after).update(description=before)
    if "space" in parts:
        space = venue.spaces.filter(pk=parts["space"]).first()
        if space and (space.is_bookable or _has_others(space, {SpacePart, AccessFact, *DERIVED})):
            kept.append(space.name)
        elif space:
            try:
                with transaction.atomic():
                    space.delete()
            except (ProtectedError, RestrictedError):
                kept.append(space.name)
    return kept


def _restore_fact(new: int, old: int | None) -> str:
    """The code of a fact that has been replaced since and so stays; empty where it is undone."""
    row = AccessFact.objects.filter(pk=new).first()
    if row is None:
        return ""
    if row.superseded_by_id is not None:
        return row.code
    if old:
        # It steps aside first: only one row may be the current one.
        AccessFact.objects.filter(pk=new).update(superseded_by=old)
        AccessFact.objects.filter(pk=old).update(superseded_by=None)
    AccessFact.objects.filter(pk=new).delete()
    return ""


def _restore_said(change: ImportChange, venue: Venue) -> None:
    after = change.after
    rows = ImportedRecord.objects.filter(
        venue=venue, source=after.get("source", ""), key=after.get("key", "")
    )
    said = change.before.get("said")
    if said is None:
        rows.delete()
    else:
        rows.update(said=said)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
