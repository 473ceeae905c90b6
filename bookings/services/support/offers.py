"""What may help with the price of a booking, as plain values. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.intervals import Span
from tariffs.engine import Priced


@dataclass(frozen=True, slots=True)
class FreeHours:
    """An allowance: minutes left, and the days, weekdays (none: all) and spaces (none: all)."""

    pk: int
    reason: str
    left: Decimal
    total: Decimal
    first_on: date
    last_on: date
    weekdays: frozenset[int] = frozenset()
    space_ids: frozenset[int] = frozenset()

    def holds(self, day: date, space_ids: frozenset[int]) -> bool:
        """Whether it may be spent on this day in these spaces."""
        return (
            self.first_on <= day <= self.last_on
            and (not self.weekdays or day.weekday() in self.weekdays)
            and (not self.space_ids or space_ids <= self.space_ids)
        )


@dataclass(frozen=True, slots=True)
class Code:
    """A voucher that may be used: `kind` of `bookings.models.Voucher.Kind`, and its value."""

    pk: int
    reason: str
    kind: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Funding:
    """A grant: pounds left, and either a percent or the most pounds of each date."""

    pk: int
    funder: str
    left: Decimal
    first_on: date
    last_on: date
    percent: Decimal | None = None
    per_date: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """All that may help, each kind in the order in which it is used."""

    free_hours: Sequence[FreeHours] = ()
    code: Code | None = None
    grants: Sequence[Funding] = ()


@dataclass(frozen=True, slots=True)
class ToHelp:
    """A date with its price. `day` is the London day on which it begins."""

    span: Span
    day: date
    space_ids: frozenset[int]
    priced: Priced


@dataclass(frozen=True, slots=True)
class Help:
    """`amount` pounds (above zero) are taken off; `counted` of the source's total is used."""

    kind: str
    source: int
    counted: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Helped:
    """The price with lines for what helped. Without help it is the price as it was."""

    priced: Priced
    helps: tuple[Help, ...] = field(default=())
