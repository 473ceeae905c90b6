"""Close spaces and release or move the bookings in the way, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from bookings.models import Use
from bookings.services.displacement import building, moving, releasing
from bookings.services.displacement.answers import Answer, DisplacedDate, Preview
from bookings.services.displacement.building import Building
from bookings.services.displacement.changing import (
    Decision,
    lock_all,
    require_answer,
    require_locked,
)
from core.errors import BadInput
from core.intervals import Span
from spaces.models import Closure, Venue
from spaces.services.closures import check_closure, close_spaces
from spaces.services.permission import require_can_manage


@transaction.atomic
def close_with_bookings(
    venue: Venue,
    space_ids: Collection[int],
    span: Span,
    *,
    reason: str,
    decision: Decision,
    actor: User | None,
    now: datetime,
) -> tuple[Closure, Preview]:
    """Close these spaces; bookings in the way are released, or moved where another space fits.

    To move means: those that fit nowhere are released. Raises: NotAllowed, BadInput;
    WouldDisplace as `change`; AlreadyStarted where somebody is in there; SpaceTaken for
    what is no booking. Nothing is then changed.
    """
    require_can_manage(actor, [venue])
    check_closure(venue, space_ids, span, reason, now=now)
    if decision.answer is Answer.KEEP:
        raise BadInput(_("A closed space cannot keep bookings. Release or move them."))
    locked = lock_all(venue, now=now)
    known = building.load(venue, now=now)
    preview = Preview(_in_the_way(known, space_ids, span))
    require_answer(preview, decision)
    require_locked(preview, locked)
    _clear(preview, known, decision, reason=reason.strip(), actor=actor, now=now)
    closure = close_spaces(venue, space_ids, span, reason=reason, actor=actor, now=now)
    return closure, preview


def _in_the_way(known: Building, space_ids: Collection[int], span: Span) -> list[DisplacedDate]:
    closing = {atom for pk in space_ids for atom in known.atoms[pk]}
    dates: dict[int, list[Use]] = {}
    for pk, uses in known.uses.items():
        if closing.isdisjoint(known.atoms[pk]):
            continue
        for use in uses:
            if Span(use.starts_at, use.ends_at).overlaps(span):
                dates.setdefault(use.occurrence_id, []).append(use)
    ordered = sorted(dates.values(), key=lambda uses: (uses[0].occurrence.starts_at, uses[0].pk))
    return moving.with_destinations(known, ordered, closing)


def _clear(
    preview: Preview,
    known: Building,
    decision: Decision,
    *,
    reason: str,
    actor: User | None,
    now: datetime,
) -> None:
    moves = [date for date in preview.dates if decision.answer is Answer.MOVE and date.goes_to]
    rest = [date for date in preview.dates if date not in moves]
    if rest:
        releasing.release(rest, reason=reason, actor=actor, now=now)
    if moves:
        releasing.move(moves, known, reason=reason, actor=actor, now=now)
