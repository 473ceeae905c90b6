"""Holds that ran out. Whoever locks the space next expires them; the sweep is only housekeeping."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

import structlog
from django.db import transaction

from bookings import notifications
from bookings.models import Booking, Occurrence
from bookings.services import steps, terms, vat_changes
from bookings.transitions import STEPS, WAITING
from core.errors import DomainError
from spaces import claims, lapsing
from spaces.locks import LockClass

_log = structlog.get_logger("openhall.bookings")


def lapse_dates(occurrence_ids: Iterable[int], *, now: datetime) -> None:
    """Expire those of the dates whose hold ran out, free what they held, tell their hirers once.

    Called with the locks of `steps.keys_of` held, by way of `spaces/lapsing.py`.
    """
    rows = (
        Occurrence.objects.select_for_update()
        .filter(pk__in=list(occurrence_ids), state__in=WAITING, hold_until__lte=now)
        .order_by("pk")
    )
    lapsed = list(rows)
    if not lapsed:
        return
    steps.take(STEPS["lapse"], lapsed, now=now)
    bookings = Booking.objects.in_bulk({occurrence.booking_id for occurrence in lapsed})
    for booking_id, booking in sorted(bookings.items()):
        dates = [o for o in lapsed if o.booking_id == booking_id]
        terms.spread_anew(booking, now=now)
        notifications.tell_expired(booking, dates, now=now)
        vat_changes.retest(booking, actor=None, now=now)


def expire_lapsed(*, now: datetime, limit: int = 200) -> int:
    """The sweep: expire what ran out, in small transactions. Returns how many bookings.

    One that cannot be had at this moment is left to the next sweep and holds up no other.
    """
    waiting = (
        Occurrence.objects.filter(state__in=WAITING, hold_until__lte=now)
        .order_by("booking_id")
        .values_list("booking_id", flat=True)
        .distinct()[:limit]
    )
    done = sum([_try(partial(_expire, booking_id, now=now)) for booking_id in list(waiting)])
    for space_id in claims.spaces_with_lapsed(now=now)[:limit]:
        _try(partial(_release, space_id, now=now))
    return done


def _try(work: Callable[[], None]) -> bool:
    try:
        work()
    except DomainError as error:
        _log.warning("lapsed hold left for later", code=error.code)
        return False
    return True


@transaction.atomic
def _expire(booking_id: int, *, now: datetime) -> None:
    dates = Occurrence.objects.filter(booking_id=booking_id).values_list("pk", flat=True)
    lapsing.lock(steps.keys_of(dates), now=now)
    lapse_dates(dates, now=now)


@transaction.atomic
def _release(space_id: int, *, now: datetime) -> None:
    """What an owner that is no longer there still holds on a space."""
    lapsing.lock([(LockClass.SPACE, space_id)], now=now)
