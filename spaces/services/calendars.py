"""Importing the calendars of a space: claims for what is busy, a report of what clashes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.batches import batched
from core.calendars.found import Occurrence, Reading, Remark
from core.calendars.read import SECONDS, read
from core.clock import london, start_of_day
from core.errors import BadInput, StateConflict
from core.intervals import Span
from spaces import claims, horizon, lapsing, locks
from spaces.calendars import clashes, comparing, ownership
from spaces.calendars.comparing import Plan
from spaces.locks import LockClass
from spaces.models import CalendarSource, ImportedDate, Space
from spaces.services.permission import require_can_manage

UPLOADED = "Uploaded calendar"
_MOST_REMARKS = 200
_State = CalendarSource.State
_FIELDS = ["starts_at", "ends_at", "summary", "sequence", "revision", "state"]


class Mode(Enum):
    """Whether to keep what was done."""

    WRITE = "write"
    REHEARSE = "rehearse"


@dataclass(frozen=True, slots=True)
class Clash:
    """An imported date that was not claimed, and who has the space then (words for staff)."""

    starts_at: datetime
    ends_at: datetime
    uid: str
    summary: str
    taken_by: tuple[str, ...]


@dataclass(slots=True)
class Imported:
    """What an import did, or would do. `busy`: what the calendar says about the window."""

    events: int
    busy: list[Occurrence]
    refused: list[Remark]
    warnings: list[Remark]
    clashes: list[Clash] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0

    @property
    def is_change(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def window_of(space: Space, *, now: datetime) -> Span:
    """From the beginning of today to as far ahead as the venue's times are worked out."""
    return Span(
        start_of_day(london(now).date()), start_of_day(horizon.horizon_of(space.venue, now=now))
    )


def source_named(space: Space, name: str, *, now: datetime) -> CalendarSource:
    """The calendar of that name, or one not stored yet."""
    found = CalendarSource.objects.filter(space=space, name=name).exclude(state=_State.STOPPED)
    return found.first() or CalendarSource(space=space, name=name, created_at=now)


def import_calendar(
    source: CalendarSource,
    raw: bytes,
    *,
    window: Span | None = None,
    mode: Mode,
    actor: User | None,
    now: datetime,
    seconds: float = SECONDS,
) -> Imported:
    """Make the claims of `source` what the file says inside `window` (today to the horizon).

    The file is read before anything is locked. A date that clashes with a booking takes no
    claim and is reported. Raises: NotAllowed; CalendarRefused; TryAgain. Nothing is changed then.
    """
    require_can_manage(actor, [source.space.venue])
    asked = window or window_of(source.space, now=now)
    return _apply(source, raw, read(raw, asked, seconds=seconds), asked, mode, actor, now)


@transaction.atomic
def _apply(
    source: CalendarSource,
    raw: bytes,
    reading: Reading,
    window: Span,
    mode: Mode,
    actor: User | None,
    now: datetime,
) -> Imported:
    lock(source.space, now=now)
    source = _stored(source, now=now)
    plan = comparing.compare(source, source.dates.order_by("pk"), reading, window, now=now)
    _write(plan, now=now)
    done = _report(source, plan, reading, window, now=now)
    _finish(source, raw, done, actor=actor, now=now)
    if mode is Mode.REHEARSE:
        transaction.set_rollback(True)
    return done


def lock(space: Space, *, now: datetime) -> None:
    """Lock the atoms of `space`, as docs/locking.md says. Raises: TryAgain."""
    atoms = locks.atoms_of([space.pk])[space.pk]
    lapsing.lock(((LockClass.SPACE, atom) for atom in atoms), now=now)


def _stored(source: CalendarSource, *, now: datetime) -> CalendarSource:
    """The row as it is under the lock; somebody may have stopped it, or made it, meanwhile."""
    if source.pk is None:
        source = source_named(source.space, source.name, now=now)
        if source.pk is None:
            source.save()
        return source
    source = CalendarSource.objects.select_related("space__venue").get(pk=source.pk)
    if source.state == _State.STOPPED:
        raise StateConflict(_("That calendar was stopped."))
    return source


