"""How far ahead people may book: the venue's `booking_window_days`."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from core.clock import london
from core.intervals import Span
from core.words import long_day


def breaches(facts: Facts, span: Span) -> list[Breach]:
    last = london(facts.now).date() + timedelta(days=facts.venue.booking_window_days)
    if london(span.start).date() <= last:
        return []
    message = _("%(venue)s takes bookings up to %(day)s. Ask for a date before that.") % {
        "venue": facts.venue.name,
        "day": long_day(last),
    }
    return [Breach("too_far_ahead", message, span.start)]
