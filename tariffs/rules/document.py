"""A whole tariff as one value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from core.money import Rounding
from tariffs.rules.conditions import When
from tariffs.rules.editions import CURRENT, Edition
from tariffs.rules.shape import RateRule
from tariffs.rules.terms import More


@dataclass(frozen=True)
class TariffDocument:
    """What a document says. The list price is what `list_category` would pay.

    An empty `list_category`: the list price is the price before discounts.
    """

    rules: tuple[RateRule, ...]
    rounding: Rounding = Rounding.HALF_UP
    list_category: str = "commercial"
    more: More = field(default_factory=More)
    edition: Edition = CURRENT
    # What the engine worked out once for all quotes by this document.
    worked_out: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def conditions(self) -> Iterator[When]:
        """The conditions of every rule."""
        yield from (rule.when for rule in self.rules)
        yield from self.more.conditions()

    @cached_property
    def boundaries(self) -> tuple[int, ...]:
        """Every minute of the day at which some price may change, midnight among them."""
        return tuple(sorted(frozenset({0}).union(*(when.cuts() for when in self.conditions()))))
