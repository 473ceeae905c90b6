"""Calendars on their way in: uploaded or fetched, looked at by a manager, then kept in step."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from accounts.audit import record
from accounts.models import User
from core.calendars.read import LARGEST_OF_A_PAGE, SECONDS_FOR_A_PAGE, CalendarRefused
from core.errors import BadInput, DomainError, StateConflict, TryAgain
from core.outgoing import CannotFetch, Fetched, checked_address, fetch
from spaces.models import CalendarSource, Space
from spaces.services.calendars import (
    Imported,
    Mode,
    check_name,
    import_calendar,
    lock,
    source_named,
)
from spaces.services.permission import require_can_manage

FETCH = "spaces.fetch_calendar"
EVERY = timedelta(hours=1)
MOST_PER_SPACE = 20
_LONGEST_WAIT = timedelta(hours=24)
_SOON = timedelta(minutes=5)
_DRAFTS_FOR = timedelta(days=7)
_ACCEPT = "text/calendar, text/plain;q=0.5, */*;q=0.1"
_State = CalendarSource.State


def propose_file(
    space: Space, name: str, raw: bytes, *, actor: User | None, now: datetime
) -> CalendarSource:
    """Keep an uploaded file until somebody says yes to what it would do.

    A file under the name of one imported before is its new version. Raises: NotAllowed;
    BadInput; CalendarRefused.
    """
    require_can_manage(actor, [space.venue])
    source = source_named(space, check_name(space, name), now=now)
    if source.is_subscribed:
        raise BadInput(
            _("That calendar is fetched from an address. Choose another name."), field="name"
        )
    import_calendar(
        source, raw, mode=Mode.REHEARSE, actor=actor, now=now, seconds=SECONDS_FOR_A_PAGE
    )
    return _keep_draft(source, raw, now=now)


@transaction.atomic
def _keep_draft(source: CalendarSource, raw: bytes, *, now: datetime) -> CalendarSource:
    """Under the lock: the same form sent twice at once is one calendar."""
    lock(source.space, now=now)
    if source.pk is None:
        source = source_named(source.space, source.name, now=now)
    if source.pk is None:
        _check_room(source.space)
    source.pending = raw
    source.save()
    return source


@transaction.atomic
def subscribe(
    space: Space, name: str, address: str, *, actor: User | None, now: datetime
) -> CalendarSource:
    """Have an address fetched; nothing is claimed before somebody says yes.

    Raises: NotAllowed; BadInput; CannotFetch for what is no web address.
    """
    require_can_manage(actor, [space.venue])
    url = checked_address(address)
    name = check_name(space, name or (urlsplit(url).hostname or "")[:100])
    lock(space, now=now)
    source = source_named(space, name, now=now)
    if source.pk is not None:
        raise BadInput(
            _("This space has a calendar of that name. Choose another name."), field="name"
        )
    _check_room(space)
    source.url, source.next_try_at = url, now
    source.save()
    words = _("Subscribed %(space)s to a calendar of %(host)s") % {
        "space": space.name,
        "host": urlsplit(url).hostname,
    }
    record("subscribe-calendar", space.venue, words, actor=actor, now=now)
    defer(source.pk)
    return source


def preview(source: CalendarSource, *, actor: User | None, now: datetime) -> Imported:
    """What a yes would do. Raises: NotAllowed; CalendarRefused; TryAgain."""
    return import_calendar(
        source,
        bytes(source.pending),
        mode=Mode.REHEARSE,
        actor=actor,
        now=now,
        seconds=SECONDS_FOR_A_PAGE,
    )


def confirm(source: CalendarSource, *, actor: User | None, now: datetime) -> Imported:
    """Import what was looked at. Raises: NotAllowed; StateConflict; CalendarRefused; TryAgain."""
    if not source.pending:
        raise StateConflict(_("There is nothing to confirm any more."))
    done = import_calendar(
        source,
        bytes(source.pending),
        mode=Mode.WRITE,
        actor=actor,
        now=now,
        seconds=SECONDS_FOR_A_PAGE,
    )
    if source.is_subscribed:
        CalendarSource.objects.filter(pk=source.pk).update(next_try_at=now + EVERY)
    return done


@transaction.atomic
def discard(source: CalendarSource, *, actor: User | None, now: datetime) -> None:
    """Forget what waits for a yes; what was imported before stays. Raises: NotAllowed."""
    require_can_manage(actor, [source.space.venue])
    drafts = CalendarSource.objects.filter(pk=source.pk, state=_State.DRAFT)
    if not drafts.delete()[0]:
        CalendarSource.objects.filter(pk=source.pk).update(pending=b"")


def defer(source_id: int) -> None:
    """Queue one fetch, if none is waiting; it exists only if the change commits."""
    name = f"calendar-{source_id}"
    try:
        with transaction.atomic():
            app.configure_task(FETCH, lock=name, queueing_lock=name).defer(source_id=source_id)
    except AlreadyEnqueued:
        return


def defer_due(*, now: datetime) -> int:
    """Queue all whose time has come; forget what nobody confirmed for a week."""
    old = CalendarSource.objects.filter(state=_State.DRAFT, created_at__lt=now - _DRAFTS_FOR)
    old.delete()
    due = _fetched().filter(next_try_at__lte=now).order_by("next_try_at")
    ids = list(due.values_list("pk", flat=True))
    for source_id in ids:
        defer(source_id)
    return len(ids)


def fetch_one(source_id: int, *, now: datetime) -> None:
    """Fetch and import one. What cannot be fetched stays as it was imported before."""
    source = _fetched().select_related("space__venue").filter(pk=source_id).first()
    if source is None:
        return
    try:
        found = fetch(
            source.url,
            most=LARGEST_OF_A_PAGE,
            accept=_ACCEPT,
            etag=source.etag,
            last_modified=source.last_modified,
        )
        _take(source, found, now=now)
    except (CannotFetch, CalendarRefused) as error:
        _failed(source, str(error.message), now=now)
    except TryAgain:
        CalendarSource.objects.filter(pk=source.pk).update(next_try_at=now + _SOON)
    except StateConflict:
        return


def extend_all(*, now: datetime) -> list[str]:
    """Import every calendar again as it was last accepted. The names of those that failed."""
    failed = []
    rows = CalendarSource.objects.filter(state__in=[_State.ACTIVE, _State.FAILING])
    for pk in rows.exclude(content=b"").order_by("pk").values_list("pk", flat=True):
        source = CalendarSource.objects.select_related("space__venue").get(pk=pk)
        before = (source.state, source.last_error)
        try:
            import_calendar(source, bytes(source.content), mode=Mode.WRITE, actor=None, now=now)
        except DomainError:
            failed.append(str(source.pk))
            continue
        # That the file could be read again says nothing about the address.
        CalendarSource.objects.filter(pk=pk, failures__gt=0).update(
            state=before[0], last_error=before[1]
        )
    return failed


def _take(source: CalendarSource, found: Fetched, *, now: datetime) -> None:
    if source.state == _State.DRAFT:
        if not found.is_unchanged:
            import_calendar(source, found.body, mode=Mode.REHEARSE, actor=None, now=now)
            CalendarSource.objects.filter(pk=source.pk).update(pending=found.body)
    elif not found.is_unchanged:
        import_calendar(source, found.body, mode=Mode.WRITE, actor=None, now=now)
    rows = CalendarSource.objects.filter(pk=source.pk).exclude(state=_State.STOPPED)
    rows.update(
        fetched_at=now,
        failures=0,
        last_error="",
        next_try_at=None if source.state == _State.DRAFT else now + EVERY,
        **({} if found.is_unchanged else _validators(found)),
        **({} if source.state == _State.DRAFT else {"state": _State.ACTIVE}),
    )


def _validators(found: Fetched) -> dict[str, str]:
    plain = {"etag": found.etag, "last_modified": found.last_modified}
    return {name: value.replace("\x00", "") for name, value in plain.items()}


def _failed(source: CalendarSource, words: str, *, now: datetime) -> None:
    """Twice as long to the next attempt each time, up to a day."""
    wait = min(EVERY * 2 ** min(source.failures, 10), _LONGEST_WAIT)
    CalendarSource.objects.filter(pk=source.pk).exclude(state=_State.STOPPED).update(
        state=_State.DRAFT if source.state == _State.DRAFT else _State.FAILING,
        failures=min(source.failures + 1, 1000),
        last_error=words[:500],
        next_try_at=now + wait,
    )


def _fetched() -> QuerySet[CalendarSource]:
    waiting = Q(state=_State.DRAFT, pending=b"")
    return CalendarSource.objects.exclude(url="").filter(
        Q(state__in=[_State.ACTIVE, _State.FAILING]) | waiting
    )


def _check_room(space: Space) -> None:
    known = CalendarSource.objects.filter(space=space).exclude(state=_State.STOPPED).count()
    if known >= MOST_PER_SPACE:
        raise BadInput(_("A space can have up to %(n)d calendars.") % {"n": MOST_PER_SPACE})
