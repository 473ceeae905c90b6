"""The verbs of booking. Page, API, admin and command call these and nothing else."""

from bookings.services.attendance import record_attended, record_no_show
from bookings.services.cancel import cancel_booking, cancel_dates, cancel_occurrence
from bookings.services.decide import approve_booking, decline_booking
from bookings.services.lapse import expire_lapsed
from bookings.services.request import preview_booking, questions_to_ask, request_booking
from bookings.services.requote import requote
from bookings.services.vat_changes import settle_vat_change

__all__ = [
    "approve_booking",
    "cancel_booking",
    "cancel_dates",
    "cancel_occurrence",
    "decline_booking",
    "expire_lapsed",
    "preview_booking",
    "questions_to_ask",
    "record_attended",
    "record_no_show",
    "request_booking",
    "requote",
    "settle_vat_change",
]
