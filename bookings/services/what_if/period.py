"""The days whose bookings are priced anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.clock import start_of_day
from core.errors import BadInput
from core.intervals import Span

_LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included. Raises: BadInput where it is empty or too long."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput(_("The last day must not be before the first."), field="last")
        if self.last - self.first > _LONGEST:
            raise BadInput(_("Choose at most three years."), field="last")

    @property
    def span(self) -> Span:
        return Span(start_of_day(self.first), start_of_day(self.last + timedelta(days=1)))


def last_year(today: date) -> Period:
    """The twelve months before today."""
    try:
        first = today.replace(year=today.year - 1)
    except ValueError:
        first = date(today.year - 1, 3, 1)
    return Period(first, today - timedelta(days=1))
