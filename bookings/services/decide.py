"""The venue's answer to a request: all waiting dates, or some of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from bookings import notifications
from bookings.models import Booking, Occurrence, State
from bookings.policies import BookingPolicy
from bookings.services import steps, terms, vat_changes
from bookings.transitions import STEPS, Step, allows
from core import plain_text
from core.errors import BadInput, NotAllowed


@transaction.atomic
def approve_booking(
    booking: Booking, *, actor: User, now: datetime, dates: Sequence[int] | None = None
) -> list[Occurrence]:
    """Book the dates that wait for the venue; `dates`: ids of some of them only.

    Raises: NotAllowed, NotFound, StepNotPossible where none waits any more.
    """
    return _decide(booking, STEPS["approve"], actor=actor, now=now, dates=dates, reason="")


@transaction.atomic
def decline_booking(
    booking: Booking,
    *,
    reason: str,
    actor: User,
    now: datetime,
    dates: Sequence[int] | None = None,
) -> list[Occurrence]:
    """Say no to the dates that wait, with a reason that the hirer reads.

    Raises: BadInput without a reason, NotAllowed, NotFound, StepNotPossible.
    """
    words = checked_reason(reason)
    if not words:
        raise BadInput(_("Say why, so that the group can look elsewhere."), field="reason")
    return _decide(booking, STEPS["decline"], actor=actor, now=now, dates=dates, reason=words)


def checked_reason(reason: str) -> str:
    """The reason without white space at its ends. Raises: BadInput."""
    try:
        plain_text.passage(reason)
    except ValidationError as error:
        raise BadInput(error.message, field="reason", reason=error.code) from error
    if len(reason) > 300:
        raise BadInput(_("Use at most 300 characters for the reason."), field="reason")
    return reason.strip()


def _decide(
    booking: Booking,
    step: Step,
    *,
    actor: User,
    now: datetime,
    dates: Sequence[int] | None,
    reason: str,
) -> list[Occurrence]:
    if not BookingPolicy(actor).can_decide(booking):
        raise NotAllowed
    steps.lock(booking, now=now)
    found = steps.locked_dates(booking, dates)
    chosen = found if dates is not None else [date for date in found if allows(step, date.state)]
    if not chosen:
        chosen = found[:1]
    steps.take(step, chosen, reason=reason, now=now)
    terms.spread_anew(booking, now=now)
    audit.record(
        f"booking_{step.name}",
        booking,
        f"Booking {booking.reference}: {step.name} {len(chosen)} date(s)",
        actor=actor,
        now=now,
    )
    notifications.tell_decided(booking, chosen, step, now=now)
    if step.after is State.DECLINED:
        vat_changes.retest(booking, actor=actor, now=now)
    return chosen
