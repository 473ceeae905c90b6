"""Changes of prices in words, for the mail and the booking's page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.models import Occurrence, PriceChange
from core import words


def in_words(date: Occurrence, change: PriceChange) -> str:
    """Tuesday 5 January 2027, 7pm to 9pm: £22.00 (before, an estimate: £20.00)."""
    facts = {
        "date": words.when(date.starts_at, date.ends_at),
        "new": words.price(change.new_total),
        "old": "" if change.old_total is None else words.price(change.old_total),
    }
    if change.old_total is None:
        return _("%(date)s: %(new)s. There was no price before.") % facts
    if change.old_total == change.new_total:
        return _("%(date)s: %(new)s, as we estimated.") % facts
    if change.why == PriceChange.Why.FINAL:
        return _("%(date)s: %(new)s. We had estimated %(old)s.") % facts
    return _("%(date)s: %(new)s. It was %(old)s before.") % facts
