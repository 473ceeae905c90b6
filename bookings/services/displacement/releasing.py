"""Gives displaced dates back, or moves them, and tells each hirer once for a booking.

Callers hold the locks of all that is touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from bookings import claiming, notifications
from bookings.errors import AlreadyStarted
from bookings.models import Booking, Occurrence, Use
from bookings.services import charging, steps, vat_changes
from bookings.services.displacement.answers import DisplacedDate
from bookings.services.displacement.building import Building
from bookings.transitions import STEPS
from core import words

_LONGEST_REASON = 300


def release(
    dates: Sequence[DisplacedDate], *, reason: str, actor: User | None, now: datetime
) -> None:
    """Cancel these dates by the venue. Raises: AlreadyStarted, naming those that have begun."""
    begun = [date.occurrence for date in dates if date.occurrence.starts_at <= now]
    if begun:
        named = "; ".join(words.when(one.starts_at, one.ends_at) for one in begun)
        message = _("Somebody is in there already: %(dates)s. Choose a time after that.")
        raise AlreadyStarted(message % {"dates": named}, dates=[one.pk for one in begun])
    step = STEPS["cancel_by_venue"]
    for booking, occurrences in _by_booking(dates):
        foreseen = charging.foresee(occurrences, by=step.who.value, now=now)
        steps.take(step, occurrences, reason=reason[:_LONGEST_REASON], now=now)
        charging.keep(foreseen, now=now)
        audit.record(
            f"booking_{step.name}",
            booking,
            f"Booking {booking.reference}: {step.name} {len(occurrences)} date(s): {reason}"
            f"{charging.in_short(foreseen)}",
            actor=actor,
            now=now,
        )
        notifications.tell_cancelled(booking, occurrences, step, now=now)
        vat_changes.retest(booking, actor=actor, now=now)


def move(
    dates: Sequence[DisplacedDate],
    known: Building,
    *,
    reason: str,
    actor: User | None,
    now: datetime,
) -> None:
    """Take these dates to the spaces they go to, at the same time and the agreed price.

    Raises: SpaceTaken.
    """
    uses = {use.pk: use for rows in known.uses.values() for use in rows}
    moved = [uses[pk] for date in dates for pk in date.goes_to]
    # Next to where they were, a buffer of the same hirer may come back.
    touched = {use.occurrence_id for use in claiming.uses_around(moved)}
    for date in dates:
        for pk, space in date.goes_to.items():
            use = uses[pk]
            use.space = space
            use.setup_minutes, use.cleardown_minutes = known.buffers(space, date.booking.activity)
        date.occurrence.sequence += 1
        date.occurrence.changed_at = now
        date.occurrence.reason = reason[:_LONGEST_REASON]
    Use.objects.bulk_update(moved, ["space", "setup_minutes", "cleardown_minutes"])
    occurrences = [date.occurrence for date in dates]
    Occurrence.objects.bulk_update(occurrences, ["sequence", "changed_at", "reason"])
    claiming.apply(touched | {one.pk for one in occurrences}, now=now)
    for booking, theirs in _by_booking(dates):
        audit.record(
            "booking_moved",
            booking,
            f"Booking {booking.reference}: moved {len(theirs)} date(s): {reason}",
            actor=actor,
            now=now,
        )
        notifications.tell_moved(booking, theirs, now=now)


def _by_booking(dates: Sequence[DisplacedDate]) -> Iterable[tuple[Booking, list[Occurrence]]]:
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for date in dates:
        found[date.booking.pk].append(date.occurrence)
    for occurrences in found.values():
        yield occurrences[0].booking, occurrences
