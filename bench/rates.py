"""How long prices take: 10,000 random hires by a tariff of 60 rules of every kind."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from datetime import time as clock
from typing import Any

from bench import figures
from core.clock import at
from core.intervals import Span
from tariffs.engine import AskedSpace, PriceAsk, price, total
from tariffs.rules import TariffDocument, read, require_valid

HIRES = 10_000
_CATEGORIES = ("community", "commercial", "charity", "private", "faith")
_ROOMS = ("hall", "kitchen", "foyer")


def rate_figures(*, claims: int) -> None:
    """Print and keep the time of one price, with its words and without."""
    figures.heading("Prices of random hires by 60 rules")
    document = tariff()
    asks = hires(random.Random(1))
    for name, call in (("a price with its working", price), ("a total alone", total)):
        seconds = []
        for ask in asks:
            began = time.perf_counter()
            call(document, ask)
            seconds.append(time.perf_counter() - began)
        figures.keep(name, seconds, claims=claims)


def tariff() -> TariffDocument:
    """Sixty rules: hours by hirer, room, day and daypart; combinations, fees, discounts, VAT."""
    hours = {
        category: {
            room: {"morning": 10 + n, "evening": 14 + n, "weekend": 18 + n} for room in _ROOMS
        }
        for n, category in enumerate(_CATEGORIES)
    }
    rules: list[dict[str, Any]] = [
        {
            "id": "hour",
            "quantity": {"unit": "hour", "min": "1", "step": "0.25"},
            "table": {"by": ["category", "spaces", "daypart"], "prices": hours},
        },
        {
            "id": "both",
            "quantity": {"unit": "hour"},
            "table": {
                "by": ["spaces", "category"],
                "prices": {"hall + kitchen": dict.fromkeys(_CATEGORIES, 25)},
            },
        },
        {
            "id": "heating",
            "target": {"fee": "Heating"},
            "when": {"dates": ["10-01..03-31"]},
            "quantity": {"unit": "hour"},
            "amount": "2",
        },
        {
            "id": "late",
            "target": {"fee": "Late"},
            "when": {"from": "22:00", "until": "06:00"},
            "quantity": {"unit": "session", "length": "0.5"},
            "amount": "3",
        },
        {"id": "long", "kind": "adjust", "when": {"hours": "> 6"}, "percent": "-10"},
        {
            "id": "firm",
            "kind": "adjust",
            "when": {"category": ["commercial"]},
            "percent": "25",
            "stage": 2,
        },
        {"id": "least", "kind": "bound", "floor": "15"},
        {"id": "most", "kind": "bound", "ceiling": "300", "per": "day"},
        {
            "id": "insurance",
            "target": {"fee": "Insurance"},
            "quantity": {"unit": "pound", "of": ["hire"]},
            "amount": "0.1",
        },
        {
            "id": "vat",
            "kind": "tax",
            "when": {"category": ["commercial"]},
            "treatment": "exclusive",
            "rate": "20",
        },
    ]
    document = {
        "dayparts": {
            "morning": {"from": "00:00", "until": "18:00", "day": ["weekday"]},
            "evening": {"from": "18:00", "until": "24:00", "day": ["weekday"]},
            "weekend": {"from": "00:00", "until": "24:00", "day": ["weekend"]},
        },
        "rules": rules,
    }
    require_valid(document)
    return read(document)


def hires(chance: random.Random) -> list[PriceAsk]:
    """Ten thousand hires of one to three rooms through a year."""
    made = []
    for _n in range(HIRES):
        day = date(2027, 1, 1) + timedelta(days=chance.randrange(365))
        quarter = chance.randrange(32, 80)
        starts = at(day, clock(quarter // 4, quarter % 4 * 15))
        made.append(
            PriceAsk(
                spaces=tuple(AskedSpace(room, room) for room in _ROOMS[: chance.randint(1, 3)]),
                span=Span(starts, starts + timedelta(minutes=15 * chance.randint(4, 30))),
                category=chance.choice(_CATEGORIES),
            )
        )
    return made
