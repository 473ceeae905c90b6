"""The shortest and longest booking of each space, by elapsed time."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from core.intervals import Span
from core.words import length


def breaches(facts: Facts, span: Span) -> list[Breach]:
    minutes = int(span.length.total_seconds() // 60)
    found = []
    for space in facts.spaces:
        if minutes < space.least_minutes:
            message = _("%(space)s is booked for at least %(length)s.") % {
                "space": space.name,
                "length": length(space.least_minutes),
            }
            found.append(Breach("too_short", message, span.start, space.id))
        elif minutes > space.longest_minutes:
            message = _("%(space)s is booked for at most %(length)s at a time.") % {
                "space": space.name,
                "length": length(space.longest_minutes),
            }
            found.append(Breach("too_long", message, span.start, space.id))
    return found
