"""The answer: sums now and then. Only dates with a price in both are in the sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

_NOTHING = Decimal("0.00")
_PERCENT = Decimal("0.1")


@dataclass(slots=True)
class Sums:
    """`now` is what was charged for `dates` dates, `then` what the other rates would charge."""

    dates: int = 0
    now: Decimal = _NOTHING
    then: Decimal = _NOTHING

    def add(self, now: Decimal, then: Decimal) -> None:
        self.dates += 1
        self.now += now
        self.then += then

    @property
    def more(self) -> Decimal:
        """Pounds more than now; below zero: less."""
        return self.then - self.now

    @property
    def percent(self) -> Decimal | None:
        """How much more in percent, to one place; None where nothing was paid before."""
        return (self.more * 100 / self.now).quantize(_PERCENT) if self.now else None

    def is_over(self, percent: Decimal) -> bool:
        """Whether they pay over so many percent more; whoever paid nothing and will, does."""
        return self.then * 100 > self.now * (100 + percent)


@dataclass(frozen=True, slots=True)
class OpenDate:
    """A date that the other rates cannot price, and what the venue would have to decide."""

    reference: str
    starts_at: datetime
    ends_at: datetime
    questions: tuple[str, ...]


@dataclass(slots=True)
class WhatIf:
    """`by_hirer`: by "organisation:12", "person:34", or "private" for bookings kept private.

    `dates`: all that stood; `unpriced` of them had no price, `open` would have none. `new_hours`:
    hours that cost nothing now, or have no price, and would have one.
    """

    dates: int = 0
    unpriced: int = 0
    open: int = 0
    new_dates: int = 0
    new_hours: Decimal = Decimal(0)
    total: Sums = field(default_factory=Sums)
    by_category: dict[str, Sums] = field(default_factory=dict)
    by_space: dict[str, Sums] = field(default_factory=dict)
    by_hirer: dict[str, Sums] = field(default_factory=dict)
    open_dates: list[OpenDate] = field(default_factory=list)
    questions: dict[str, int] = field(default_factory=dict)

    def paying_over(self, percent: Decimal) -> list[tuple[str, Sums]]:
        """Who would pay over so many percent more, the most pounds first."""
        found = [(key, sums) for key, sums in self.by_hirer.items() if sums.is_over(percent)]
        return sorted(found, key=lambda one: (-one[1].more, one[0]))

    def paying_less(self) -> list[tuple[str, Sums]]:
        """Who would pay less, the most pounds first."""
        found = [(key, sums) for key, sums in self.by_hirer.items() if sums.more < 0]
        return sorted(found, key=lambda one: (one[1].more, one[0]))

    def everybody(self) -> Iterator[tuple[str, Sums]]:
        yield from sorted(self.by_hirer.items(), key=lambda one: (-one[1].more, one[0]))
