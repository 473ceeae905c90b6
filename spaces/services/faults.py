"""What is out of order for a while: said at once everywhere, and to those it touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.clock import london
from core.errors import BadInput, StateConflict
from spaces import routes
from spaces.faults import name_of
from spaces.models import AccessFault, AccessNode, Venue
from spaces.routes import Moment, VenueAccess, need_answers
from spaces.routes.timeline import week_pieces
from spaces.services import needs
from spaces.services.permission import require_can_manage
from spaces.services.texts import require_line

_LONGEST = timedelta(days=3 * 366)
_AT = {
    AccessFault.What.LIFT: AccessNode.Kind.LIFT,
    AccessFault.What.TOILET: AccessNode.Kind.TOILET,
    AccessFault.What.HOIST: AccessNode.Kind.TOILET,
    AccessFault.What.ENTRANCE: AccessNode.Kind.ENTRANCE,
}

# Space id -> the needs whose answer the fault changes there.
Touched = Mapping[int, frozenset[str]]


class Turn(StrEnum):
    """What happened to a fault."""

    BEGAN = "began"
    OVERDUE = "overdue"
    ENDED = "ended"


Listener = Callable[[AccessFault, Turn, Touched, datetime], None]
_listeners: list[Listener] = []


def on_fault(listener: Listener) -> None:
    """Have `listener` told of every fault that begins, is overdue or ends, in the same transaction.

    Called once from an app's `ready()`: apps above know who is touched.
    """
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def report_fault(fault: AccessFault, *, actor: User | None, now: datetime) -> AccessFault:
    """Say that something is out of order, and tell those who booked and need it.

    Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [fault.venue])
    fault.reported_at = now
    _check(fault, now=now)
    try:
        fault.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(messages[0], field=field, errors=error.message_dict) from error
    fault.save()
    _close_as_planned(fault)
    _done("report-access-fault", _("Out of order: %(what)s"), fault, actor=actor, now=now)
    _tell(fault, Turn.BEGAN, now=now)
    return fault


@transaction.atomic
def end_fault(fault: AccessFault, *, actor: User | None, now: datetime) -> None:
    """Say that it works again, and tell those who were told that it did not.

    Raises: NotAllowed; StateConflict where that was said before.
    """
    require_can_manage(actor, [fault.venue])
    locked = AccessFault.objects.select_for_update(of=("self",)).get(pk=fault.pk)
    if locked.ended_at is not None:
        raise StateConflict(_("It was marked as working before."))
    # A fault that never began is over when it would have begun.
    locked.ended_at = max(now, locked.starts_at)
    if locked.starts_at > now:
        locked.starts_at = locked.ended_at = now
        locked.until = None
    locked.save(update_fields=["ended_at", "starts_at", "until"])
    _done("end-access-fault", _("Working again: %(what)s"), locked, actor=actor, now=now)
    _tell(locked, Turn.ENDED, now=now)


def touched_by(fault: AccessFault, *, now: datetime) -> Touched:
    """The spaces where an answer is worse because of the fault, and which answers."""
    today = london(now).date()
    access = routes.load([fault.venue_id], today=today, now=now)[fault.venue_id]
    found: dict[int, set[str]] = {}
    for room in access.rooms:
        for piece in week_pieces(access):
            well = need_answers(access, room, _others(access, fault, piece))
            ill = need_answers(
                access, room, Moment(piece, (*_others(access, fault, piece).faults, fault))
            )
            worse = {need for need, answer in ill.items() if answer.state is not well[need].state}
            found.setdefault(room.id, set()).update(worse)
    return {space_id: frozenset(worse) for space_id, worse in found.items() if worse}


def _others(access: VenueAccess, fault: AccessFault, piece: tuple[int, int]) -> Moment:
    return Moment(piece, tuple(one for one in access.faults if one.pk != fault.pk))


def _tell(fault: AccessFault, turn: Turn, *, now: datetime) -> None:
    tell_listeners(fault, turn, touched_by(fault, now=now), now=now)


def tell_listeners(fault: AccessFault, turn: Turn, touched: Touched, *, now: datetime) -> None:
    """Have the apps above told, in this transaction."""
    for listener in _listeners:
        listener(fault, turn, touched, now)


def _check(fault: AccessFault, *, now: datetime) -> None:
    if fault.node is not None:
        wanted = _AT.get(AccessFault.What(fault.what)) if fault.what else None
        if fault.node.venue_id != fault.venue_id or fault.node.kind != wanted:
            raise BadInput(_("Choose a place that has such a thing."), field="place")
    if fault.space is not None and fault.space.venue_id != fault.venue_id:
        raise BadInput(_("Choose a room of this venue."), field="place")
    require_line(fault.note, field="note")
    if abs(fault.starts_at - now) > _LONGEST:
        raise BadInput(_("Enter a day within the next three years."), field="starts_at")
    if fault.until is not None:
        if fault.until <= max(fault.starts_at, now):
            raise BadInput(_("It must end after today, and after it begins."), field="until")
        if fault.until - now > _LONGEST:
            raise BadInput(_("Enter a day within the next three years."), field="until")


def _close_as_planned(again: AccessFault) -> None:
    """Of the same thing that is reported anew, what was overdue ended when it was meant to.

    Nobody is told that it works: it does not.
    """
    same = {name: getattr(again, name) for name in ("venue", "what", "node", "space")}
    rows = AccessFault.objects.filter(until__lte=again.reported_at, ended_at=None, **same)
    rows.exclude(pk=again.pk).update(ended_at=F("until"))


def _done(verb: str, words: str, fault: AccessFault, *, actor: User | None, now: datetime) -> None:
    venue: Venue = fault.venue
    record(
        verb,
        venue,
        words % {"what": name_of(fault)},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
    needs.refresh([fault.venue_id], now=now)
