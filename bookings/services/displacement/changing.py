"""Changed hours, quiet times, buffers, capacities and limits: done for trial, shown, then kept.

The preview is the change itself, taken back: it can never say anything else than what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from bookings.services import steps
from bookings.services.decide import checked_reason
from bookings.services.displacement import building, releasing, standing
from bookings.services.displacement.answers import Answer, DisplacedDate, Preview, WouldDisplace
from core.errors import TryAgain
from spaces import lapsing, locks
from spaces.locks import LockClass
from spaces.models import Venue
from spaces.services.permission import require_can_manage


@dataclass(frozen=True, slots=True)
class Decision:
    """What the manager said to the preview with this digest; None: they have seen none yet."""

    answer: Answer | None = None
    digest: str = ""
    reason: str = ""


@transaction.atomic
def change(
    venue: Venue,
    make: Callable[[], object],
    *,
    decision: Decision,
    actor: User | None,
    now: datetime,
) -> Preview:
    """Run `make`, which changes the venue, and do with bookings that no longer fit as was said.

    Those that already broke a rule before are nobody's concern. Returns what no longer fits.
    Raises: NotAllowed; WouldDisplace where nobody said what of them, or things have changed
    since the preview; whatever `make` raises. Nothing is then changed.
    """
    require_can_manage(actor, [venue])
    reason = checked_reason(decision.reason)
    locked = lock_all(venue, now=now)
    before = standing.misfits(venue, now=now)
    make()
    venue.refresh_from_db()
    preview = Preview(_newly(before, standing.misfits(venue, now=now)))
    require_answer(preview, decision)
    if decision.answer is Answer.RELEASE and preview.dates:
        require_locked(preview, locked)
        releasing.release(preview.dates, reason=reason, actor=actor, now=now)
    return preview


def _newly(
    before: dict[int, standing.Misfit], after: dict[int, standing.Misfit]
) -> list[DisplacedDate]:
    found = []
    for pk, misfit in after.items():
        known = before[pk].codes if pk in before else set()
        new = [one for one in misfit.breaches if (one.code, one.space_id) not in known]
        if new:
            why = tuple(dict.fromkeys(breach.message for breach in new))
            found.append(DisplacedDate(misfit.occurrence, why))
    return found


def require_answer(preview: Preview, decision: Decision) -> None:
    """Raises: WouldDisplace unless nothing is in the way, or the answer is to this preview."""
    if preview.dates and (decision.answer is None or decision.digest != preview.digest):
        raise WouldDisplace(preview, is_stale=decision.answer is not None)


def lock_all(venue: Venue, *, now: datetime) -> set[int]:
    """Every space of the venue and all that its dates to come touch; the dates' ids.

    In the written order: their hirers before the venue and its spaces.
    """
    ids = {use.occurrence_id for use in building.standing_uses(venue, now=now)}
    keys = steps.keys_of(ids) | {(LockClass.VENUE, venue.pk)}
    atoms = {atom for parts in locks.atoms_in(venue.pk).values() for atom in parts}
    keys |= {(LockClass.SPACE, atom) for atom in atoms}
    lapsing.lock(keys, now=now)
    return ids


def require_locked(preview: Preview, locked: set[int]) -> None:
    """Raises: TryAgain where a booking was made while we waited for the locks."""
    if not {date.occurrence.pk for date in preview.dates} <= locked:
        raise TryAgain
