"""Comparisons with a number: "> 6", ">= 2 < 4", "28". Edges are in or out as they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SIGN = r"(?:>=|<=|>|<)\s*"
NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
CLOCK = r"(?:[0-3]?\d|4[0-8]):[0-5]\d"
RANGE_PATTERN = rf"^(?:{NUMBER}|(?:{_SIGN}{NUMBER}\s*){{1,2}})\Z"
CLOCK_PATTERN = rf"^(?:{CLOCK}|(?:{_SIGN}{CLOCK}\s*){{1,2}})\Z"
_PART = re.compile(rf"(>=|<=|>|<)?\s*({CLOCK}|{NUMBER})")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; None is without end."""

    low: Decimal | None = None
    high: Decimal | None = None
    has_low: bool = True
    has_high: bool = True

    def holds(self, number: Decimal) -> bool:
        """Whether `number` is inside."""
        if self.low is not None and (
            number < self.low or (number == self.low and not self.has_low)
        ):
            return False
        return self.high is None or not (
            number > self.high or (number == self.high and not self.has_high)
        )

    def within(self, other: Range) -> bool:
        """Whether every number of this range is in `other`."""
        return self._low_key() >= other._low_key() and self._high_key() <= other._high_key()

    @property
    def is_empty(self) -> bool:
        """Whether no number is inside."""
        if self.low is None or self.high is None:
            return False
        both = self.has_low and self.has_high
        return self.low > self.high or (self.low == self.high and not both)

    def _low_key(self) -> tuple[Decimal, int]:
        if self.low is None:
            return Decimal("-Infinity"), 0
        return self.low, 0 if self.has_low else 1

    def _high_key(self) -> tuple[Decimal, int]:
        if self.high is None:
            return Decimal("Infinity"), 0
        return self.high, 0 if self.has_high else -1


def range_of(text: object) -> Range:
    """The range that `text` says; a bare number is exactly that number. Clock times: minutes.

    The text has passed the schema.
    """
    low = high = None
    has_low = has_high = True
    for sign, figure in _PART.findall(str(text)):
        number = _number(figure)
        if not sign:
            return Range(number, number)
        if sign.startswith(">"):
            low, has_low = number, sign == ">="
        else:
            high, has_high = number, sign == "<="
    return Range(low, high, has_low, has_high)


def _number(figure: str) -> Decimal:
    hours, colon, minutes = figure.partition(":")
    return Decimal(hours) * 60 + Decimal(minutes) if colon else Decimal(figure)
