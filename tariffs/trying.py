"""What one hire would cost: by a draft, and by the rates that are in force for its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spaces.models import Venue
from tariffs.engine import PriceAsk, Priced, price
from tariffs.quoting import quote_dates
from tariffs.rules import read
from tariffs.rules.editions import stamped


@dataclass(frozen=True, slots=True)
class Tried:
    """Both prices of one hire; `is_estimate`: no published rates reach to its day."""

    draft: Priced
    current: Priced
    is_estimate: bool


def try_price(
    venue: Venue, document: Mapping[str, Any], ask: PriceAsk, *, booked_on: date
) -> Tried:
    """Price `ask` by an unpublished document, beside what it would cost today. Two queries."""
    (quoted,) = quote_dates(venue.pk, [ask], booked_on=booked_on)
    return Tried(price(read(stamped(document)), ask), quoted.priced, quoted.is_estimate)
