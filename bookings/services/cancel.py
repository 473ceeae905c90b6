"""Cancel one date, several, or all that are still to come, by the hirer or by the venue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from bookings import notifications
from bookings.errors import AlreadyStarted, StepNotPossible
from bookings.models import Booking, Occurrence
from bookings.policies import BookingPolicy
from bookings.services import charging, steps, vat_changes
from bookings.services.decide import checked_reason
from bookings.transitions import STEPS, Step, allows
from core import words
from core.errors import BadInput, NotAllowed


@transaction.atomic
def cancel_occurrence(
    occurrence: Occurrence, *, reason: str, actor: User, now: datetime
) -> Occurrence:
    """Cancel one date and free its space.

    Raises: NotAllowed, AlreadyStarted, StepNotPossible, BadInput.
    """
    said = checked_reason(reason)
    booking = occurrence.booking
    step = _step_for(booking, actor)
    dates = _locked(booking, [occurrence.pk], now=now)
    if dates[0].starts_at <= now:
        raise AlreadyStarted
    _cancel(booking, dates, step, reason=said, actor=actor, now=now)
    return dates[0]


@transaction.atomic
def cancel_dates(
    booking: Booking, *, dates: Sequence[int], reason: str, actor: User, now: datetime
) -> list[Occurrence]:
    """Cancel the dates with these ids, all of them or none, and free their space.

    Raises: NotAllowed, NotFound, AlreadyStarted or StepNotPossible (both name the dates that
    stand in the way), BadInput where no date is named.
    """
    said = checked_reason(reason)
    if not dates:
        raise BadInput(_("Tick the dates that you want to cancel."), field="dates")
    step = _step_for(booking, actor)
    chosen = _locked(booking, dates, now=now)
    _require_all(step, chosen, now=now)
    _cancel(booking, chosen, step, reason=said, actor=actor, now=now)
    return chosen


@transaction.atomic
def cancel_booking(
    booking: Booking, *, reason: str, actor: User, now: datetime
) -> list[Occurrence]:
    """Cancel every date that has not begun and free its space.

    Raises: NotAllowed, AlreadyStarted where no date is left to cancel, BadInput.
    """
    said = checked_reason(reason)
    step = _step_for(booking, actor)
    dates = _locked(booking, None, now=now)
    ahead = [date for date in dates if date.starts_at > now and allows(step, date.state)]
    if not ahead:
        raise AlreadyStarted
    _cancel(booking, ahead, step, reason=said, actor=actor, now=now)
    return ahead


def _step_for(booking: Booking, actor: User) -> Step:
    policy = BookingPolicy(actor)
    if not policy.can_cancel(booking):
        raise NotAllowed
    by = "hirer" if policy.cancels_as_hirer(booking) else "venue"
    return STEPS[f"cancel_by_{by}"]


def _locked(booking: Booking, ids: Sequence[int] | None, *, now: datetime) -> list[Occurrence]:
    steps.lock(booking, now=now)
    return steps.locked_dates(booking, ids)


def _require_all(step: Step, dates: Sequence[Occurrence], *, now: datetime) -> None:
    begun = [date for date in dates if date.starts_at <= now]
    if begun:
        raise AlreadyStarted(_nothing_was_cancelled(begun), dates=_named(begun))
    gone = [date for date in dates if not allows(step, date.state)]
    if gone:
        raise StepNotPossible(_nothing_was_cancelled(gone), dates=_named(gone))


def _nothing_was_cancelled(dates: Sequence[Occurrence]) -> str:
    named = "; ".join(words.when(date.starts_at, date.ends_at) for date in dates)
    message = _("Nothing was cancelled. This has already begun or is no longer booked: %(dates)s.")
    return message % {"dates": named}


def _named(dates: Sequence[Occurrence]) -> list[int]:
    return [date.pk for date in dates]


def _cancel(
    booking: Booking,
    dates: list[Occurrence],
    step: Step,
    *,
    reason: str,
    actor: User,
    now: datetime,
) -> None:
    foreseen = charging.foresee(dates, by=step.who.value, now=now)
    steps.take(step, dates, reason=reason, now=now)
    charging.keep(foreseen, now=now)
    audit.record(
        f"booking_{step.name}",
        booking,
        f"Booking {booking.reference}: {step.name} {len(dates)} date(s)"
        f"{charging.in_short(foreseen)}",
        actor=actor,
        now=now,
    )
    notifications.tell_cancelled(booking, dates, step, now=now)
    vat_changes.retest(booking, actor=actor, now=now)
