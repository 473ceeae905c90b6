"""Bringing in lists of venues: a file at once, or one that was uploaded, checked and queued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from accounts import audit
from accounts.models import Council, Operator, User
from core.errors import BadInput, DomainError, NotAllowed, StateConflict
from spaces.importing import Mode, Profile, Report, Wish, import_venues, read_bytes
from spaces.importing.columns import known_targets
from spaces.importing.destination import require_may_import
from spaces.importing.errors import NoNames
from spaces.importing.headings import is_known, plain
from spaces.importing.profiles import AUTO, of_mapping
from spaces.importing.run import choose, keep_report, refresh_needs
from spaces.importing.table import Table, printable, read_table
from spaces.importing.undoing import Undone, undo
from spaces.importing.vocabulary import Target
from spaces.models import ImportProfile, VenueImport, VenueKind

READ = "spaces.read_import"
State = VenueImport.State


@dataclass(frozen=True, slots=True)
class Columns:
    """What somebody has confirmed. `label`: keep the columns under this name; empty for not."""

    mapping: dict[str, str]
    only_authority: str = ""
    label: str = ""


def import_file(path: Path, wish: Wish, *, now: datetime) -> Report:
    """Read a file at once, as the system itself; its number serves to undo it.

    Raises: FileRefused.
    """
    data = read_bytes(path)
    saved = saved_profiles(Council.objects.filter(slug=wish.council_slug).first())
    return import_venues(data, replace(wish, file_name=path.name, saved=saved), actor=None, now=now)


def saved_profiles(council: Council | None) -> tuple[Profile, ...]:
    """The ways to read lists that a council has kept; without a council, everybody's."""
    rows = ImportProfile.objects.order_by("label", "pk")
    if council is not None:
        rows = rows.filter(council=council)
    return tuple(_as_profile(row) for row in rows)


def _as_profile(row: ImportProfile) -> Profile:
    return Profile(
        name=row.name,
        label=row.label,
        source=f"own-{row.name}",
        mapping=row.mapping,
        needs=frozenset(plain(column) for column, target in row.mapping.items() if target),
        default_kind=VenueKind(row.default_kind) if row.default_kind in VenueKind else None,
        is_register=row.is_register,
    )


@transaction.atomic
def upload(
    data: bytes,
    *,
    file_name: str,
    council: Council,
    operator: Operator | None,
    actor: User,
    now: datetime,
) -> VenueImport:
    """Keep a list until its columns are confirmed. Raises: NotAllowed, FileRefused."""
    require_may_import(actor, council_id=council.pk, operator=operator)
    table = read_table(data, is_known=is_known)
    wish = Wish(file_name=file_name, saved=saved_profiles(council))
    try:
        profile: Profile | None = choose(table, wish)
    except NoNames:
        # No column of names was found: the person says which it is.
        profile = None
    mapping = profile.mapped(table.columns) if profile else dict.fromkeys(table.columns, "")
    return VenueImport.objects.create(
        council=council,
        operator=operator,
        file_name=printable(file_name),
        content=data,
        profile_name=profile.name if profile else AUTO,
        mapping=mapping,
        rows_total=len(table.rows),
        created_by=actor,
        created_at=now,
    )


def table_of(venue_import: VenueImport) -> Table:
    """The list as it was uploaded. Raises: StateConflict once it is gone."""
    if venue_import.content is None:
        raise StateConflict
    return read_table(bytes(venue_import.content), is_known=is_known)


def profile_of(venue_import: VenueImport, table: Table) -> Profile:
    """How an uploaded list is read: the profile it was known by, with the columns as confirmed."""
    saved = saved_profiles(venue_import.council)
    wish = Wish(profile_name=venue_import.profile_name, saved=saved)
    if venue_import.profile_name == AUTO:
        return of_mapping(table, venue_import.mapping, file_name=venue_import.file_name)
    return replace(choose(table, wish), mapping=venue_import.mapping)


