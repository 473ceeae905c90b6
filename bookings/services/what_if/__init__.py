"""What last year's bookings would have cost by other rates, as if everybody had booked the same."""

from bookings.services.what_if.answer import OpenDate, Sums, WhatIf
from bookings.services.what_if.kept import from_json
from bookings.services.what_if.period import Period, last_year
from bookings.services.what_if.replay import AT_ONCE, STOOD, hirer_key, readable, rules_of, what_if
from bookings.services.what_if.runs import WORK_OUT, begin, forget, newest, work_out

__all__ = [
    "AT_ONCE",
    "STOOD",
    "WORK_OUT",
    "OpenDate",
    "Period",
    "Sums",
    "WhatIf",
    "begin",
    "forget",
    "from_json",
    "hirer_key",
    "last_year",
    "newest",
    "readable",
    "rules_of",
    "what_if",
    "work_out",
]
