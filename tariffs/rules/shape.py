"""Prices as values: what a rate says, read once, ready to be reckoned with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from tariffs.rules.conditions import When
from tariffs.rules.ranges import Range

ANY = "any"


class Unit(StrEnum):
    HOUR = "hour"
    SESSION = "session"
    DAY = "day"
    NIGHT = "night"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    BOOKING = "booking"
    SERIES = "series"
    FIXTURE = "fixture"
    SEASON = "season"
    PERSON = "person"
    ITEM = "item"
    MEASURE = "measure"
    POUND = "pound"


# Counted once for each date of a hire.
ONCE = frozenset({Unit.BOOKING, Unit.FIXTURE, Unit.SEASON})


class Reach(StrEnum):
    """How a rule names what it prices."""

    TOGETHER = "together"
    EACH = "each"
    ANY = "any"
    FEE = "fee"
    STAFF = "staff"


class Fit(StrEnum):
    """How a hire must lie to a rule's window: any part, all of the window, or inside it."""

    TOUCH = "touch"
    WHOLE = "whole"
    INSIDE = "inside"


class Mode(StrEnum):
    MARGINAL = "marginal"
    SLAB = "slab"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Target:
    """What a rule prices: spaces (or items) by short name, or a fee.

    TOGETHER: all of `names` hired at once, at one price. EACH: any one of `names`. ANY: any.
    """

    reach: Reach
    names: frozenset[str] = frozenset()
    is_item: bool = False
    label: str = ""

    @property
    def is_fee(self) -> bool:
        return self.reach in (Reach.FEE, Reach.STAFF)


@dataclass(frozen=True, slots=True)
class Band:
    """What numbers in `range` cost: each at `amount`, or `amount` for all of them. None: ask."""

    range: Range
    amount: Decimal | None
    is_flat: bool = False


@dataclass(frozen=True, slots=True)
class Bands:
    """Prices by bands of `by` (a number), anew after every `every` of them."""

    by: str
    mode: Mode
    bands: tuple[Band, ...]
    every: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much is counted: at least `least`, at most `most`, rounded up to a multiple of `step`."""

    unit: Unit = Unit.HOUR
    least: Decimal = Decimal(0)
    step: Decimal = Decimal(0)
    most: Decimal | None = None
    included: Decimal = Decimal(0)
    length: Decimal = Decimal(0)
    pack: Decimal = Decimal(0)
    times: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    fit: Fit | None = None


@dataclass(frozen=True)
class RateRule:
    """One price in pounds per unit; None asks. A higher `rank` wins before anything else."""

    id: str
    target: Target
    when: When
    quantity: Quantity
    amount: Decimal | None
    why: str = ""
    rank: int = 0
    bands: Bands | None = None
    options: frozenset[str] = frozenset()
    question: str = ""
    overage: Decimal | None = None
    overage_step: Decimal | None = None

    @cached_property
    def levels(self) -> tuple[bool, bool, bool, bool]:
        """What goes before closeness."""
        return self.when.levels()

    @cached_property
    def is_by_slice(self) -> bool:
        """Whether the rule may hold in one stretch of a hire and not in the next."""
        return self.when.is_by_slice() or self.quantity.fit is not None
