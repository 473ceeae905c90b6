"""What last year's bookings would have cost by other rates, as if everybody had booked the same."""

from bookings.services.what_if.answer import OpenDate, Sums, WhatIf
from bookings.services.what_if.period import Period, last_year
from bookings.services.what_if.replay import AT_ONCE, readable, rules_of, what_if
from bookings.services.what_if.runs import WORK_OUT, begin, forget, newest, work_out

__all__ = [
    "AT_ONCE",
    "WORK_OUT",
    "OpenDate",
    "Period",
    "Sums",
    "WhatIf",
    "begin",
    "forget",
    "last_year",
    "newest",
    "readable",
    "rules_of",
    "what_if",
    "work_out",
]
