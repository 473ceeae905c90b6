"""What VAT has to know of a venue, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Spell:
    """The London days [first_on, last_on]; no `last_on`: from then on.

    `adds_vat`, of a registration: prices do not include VAT where a rate sheet does not say.
    """

    first_on: date
    last_on: date | None = None
    adds_vat: bool = False

    def holds_on(self, day: date) -> bool:
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


@dataclass(frozen=True, slots=True)
class Premises:
    """When its operator is registered, when the building is opted to tax, what is for sport.

    `sports` holds only the spaces that somebody decided on, and `items` only things that do not
    follow the hire; both by the short names of rates.
    """

    registrations: tuple[Spell, ...] = ()
    options: tuple[Spell, ...] = ()
    sports: Mapping[str, bool] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)


def on_day(spells: Iterable[Spell], day: date) -> Spell | None:
    """The spell that holds on that day."""
    return next((spell for spell in spells if spell.holds_on(day)), None)
