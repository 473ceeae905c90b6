"""VAT of a price in words, and the warning before a block breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.models import Booking, QuoteLine
from bookings.services.vat import if_cancelled
from bookings.transitions import LIVE
from core import words
from tariffs.vat.rules import Rule


class Taxed(Protocol):
    """A line of a quote, or of a price that is kept."""

    @property
    def vat(self) -> str: ...
    @property
    def vat_amount(self) -> Decimal: ...
    @property
    def vat_rule(self) -> str: ...
    @property
    def vat_why(self) -> str: ...


def of_lines(lines: Iterable[Taxed]) -> dict[str, Any]:
    """How much VAT is in these lines (`said`, empty for none), and why or why not."""
    found = list(lines)
    amount = sum((line.vat_amount for line in found), Decimal("0.00"))
    said = ""
    if amount:
        message = _("VAT included: %(amount)s")
        if any(line.vat == "exclusive" for line in found):
            message = _("Plus VAT, in this total: %(amount)s")
        said = message % {"amount": words.pounds(amount)}
    why = dict.fromkeys(line.vat_why for line in found if line.vat_rule and line.vat_why)
    return {"said": said, "why": list(why)}


def of_booking(booking: Booking, *, for_staff: bool) -> dict[str, Any]:
    """The same for the dates that stand, with what is open: a change, spaces to decide on."""
    standing = [date for date in booking.occurrences.all() if date.state in LIVE]
    lines = [line for date in standing for line in date.quote_lines.all()]
    found = of_lines(lines)
    found["change"] = None
    if any(line.vat_rule == Rule.SERIES for line in lines):
        found["change"] = booking.vat_changes.filter(settled="").first()
    if found["change"]:
        # What the kept lines say of their VAT holds no longer.
        found["why"] = []
    found["to_decide"] = _to_decide(booking, lines) if for_staff else []
    return found


def _to_decide(booking: Booking, lines: Iterable[QuoteLine]) -> list[dict[str, str]]:
    """The spaces of an undecided sport booking, each with its page."""
    if not any(line.vat_rule == Rule.UNDECIDED for line in lines):
        return []
    spaces = {use.space for date in booking.occurrences.all() for use in date.uses.all()}
    return [
        {
            "name": space.name,
            "href": reverse("manage_sports", args=[booking.venue.slug, space.slug]),
        }
        for space in sorted(spaces, key=lambda space: (space.position, space.name))
    ]


def warning(booking: Booking, leaving: Collection[int]) -> str:
    """What becomes of the VAT of a block when these dates go; empty for nothing."""
    breaks = if_cancelled(booking, leaving)
    return breaks.words if breaks else ""
