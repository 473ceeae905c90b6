"""A tariff as values: what the document says, read once, ready to be reckoned with.

Times of day are minutes after midnight on London's wall clock; every window is [start, end).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.money import Rounding

DAY_MINUTES = 24 * 60
ANY = "any"


class Day(StrEnum):
    """How a rule may name days. A bank holiday outranks a named day, and that a kind of day."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"


class Unit(StrEnum):
    HOUR = "hour"
    ITEM = "item"
    BOOKING = "booking"


class Reach(StrEnum):
    """How a rule names what it prices."""

    TOGETHER = "together"
    EACH = "each"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Window:
    """[start, end) of a day; an end at or before the start is on the next day."""

    start: int
    end: int

    @property
    def wraps(self) -> bool:
        return self.end <= self.start

    def minutes(self) -> frozenset[int]:
        """Where the window begins and ends within a day."""
        return frozenset({self.start % DAY_MINUTES, self.end % DAY_MINUTES})

    def holds(self, minute: int) -> bool:
        """Whether the window covers this minute of the day."""
        if self.wraps:
            return minute >= self.start or minute < self.end
        return self.start <= minute < self.end

    def within(self, other: Window) -> bool:
        """Whether every minute of this window is in `other`."""
        start, end = self._unrolled()
        first, last = other._unrolled()
        return any(
            first + shift <= start and end <= last + shift
            for shift in (-DAY_MINUTES, 0, DAY_MINUTES)
        )

    def _unrolled(self) -> tuple[int, int]:
        return self.start, self.end + (DAY_MINUTES if self.wraps else 0)


@dataclass(frozen=True, slots=True)
class Target:
    """What a rule prices: spaces (or items) by short name.

    TOGETHER: all of `names` hired at once, at one price. EACH: any one of `names`. ANY: any.
    """

    reach: Reach
    names: frozenset[str] = frozenset()
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """When a rule holds. None: whoever, whichever day, the whole day."""

    categories: frozenset[str] | None = None
    days: frozenset[Day] | None = None
    window: Window | None = None
    daypart: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much is counted. Hours: at least `least`, rounded up to a multiple of `step`."""

    unit: Unit = Unit.HOUR
    least: Decimal = Decimal(0)
    step: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RateRule:
    """One price in pounds per unit. A higher `rank` wins before anything else is compared."""

    id: str
    target: Target
    when: When
    quantity: Quantity
    amount: Decimal
    why: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class TariffDocument:
    """A whole tariff. The list price is what `list_category` would pay."""

    rules: tuple[RateRule, ...]
    rounding: Rounding = Rounding.HALF_UP
    list_category: str = "commercial"

    def boundaries(self) -> tuple[int, ...]:
        """Every minute of the day at which some price may change, midnight among them."""
        cuts = {0}
        for rule in self.rules:
            if rule.when.window:
                cuts |= rule.when.window.minutes()
        return tuple(sorted(cuts))
