"""The facts of a booking that its mails and calendars speak of, read once for all recipients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse

from bookings import paying
from bookings.models import (
    Booking,
    CancellationCharge,
    Occurrence,
    QuoteLine,
    RefusedDate,
    State,
    Use,
)
from bookings.paying import Owed
from bookings.transitions import WAITING
from core import words
from core.clock import london
from notices import links

_STANDING = (*WAITING, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Telling:
    """Some dates of a booking. `uses`: by date, in the order of the venue's spaces. `total` is
    None where the venue has yet to say the price of any of the dates. `deposits`: name, pounds
    and reason; with `due` what was agreed, and `charges` what calling dates off costs."""

    booking: Booking
    dates: Sequence[Occurrence]
    uses: Mapping[int, Sequence[Use]]
    refused: Sequence[RefusedDate]
    total: Decimal | None
    deposits: Sequence[tuple[str, Decimal | None, str]] = ()
    due: Sequence[Owed] = ()
    charges: Sequence[CancellationCharge] = ()

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
            "deposits": [paying.deposit_line(*held) for held in self.deposits],
            "due": [self._due(part, is_agreed=not waiting) for part in self.due],
            "charges": [self._charge(row) for row in self.charges],
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

    def _due(self, part: Owed, *, is_agreed: bool) -> str:
        asked = london(self.booking.created_at).date()
        is_first = part.on is not None and part.on <= asked
        return paying.due_line(part, when=paying.at_yes() if is_first and not is_agreed else "")

    def _charge(self, row: CancellationCharge) -> str:
        date = row.occurrence
        said = paying.charge_line(row.charge, row.refund, row.why)
        return f"{words.when(date.starts_at, date.ends_at)}: {said}"


def gather(booking: Booking, dates: Sequence[Occurrence]) -> Telling:
    """Read what is to be told, in a handful of statements."""
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
    telling = Telling(booking, dates, uses, list(booking.refused_dates.all()), total)
    if any(date.state in _STANDING for date in dates):
        return with_terms(telling)
    charges = CancellationCharge.objects.filter(occurrence_id__in=ids)
    return replace(
        telling,
        charges=list(charges.select_related("occurrence").order_by("occurrence__starts_at")),
    )


def with_terms(telling: Telling) -> Telling:
    """With the deposits and payments that are kept with the booking."""
    booking = telling.booking
    return replace(
        telling,
        deposits=[(row.name, row.amount, row.why) for row in booking.deposits.all()],
        due=paying.owed_rows(booking.due_parts.all()),
    )
