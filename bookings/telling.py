"""The facts of a booking that its mails and calendars speak of, read once for all recipients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from bookings.models import Booking, Occurrence, QuoteLine, RefusedDate, Use
from bookings.transitions import WAITING
from core import words
from notices import links


@dataclass(frozen=True, slots=True)
class Telling:
    """Some dates of a booking. `uses`: by date, in the order of the venue's spaces. `total` is
    None where the venue has yet to say the price of any of the dates."""

    booking: Booking
    dates: Sequence[Occurrence]
    uses: Mapping[int, Sequence[Use]]
    refused: Sequence[RefusedDate]
    total: Decimal | None

    def in_words(self) -> dict[str, Any]:
        """What the mails' templates need, in the language that is active now."""
        booking = self.booking
        waiting = [d.hold_until for d in self.dates if d.state in WAITING and d.hold_until]
        hirer = booking.organisation or booking.private_hirer
        return {
            "reference": booking.reference,
            "title": booking.title,
            "venue": booking.venue.name,
            "spaces": list(
                dict.fromkeys(use.space.name for uses in self.uses.values() for use in uses)
            ),
            "dates": [words.when(date.starts_at, date.ends_at) for date in self.dates],
            "refused": [
                f"{words.when(date.starts_at, date.ends_at)}: {date.words}" for date in self.refused
            ],
            "total": "" if self.total is None else words.price(self.total),
            "reason": self.dates[0].reason if self.dates else "",
            "hirer": str(hirer) if hirer else "",
            "people": booking.people,
            "booking_url": links.absolute(reverse("booking", args=[booking.reference])),
            "venue_url": links.absolute(reverse("venue", args=[booking.venue.slug])),
            "base_url": links.absolute("/"),
            "answer_by": words.when_instant(min(waiting)) if waiting else "",
            "contact": booking.operator.contact_line,
            "reply_to": booking.venue.email,
        }


def gather(booking: Booking, dates: Sequence[Occurrence]) -> Telling:
    """Read what is to be told, in three statements."""
    ids = [date.pk for date in dates]
    uses: dict[int, list[Use]] = {pk: [] for pk in ids}
    rows = Use.objects.filter(occurrence_id__in=ids).select_related("space")
    for use in rows.order_by("space__position", "pk"):
        uses[use.occurrence_id].append(use)
    amounts = dict(
        QuoteLine.objects.filter(occurrence_id__in=ids)
        .values_list("occurrence_id")
        .annotate(amount=Sum("amount"))
        .order_by()
    )
    total = sum(amounts.values(), Decimal("0.00")) if len(amounts) == len(ids) else None
    return Telling(booking, dates, uses, list(booking.refused_dates.all()), total)
