"""Changes of prices in words, for the mail and the booking's page."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from bookings.models import Occurrence, PriceChange
from core import words
from spaces.models import Venue
from tariffs.models import Tariff


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


def note(change: PriceChange) -> str:
    """What stands beside the date on the booking's page."""
    facts = {
        "day": words.long_day(change.changed_at),
        "old": "" if change.old_total is None else words.price(change.old_total),
    }
    if change.old_total is None:
        return _("It has had a price since %(day)s.") % facts
    if change.why == PriceChange.Why.FINAL:
        return _("Final since %(day)s; the estimate was %(old)s.") % facts
    return _("It was %(old)s until %(day)s, when new rates were published.") % facts


def is_by_the_day(venue: Venue) -> bool:
    """Whether a booking made now pays the rates of each day. `venue`: read with its tariff."""
    tariff = getattr(venue, "tariff", None)
    return tariff is not None and tariff.agreed == Tariff.Agreed.ON_THE_DAY


def pays_by_the_day(venue: Venue, *, booked_at: datetime) -> bool:
    """Whether a booking made then does: what was promised before the choice stays."""
    since = venue.tariff.agreed_since if is_by_the_day(venue) else None
    return since is not None and booked_at >= since
