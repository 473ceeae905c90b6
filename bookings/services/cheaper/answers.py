"""What is found: another way to do the same for less."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bookings.requests import BookingRequest
from core.intervals import Span


class Kind(StrEnum):
    """In what an alternative differs from what was asked; it differs in nothing else."""

    SHIFT = "shift"
    LONGER = "longer"
    OFF_PEAK = "off_peak"
    OTHER_DAY = "other_day"
    OTHER_SPACE = "other_space"
    PART = "part"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that may turn out cheaper, with the spans of its dates in time order.

    `change` is how much it differs, for choosing among equals: minutes, days, dates or places.
    `swapped`: the id of the space that is left, and of the one taken instead.
    """

    kind: Kind
    request: BookingRequest
    spans: tuple[Span, ...]
    change: int
    swapped: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that can be booked now for less, in pounds for all of its `dates`.

    `usual` is what the same comes to as it was asked for; where `further` of the dates are more
    than were asked for, these and each further date by itself. `words` say what to do instead,
    `why` where it can be told why that is cheaper, and `assumptions` what is taken as so.
    """

    kind: Kind
    request: BookingRequest
    dates: int
    further: int
    total: Decimal
    usual: Decimal
    words: str
    why: str
    assumptions: tuple[str, ...]
    is_instant: bool
    is_estimate: bool

    @property
    def saving(self) -> Decimal:
        return self.usual - self.total

    @property
    def saving_as_asked(self) -> Decimal:
        """The saving on as many dates as were asked for."""
        return self.saving * (self.dates - self.further) / self.dates
