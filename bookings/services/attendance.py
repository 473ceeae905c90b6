"""What became of a date: it took place, or nobody came."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from bookings.errors import StepNotPossible
from bookings.models import Occurrence
from bookings.policies import BookingPolicy
from bookings.services import steps
from bookings.transitions import STEPS, Step
from core.errors import NotAllowed


@transaction.atomic
def record_attended(occurrence: Occurrence, *, actor: User, now: datetime) -> Occurrence:
    """The date took place. Raises: NotAllowed, StepNotPossible."""
    return _record(occurrence, STEPS["attend"], actor=actor, now=now)


@transaction.atomic
def record_no_show(occurrence: Occurrence, *, actor: User, now: datetime) -> Occurrence:
    """Nobody came. Raises: NotAllowed, StepNotPossible."""
    return _record(occurrence, STEPS["miss"], actor=actor, now=now)


def _record(occurrence: Occurrence, step: Step, *, actor: User, now: datetime) -> Occurrence:
    booking = occurrence.booking
    if not BookingPolicy(actor).can_decide(booking):
        raise NotAllowed
    if occurrence.starts_at > now:
        raise StepNotPossible(_("This date has not begun yet."), step=step.name)
    steps.lock(booking, now=now)
    (date,) = steps.locked_dates(booking, [occurrence.pk])
    steps.take(step, [date], now=now)
    audit.record(
        f"booking_{step.name}",
        booking,
        f"Booking {booking.reference}: {step.name}",
        actor=actor,
        now=now,
    )
    return date
