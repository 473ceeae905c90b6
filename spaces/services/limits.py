"""What the licence of a venue allows, and the temporary events that are allowed more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.clock import london
from core.errors import BadInput
from core.intervals import Span
from spaces import locks
from spaces.locks import LockClass
from spaces.models import Activity, ActivityBuffer, EventNotice, PremisesLimit, Space, Venue
from spaces.services.permission import require_can_manage

_KIND = PremisesLimit.Kind
_LONGEST_EVENT = timedelta(hours=168)
_LONGEST_BUFFER = 24 * 60
# Licensing Act 2003, section 107, for a venue that set no limit of its own. The numbers were
# higher in 2022 and 2023 alone: that is why limits are dated.
_BY_LAW: tuple[tuple[date, Mapping[str, int]], ...] = (
    (date(2016, 1, 1), {_KIND.NOTICES: 15, _KIND.NOTICE_DAYS: 21}),
    (date(2022, 1, 1), {_KIND.NOTICES: 20, _KIND.NOTICE_DAYS: 26}),
    (date(2024, 1, 1), {_KIND.NOTICES: 15, _KIND.NOTICE_DAYS: 21}),
)


@transaction.atomic
def add_limit(limit: PremisesLimit, *, actor: User | None, now: datetime) -> PremisesLimit:
    """Keep a limit of its venue from its first day on. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [limit.venue])
    if limit.last_on is not None and limit.last_on < limit.first_on:
        raise BadInput(_("The last day must be on or after the first."), field="last_on")
    if any(not 0 <= day <= 6 for day in limit.weekdays):
        raise BadInput(_("Choose days from Monday to Sunday."), field="weekdays")
    if limit.kind in PremisesLimit.OF_THE_CLOCK:
        limit.most = None
        if limit.until is None:
            raise BadInput(_("Enter a time, like 11pm."), field="until")
    else:
        limit.until, limit.weekdays = None, []
        if limit.most is None:
            raise BadInput(_("Enter how many in a year."), field="most")
    limit.save()
    _record("add-limit", limit.venue, limit, actor=actor, now=now)
    return limit


@transaction.atomic
def remove_limit(limit: PremisesLimit, *, actor: User | None, now: datetime) -> None:
    """Take a limit away, as if it had never held. Raises: NotAllowed."""
    require_can_manage(actor, [limit.venue])
    _record("remove-limit", limit.venue, limit, actor=actor, now=now)
    limit.delete()


@transaction.atomic
def give_event_notice(
    venue: Venue, span: Span, *, purpose: str, actor: User | None, now: datetime
) -> EventNotice:
    """Record a temporary event notice; licence hours do not bind during it.

    Raises: NotAllowed; BadInput where the year has had as many as are allowed, or it is longer
    than the law has it.
    """
    require_can_manage(actor, [venue])
    if not purpose.strip() or len(purpose) > 120 or "\x00" in purpose:
        raise BadInput(_("Say what it is for, in up to 120 letters."), field="purpose")
    if span.length > _LONGEST_EVENT:
        raise BadInput(_("A temporary event lasts at most 168 hours."), field="ends")
    locks.take([(LockClass.VENUE, venue.pk)])
    same = EventNotice.objects.filter(venue=venue, starts_at__lt=span.end, ends_at__gt=span.start)
    if same.exists():
        raise BadInput(_("There is a temporary event at that time already."), field="on")
    for year in range(london(span.start).year, london(span.end).year + 1):
        _require_room(venue, span, year)
    notice = EventNotice.objects.create(
        venue=venue,
        starts_at=span.start,
        ends_at=span.end,
        purpose=purpose.strip(),
        created_at=now,
    )
    _record("give-event-notice", venue, notice, actor=actor, now=now)
    return notice


@transaction.atomic
def withdraw_event_notice(notice: EventNotice, *, actor: User | None, now: datetime) -> None:
    """Take a notice back; it no longer counts. Raises: NotAllowed."""
    require_can_manage(actor, [notice.venue])
    _record("withdraw-event-notice", notice.venue, notice, actor=actor, now=now)
    notice.delete()


def counted(venue: Venue, year: int) -> dict[str, tuple[int, int]]:
    """How many notices, and days under them, a year has had and may have; by kind of limit."""
    rows = EventNotice.objects.filter(venue=venue)
    spans = [Span(row.starts_at, row.ends_at) for row in rows]
    return _counted(spans, venue, year, on=date(year, 12, 31))


def _require_room(venue: Venue, span: Span, year: int) -> None:
    rows = EventNotice.objects.filter(venue=venue)
    spans = [*(Span(row.starts_at, row.ends_at) for row in rows), span]
    found = _counted(spans, venue, year, on=max(london(span.start).date(), date(year, 1, 1)))
    messages = {
        _KIND.NOTICES: _("%(year)d has had its %(most)d temporary event notices already."),
        _KIND.NOTICE_DAYS: _("That is more than the %(most)d days of %(year)d for such events."),
    }
    for kind, (used, most) in found.items():
        if used > most:
            raise BadInput(messages[_KIND(kind)] % {"year": year, "most": most}, field="on")


def _counted(spans: list[Span], venue: Venue, year: int, *, on: date) -> dict[str, tuple[int, int]]:
    days = [_days(span, year) for span in spans]
    used = {_KIND.NOTICES: sum(map(bool, days)), _KIND.NOTICE_DAYS: len(set().union(*days))}
    return {str(kind): (number, most_on(venue, kind, on)) for kind, number in used.items()}


def _days(span: Span, year: int) -> set[date]:
    first, last = london(span.start).date(), london(span.end - timedelta(microseconds=1)).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day for day in days if day.year == year}


def most_on(venue: Venue, kind: PremisesLimit.Kind, day: date) -> int:
    """The yearly number that holds on `day`: the venue's own, or else the law's."""
    own = (
        PremisesLimit.objects.filter(venue=venue, kind=kind, first_on__lte=day)
        .exclude(last_on__lt=day)
        .order_by("-first_on", "-id")
        .first()
    )
    if own is not None and own.most is not None:
        return own.most
    held = [numbers for first, numbers in _BY_LAW if first <= day]
    return (held or [_BY_LAW[0][1]])[-1][kind]


@transaction.atomic
def set_activity_buffers(
    space: Space, minutes: Mapping[str, tuple[int, int]], *, actor: User | None, now: datetime
) -> None:
    """Say how long `space` is kept free before and after each kind of activity.

    A kind that is left out, or that needs no time, is as the space itself. Bookings that are
    made keep what they were made with. Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [space.venue])
    if any(kind not in Activity.values or kind == Activity.OTHER for kind in minutes):
        raise BadInput(_("Choose kinds of activity from the list."))
    if any(not 0 <= each <= _LONGEST_BUFFER for pair in minutes.values() for each in pair):
        raise BadInput(_("Enter minutes from 0 to 1440."))
    locks.take((LockClass.SPACE, atom) for atom in locks.atoms_of([space.pk])[space.pk])
    ActivityBuffer.objects.filter(space=space).delete()
    ActivityBuffer.objects.bulk_create(
        ActivityBuffer(space=space, activity=kind, setup_minutes=before, cleardown_minutes=after)
        for kind, (before, after) in sorted(minutes.items())
        if before or after
    )
    _record("set-buffers", space.venue, space, actor=actor, now=now)


def _record(
    verb: str,
    venue: Venue,
    what: PremisesLimit | EventNotice | Space,
    *,
    actor: User | None,
    now: datetime,
) -> None:
    record(
        verb,
        what,
        _("Limits of %(venue)s changed: %(what)s") % {"venue": venue.name, "what": str(what)},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
