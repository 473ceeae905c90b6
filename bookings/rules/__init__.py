"""The rules of booking, one file each. All are asked, so that every breach is told at once.

A rule of the request is asked once; a rule of a date is asked for each date.
"""

from __future__ import annotations

from collections.abc import Callable

from bookings.errors import Breach
from bookings.rules import (
    booked_here,
    booking_window,
    capacity,
    fire_limit,
    length,
    licence_hours,
    next_door,
    notice_period,
    opening_hours,
    quiet_times,
    responsible_adult,
    waiting_requests,
)
from bookings.rules.facts import Facts
from core.intervals import Span

REQUEST_RULES: tuple[Callable[[Facts], list[Breach]], ...] = (
    booked_here.breaches,
    capacity.breaches,
    responsible_adult.breaches,
    waiting_requests.breaches,
)

DATE_RULES: tuple[Callable[[Facts, Span], list[Breach]], ...] = (
    notice_period.breaches,
    booking_window.breaches,
    length.breaches,
    opening_hours.breaches,
    quiet_times.breaches,
    next_door.breaches,
    fire_limit.breaches,
    licence_hours.breaches,
)


def of_request(facts: Facts) -> list[Breach]:
    """Every breach that concerns the request as a whole."""
    return [breach for rule in REQUEST_RULES for breach in rule(facts)]


def of_date(facts: Facts, span: Span) -> list[Breach]:
    """Every breach that concerns the date at `span`."""
    return [breach for rule in DATE_RULES for breach in rule(facts, span)]
