"""A booking is made here only where the venue takes bookings here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from spaces.models import Venue


def breaches(facts: Facts) -> list[Breach]:
    found = []
    if facts.venue.booking_mode != Venue.BookingMode.HERE:
        message = _("%(venue)s does not take bookings here. Its page says how to ask.") % {
            "venue": facts.venue.name
        }
        found.append(Breach("not_booked_here", message))
    for space in facts.spaces:
        if not space.is_bookable:
            message = _("%(space)s cannot be booked by itself. Choose another space.") % {
                "space": space.name
            }
            found.append(Breach("space_not_bookable", message, space_id=space.id))
    return found
