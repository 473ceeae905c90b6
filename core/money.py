"""Pounds as Decimal: one rounding rule, one way to split, no float anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum

PENNY = Decimal("0.01")


class Rounding(StrEnum):
    """How a tariff rounds a line total; half up unless the tariff says otherwise."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    HALF_DOWN = "half_down"
    DOWN = "down"
    UP = "up"


_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.HALF_DOWN: ROUND_HALF_DOWN,
    Rounding.DOWN: ROUND_DOWN,
    Rounding.UP: ROUND_UP,
}


def round_to_pence(amount: Decimal, *, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """`amount` in pounds to two places.

    Raises: TypeError for a float, ValueError for NaN and infinities.
    """
    if not isinstance(amount, Decimal):
        message = "money is Decimal, never float"
        raise TypeError(message)
    if not amount.is_finite():
        message = "money must be a finite number"
        raise ValueError(message)
    return amount.quantize(PENNY, rounding=_MODES[rounding])


def split(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split `total` pounds by `weights` so that the parts sum to it exactly.

    The largest remainder gets the odd penny; ties go to the earlier part.
    Raises: ValueError where no weight is positive.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        message = "a split needs weights of zero or more, and one above zero"
        raise ValueError(message)
    pence = int(round_to_pence(total) * 100)
    exact = [Decimal(pence) * weight / whole for weight in weights]
    floors = [int(share.to_integral_value(rounding=ROUND_DOWN)) for share in exact]
    odd = pence - sum(floors)
    by_remainder = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for index in by_remainder[:odd]:
        floors[index] += 1
    return [Decimal(part) * PENNY for part in floors]