def _write(plan: Plan, *, now: datetime) -> None:
    """Change the rows, then their claims; what clashes with a use is kept without a claim."""
    for row in plan.added:
        row.state = ImportedDate.State.CLAIMED
    ImportedDate.objects.bulk_create(plan.added, batch_size=1000)
    gone = [row.pk for row in plan.gone]
    waiting = [row for row in plan.same if row.state == ImportedDate.State.CLASH]
    waiting = [row for row in waiting if row.ends_at > now]
    known = [*plan.changed, *waiting]
    before = {row.pk: row.state for row in known}
    for row in known:
        row.state = ImportedDate.State.CLAIMED
    ImportedDate.objects.bulk_update(known, _FIELDS, batch_size=500)
    touched = [*plan.added, *known]
    ids = [row.pk for row in touched]
    taken = {
        (clash.space_id, clash.starts_at, clash.ends_at)
        for clash in claims.conflicts(list(ownership.derive(ids)), now=now, ignoring=ids)
    }
    spans = {(starts_at, ends_at) for _space, starts_at, ends_at in taken}
    clashing = [row for row in touched if (row.starts_at, row.ends_at) in spans]
    for row in clashing:
        row.state = ImportedDate.State.CLASH
    ImportedDate.objects.bulk_update(clashing, ["state"], batch_size=500)
    plan.same = [row for row in plan.same if before.get(row.pk, row.state) == row.state]
    plan.changed += [row for row in waiting if before[row.pk] != row.state]
    for some in batched(gone):
        ImportedDate.objects.filter(pk__in=some).delete()
    claims.sync(ownership.OWNER, [*ids, *gone], ownership.derive(ids), now=now)


def _report(
    source: CalendarSource, plan: Plan, reading: Reading, window: Span, *, now: datetime
) -> Imported:
    rows = [
        row
        for row in (*plan.added, *plan.changed, *plan.same)
        if row.state == ImportedDate.State.CLASH
        and Span(row.starts_at, row.ends_at).overlaps(window)
    ]
    found = clashes.in_the_way([row.pk for row in rows], now=now)
    return Imported(
        events=reading.events,
        busy=[one for one in reading.occurrences if one.is_busy and one.is_listed],
        refused=reading.refused,
        warnings=comparing.remark_once([*reading.warnings, *plan.older]),
        clashes=[
            Clash(row.starts_at, row.ends_at, row.event_uid, row.summary, tuple(found[row.pk]))
            for row in sorted(rows, key=lambda row: (row.starts_at, row.pk))
        ],
        added=len(plan.added),
        changed=len(plan.changed),
        gone=len(plan.gone),
        unchanged=len(plan.same),
    )


def _finish(
    source: CalendarSource, raw: bytes, done: Imported, *, actor: User | None, now: datetime
) -> None:
    is_new = source.state == _State.DRAFT
    source.state = _State.ACTIVE
    source.content = raw
    if bytes(source.pending) == raw:
        source.pending = b""
    source.synced_at, source.last_error = now, ""
    source.remarks = [
        {"code": one.code, "uid": one.uid, "summary": one.summary, "detail": one.detail}
        for one in [*done.refused, *done.warnings][:_MOST_REMARKS]
    ]
    source.save()
    if is_new or done.is_change:
        words = _(
            "Imported the calendar %(name)s for %(space)s: %(added)d dates new, %(changed)d"
            " changed, %(gone)d released, %(clashes)d clash with bookings"
        ) % {
            "name": source.name,
            "space": source.space.name,
            "added": done.added,
            "changed": done.changed,
            "gone": done.gone,
            "clashes": len(done.clashes),
        }
        record("import-calendar", source.space.venue, words, actor=actor, now=now)


@transaction.atomic
def stop_calendar(source: CalendarSource, *, actor: User | None, now: datetime) -> int:
    """Forget the calendar: what is still to come is released, what is over stays.

    Returns how many dates were released. Raises: NotAllowed; StateConflict.
    """
    require_can_manage(actor, [source.space.venue])
    lock(source.space, now=now)
    source = _stored(source, now=now)
    ids = list(source.dates.filter(ends_at__gt=now).values_list("pk", flat=True))
    for some in batched(ids):
        ImportedDate.objects.filter(pk__in=some).delete()
    claims.sync(ownership.OWNER, ids, [], now=now)
    source.state, source.next_try_at = _State.STOPPED, None
    source.url = source.etag = source.last_modified = source.last_error = ""
    source.content = source.pending = b""
    source.remarks = []
    source.save()
    words = _("Stopped the calendar %(name)s of %(space)s: %(n)d dates released") % {
        "name": source.name,
        "space": source.space.name,
        "n": len(ids),
    }
    record("stop-calendar", source.space.venue, words, actor=actor, now=now)
    return len(ids)


def check_name(space: Space, name: str) -> str:
    """A name for a calendar. Raises: BadInput."""
    name = " ".join(name.split())
    if not name or len(name) > 100 or "\x00" in name:
        raise BadInput(_("Give the calendar a name of up to 100 letters."), field="name")
    return name