@transaction.atomic
def queue(
    venue_import: VenueImport, columns: Columns, *, mode: Mode, actor: User, now: datetime
) -> VenueImport:
    """Have the worker read the list with these columns.

    Raises: NotAllowed; BadInput where no column holds names; StateConflict once it was read.
    """
    row = _locked(venue_import, {State.UPLOADED, State.REHEARSED, State.FAILED}, actor=actor)
    if row.content is None:
        raise StateConflict
    table = table_of(row)
    mapping = {column: columns.mapping.get(column, "") for column in table.columns}
    if not set(mapping.values()) <= known_targets():
        raise BadInput(_("Choose one of the meanings for each column."), field="mapping")
    if Target.NAME not in mapping.values():
        raise BadInput(_("Say which column holds the names of the places."), field="mapping")
    row.mapping, row.only_authority = mapping, columns.only_authority[:150]
    row.is_rehearsal = mode is Mode.REHEARSE
    row.state, row.rows_done, row.refusal = State.QUEUED, 0, ""
    if columns.label.strip():
        row.profile_name = _keep_profile(row, table, columns.label.strip())
    row.save()
    app.configure_task(READ).defer(import_id=row.pk)
    return row


def _keep_profile(row: VenueImport, table: Table, label: str) -> str:
    profile = profile_of(row, table)
    name = slugify(label)[:50] or f"list-{row.pk}"
    ImportProfile.objects.update_or_create(
        council=row.council,
        name=name,
        defaults={
            "label": label[:100],
            "mapping": row.mapping,
            "default_kind": profile.default_kind or "",
            "is_register": profile.is_register,
        },
    )
    return name


def read_queued(
    import_id: int, *, now: datetime, progress: Callable[[int, int], None] | None = None
) -> None:
    """What the worker does with a queued list. Doing it again once it is done does nothing."""
    row = VenueImport.objects.select_related("council", "operator", "created_by").get(pk=import_id)
    if row.state not in {State.QUEUED, State.RUNNING} or row.content is None:
        return
    VenueImport.objects.filter(pk=row.pk).update(state=State.RUNNING)
    mode = Mode.REHEARSE if row.is_rehearsal else Mode.WRITE
    try:
        table = table_of(row)
        wish = Wish(
            file_name=row.file_name,
            profile=profile_of(row, table),
            council=row.council,
            operator=row.operator,
            only_authority=row.only_authority,
            mode=mode,
            log=None if mode is Mode.REHEARSE else row,
        )
        if progress is not None:
            wish = replace(wish, progress=progress)
        report = import_venues(bytes(row.content), wish, actor=_actor(row), now=now)
    except DomainError as refused:
        VenueImport.objects.filter(pk=row.pk).update(
            state=State.FAILED, refusal=str(refused.message)[:500], finished_at=now
        )
        return
    if mode is Mode.REHEARSE:
        keep_report(row, report, state=State.REHEARSED, now=now)


def _actor(row: VenueImport) -> User:
    """Whoever uploaded it; they must still be allowed to. Raises: NotAllowed."""
    if row.created_by is None:
        raise NotAllowed
    return row.created_by


@transaction.atomic
def undo_import(venue_import: VenueImport, *, actor: User | None, now: datetime) -> Undone:
    """Take back all that it did, but for what was used or changed since; that is said.

    Raises: NotAllowed; StateConflict where there is nothing to take back.
    """
    row = _locked(venue_import, {State.DONE}, actor=actor)
    Council.objects.select_for_update(no_key=True).get(pk=row.council_id)
    found = undo(row)
    refresh_needs(row, now=now)
    row.state, row.finished_at = State.UNDONE, now
    row.report = row.report | {
        "undone": {"removed": found.removed, "restored": found.restored, "kept": found.kept}
    }
    row.save()
    said = _("Import of %(file)s undone") % {"file": row.file_name}
    audit.record("undo_import", row, said, actor=actor, now=now)
    return found


@transaction.atomic
def discard(venue_import: VenueImport, *, actor: User, now: datetime) -> None:
    """Forget a list that was not read. Raises: NotAllowed, StateConflict."""
    row = _locked(venue_import, {State.UPLOADED, State.REHEARSED, State.FAILED}, actor=actor)
    row.delete()


@transaction.atomic
def forget_uploads(*, now: datetime) -> int:
    """Remove lists that were uploaded over a week ago and never brought in; how many."""
    waiting = VenueImport.objects.filter(
        state__in=[State.UPLOADED, State.REHEARSED, State.FAILED],
        created_at__lt=now - timedelta(days=7),
    )
    count = waiting.count()
    waiting.delete()
    return count


def _locked(venue_import: VenueImport, states: set[State], *, actor: User | None) -> VenueImport:
    row = VenueImport.objects.select_for_update(no_key=True).filter(pk=venue_import.pk).first()
    if row is None or row.state not in states:
        raise StateConflict
    require_may_import(actor, council_id=row.council_id, operator=row.operator)
    return row
