"""Settle booked dates when rates are published: estimates become final, and, where the venue
charges the rates of the day, agreed prices follow them.

One booking is one transaction. Whatever stops the work half-way, doing it again goes on with
what is left and does nothing twice: a date that is settled is no estimate any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from procrastinate.contrib.django import app

from accounts import audit
from bookings import notifications
from bookings.models import (
    Booking,
    CancelTerms,
    Deposit,
    DuePart,
    Occurrence,
    PriceChange,
    QuoteLine,
)
from bookings.queries import AHEAD
from bookings.services import quoting, steps
from bookings.services import terms as agreed_terms
from bookings.services.by_rates import ByRates
from bookings.services.effects import (
    Fate,
    PricedAnew,
    Terms,
    dates_ahead,
    judge,
    known_of,
    priced_anew,
    terms_of,
)
from bookings.services.planning import PlannedDate
from core.clock import london
from core.errors import DomainError
from spaces.models import Venue
from tariffs.models import Tariff, TariffVersion

SETTLE = "bookings.settle"
_log = structlog.get_logger("openhall.bookings")
_WHY = {
    Fate.FINAL: PriceChange.Why.FINAL,
    Fate.CHANGED: PriceChange.Why.ON_THE_DAY,
    Fate.FIRST: PriceChange.Why.FIRST,
}


def queue(version: TariffVersion, now: datetime) -> None:
    """Have the worker settle the venue's dates once the publishing is committed.

    Jobs of one venue run one after another.
    """
    venue_id = version.tariff.venue_id
    app.configure_task(SETTLE, lock=f"{SETTLE}.{venue_id}").defer(venue_id=venue_id)


def settle_venue(venue_id: int, *, now: datetime) -> int:
    """Settle every booking at the venue that has a date to settle; how many were.

    One that cannot be had at this moment is left to the next night and holds up no other.
    """
    done = 0
    for booking_id in due(venue_id, now=now):
        try:
            done += bool(settle_booking(booking_id, now=now))
        except DomainError as error:
            _log.warning("booking not settled", booking=booking_id, code=error.code)
    return done


def due(venue_id: int, *, now: datetime) -> list[int]:
    """The bookings with a date to settle, as things stand. The same queries for any number."""
    venue = Venue.objects.select_related("operator__organisation").get(pk=venue_id)
    dates, terms = dates_ahead(venue_id, now=now), terms_of(venue_id)
    found = priced_anew(judge(dates, terms, known_of(venue, dates, terms)))
    return sorted({one.date.booking_id for one in found})


def settle_left(*, now: datetime) -> int:
    """Every night: what a lost job, or a booking made while rates were published, left over."""
    ahead = Occurrence.objects.filter(
        booking__venue=OuterRef("venue"), state__in=AHEAD, starts_at__gt=now
    )
    estimates = ahead.filter(quote_lines__is_estimate=True)
    rows = Tariff.objects.filter(Q(agreed=Tariff.Agreed.ON_THE_DAY) | Exists(estimates))
    venue_ids = rows.order_by("pk").values_list("venue_id", flat=True)
    return sum(settle_venue(venue_id, now=now) for venue_id in list(venue_ids))


@transaction.atomic
def settle_booking(booking_id: int, *, now: datetime) -> list[PriceChange]:
    """Give a booking's dates their prices by the rates of their day, and tell the hirer once.

    What was read before the lock is read again under it.
    Raises: TryAgain.
    """
    booking = Booking.objects.select_related(
        "venue__operator__organisation", "operator", "organisation", "private_hirer", "made_by"
    ).get(pk=booking_id)
    steps.lock(booking, now=now)
    occurrences = {one.pk: one for one in steps.locked_dates(booking)}
    terms = terms_of(booking.venue_id)
    dates = dates_ahead(booking.venue_id, now=now, booking_ids=[booking_id])
    rates = known_of(booking.venue, dates, terms)
    anew = priced_anew(judge(dates, terms, rates))
    if not anew:
        return []
    pairs = [(occurrences[one.date.id], _planned(one, terms, rates)) for one in anew]
    QuoteLine.objects.filter(occurrence__in=[one.date.id for one in anew]).delete()
    quoting.keep(pairs)
    _keep_terms(booking, pairs, is_all=len(anew) == len(anew[0].date.stand))
    if any(one.then != one.date.charged for one in anew):
        agreed_terms.spread_anew(booking, now=now)
    changes = PriceChange.objects.bulk_create(_changes(anew, now=now))
    if changes:
        audit.record(
            "prices_settled",
            booking,
            f"Booking {booking.reference}: {len(changes)} price(s) by rates that were published",
            actor=None,
            now=now,
        )
        notifications.tell_prices_settled(booking, occurrences, changes, now=now)
    return changes


def _planned(one: PricedAnew, terms: Terms, rates: ByRates) -> PlannedDate:
    quote = rates.quote(terms.documents[one.version_id], one.version_id, one.date)
    return PlannedDate(one.date.span, (), quote)


def _keep_terms(
    booking: Booking, pairs: Sequence[tuple[Occurrence, PlannedDate]], *, is_all: bool
) -> None:
    """Terms of the new rates where none were agreed yet; what was agreed stays.

    Deposits and payments go with a whole booking: where all its dates get their first price.
    """
    dates, planned = zip(*pairs, strict=True)
    booked_on = london(booking.created_at).date()
    agreement = agreed_terms.foresee(planned, booked_on=booked_on)
    had = CancelTerms.objects.filter(occurrence__in=dates).values_list("occurrence_id", flat=True)
    scaled = set(had)
    has_terms = (
        not is_all
        or DuePart.objects.filter(booking=booking).exists()
        or Deposit.objects.filter(booking=booking).exists()
    )
    agreed_terms.write(
        [
            row
            for row in agreed_terms.rows_of(agreement, booking, dates)
            if (row.occurrence_id not in scaled if isinstance(row, CancelTerms) else not has_terms)
        ]
    )


def _changes(anew: Sequence[PricedAnew], *, now: datetime) -> list[PriceChange]:
    """A row for each date whose hirer should know: a price that stays the same is no news."""
    return [
        PriceChange(
            occurrence_id=one.date.id,
            version_id=one.version_id,
            why=_WHY[one.fate],
            old_total=one.date.charged,
            new_total=one.then,
            changed_at=now,
        )
        for one in anew
        if one.fate is not Fate.CHANGED or one.then != one.date.charged
    ]
