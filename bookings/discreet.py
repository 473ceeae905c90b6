"""Why a private person pays less is no business of the venue: its staff see what, and how much."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.models import Booking


def for_staff(booking: Booking) -> Booking:
    """The same booking, whose dates and lines are read already, without the reasons of a price.

    Only where a private person hires; of a group its standing is known to the venue.
    """
    if booking.private_hirer_id is None:
        return booking
    for date in booking.occurrences.all():
        for line in date.quote_lines.all():
            line.why = ""
            if line.kind == "adjust":
                line.what, line.rule = _("Change of the price"), ""
    return booking
