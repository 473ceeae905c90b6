"""How long before a date it must be asked for: the venue's `notice_hours`."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.errors import Breach
from bookings.rules.facts import Facts
from core.intervals import Span


def breaches(facts: Facts, span: Span) -> list[Breach]:
    if span.start <= facts.now:
        return [Breach("in_the_past", _("This time has already begun."), span.start)]
    hours = facts.venue.notice_hours
    if span.start - facts.now >= timedelta(hours=hours):
        return []
    message = ngettext(
        "%(venue)s needs %(hours)d hour’s notice.",
        "%(venue)s needs %(hours)d hours’ notice.",
        hours,
    ) % {"venue": facts.venue.name, "hours": hours}
    return [Breach("too_little_notice", message, span.start)]
