"""Hours that are charged for: what was asked, raised to the minimum and rounded up to a step.

Minimum and step speak of the whole hire of a space, not of each stretch of it: 5:30pm to
7:30pm is two hours, whichever side of 6pm they fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from tariffs.engine.slices import Slice
from tariffs.rules.conditions import During
from tariffs.rules.shape import RateRule, Unit

HOUR = Decimal(3600)


@dataclass(slots=True)
class Stretch:
    """What one rule prices of one set of spaces: its slices, and seconds charged beyond them."""

    rule: RateRule
    slices: list[Slice] = field(default_factory=list)
    extra: Decimal = Decimal(0)
    before: Decimal = Decimal(0)

    @property
    def asked(self) -> Decimal:
        """Seconds of wall clock that were asked for; nothing where the length is unknown."""
        return Decimal(sum(slice_.seconds or 0 for slice_ in self.slices))

    @property
    def is_timed(self) -> bool:
        """Whether its length is known."""
        return all(slice_.seconds is not None for slice_ in self.slices)

    @property
    def hours(self) -> Decimal:
        """Hours charged for."""
        return (self.asked + self.extra) / HOUR

    @property
    def during(self) -> frozenset[str]:
        """What its rule says it is for; set-up at a rate of its own uses up no band of the use."""
        tests = self.rule.when.tests
        return frozenset().union(*(test.words for test in tests if isinstance(test, During)))


def raise_to_minimum(stretches: Sequence[Stretch]) -> None:
    """Charge the missing time at the rule that asks for most; of equals, at the last in time.

    What is priced otherwise than by the hour counts towards a minimum, not towards a step.
    """
    hourly = [stretch for stretch in stretches if stretch.rule.quantity.unit is Unit.HOUR]
    if not hourly:
        return
    total = sum((stretch.asked for stretch in hourly), Decimal(0))
    others = sum((stretch.asked for stretch in stretches), Decimal(0)) - total
    wanted = [(required(stretch.rule, total, others), n) for n, stretch in enumerate(hourly)]
    most, index = max(wanted)
    hourly[index].extra += most - total
    before: dict[frozenset[str], Decimal] = {}
    for stretch in hourly:
        stretch.before = before.get(stretch.during, Decimal(0))
        before[stretch.during] = stretch.before + stretch.hours


def required(rule: RateRule, seconds: Decimal, others: Decimal = Decimal(0)) -> Decimal:
    """Seconds that `rule` charges for a hire of `seconds` beside `others`."""
    step = rule.quantity.step * HOUR
    stepped = (seconds / step).to_integral_value(ROUND_CEILING) * step if step else seconds
    return max(stepped, rule.quantity.least * HOUR - others)
