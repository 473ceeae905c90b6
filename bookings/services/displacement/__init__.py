"""Changes of a venue that touch bookings already made: shown first, then done in one step."""

from bookings.services.displacement.answers import (
    Answer,
    DisplacedDate,
    Preview,
    WouldDisplace,
)
from bookings.services.displacement.changing import Decision, change
from bookings.services.displacement.closing import close_with_bookings
from bookings.services.displacement.standing import Misfit, misfits

__all__ = [
    "Answer",
    "Decision",
    "DisplacedDate",
    "Misfit",
    "Preview",
    "WouldDisplace",
    "change",
    "close_with_bookings",
    "misfits",
]
