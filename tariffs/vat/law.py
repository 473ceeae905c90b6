"""The numbers of the law, each from the day on which it came into force. Nowhere else.

VAT Act 1994, Schedule 9, Group 1, item 1 (m) and notes; VAT Notice 742, section 5. A new rate or
a new length of series is a new row here; what was priced before keeps what it was priced by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

# The day on which the texts named above were last read.
READ_ON = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Law:
    """What holds from `first_on` on. The rate in percent; `longest_gap` in days between starts.

    `charges_follow_supply`: what is kept when a hire is cancelled is taxed as the hire.
    """

    first_on: date
    standard_rate: Decimal
    series_least: int = 10
    shortest_gap: timedelta = timedelta(hours=24)
    longest_gap: int = 14
    long_let: timedelta = timedelta(hours=24)
    charges_follow_supply: bool = False


_FIRST = Law(date(1991, 4, 1), Decimal("17.5"))
LAWS: tuple[Law, ...] = (
    _FIRST,
    replace(_FIRST, first_on=date(2008, 12, 1), standard_rate=Decimal(15)),
    replace(_FIRST, first_on=date(2010, 1, 1), standard_rate=Decimal("17.5")),
    replace(_FIRST, first_on=date(2011, 1, 4), standard_rate=Decimal(20)),
    # Revenue and Customs Brief 13 (2018): what is kept of a cancelled supply is taxed as it.
    replace(
        _FIRST,
        first_on=date(2019, 3, 1),
        standard_rate=Decimal(20),
        charges_follow_supply=True,
    ),
)


def law_on(day: date) -> Law:
    """The law in force on a London day; before the first row, that row."""
    begun = [law for law in LAWS if law.first_on <= day]
    return begun[-1] if begun else LAWS[0]


def standard_since(day: date) -> date:
    """Since when the standard rate of that day holds."""
    since = law_on(day)
    for law in reversed([law for law in LAWS if law.first_on < since.first_on]):
        if law.standard_rate != since.standard_rate:
            break
        since = law
    return since.first_on
