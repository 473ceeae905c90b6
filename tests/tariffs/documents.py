"""Charge sheets as data, small enough to reckon by hand."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from core.clock import at
from core.intervals import Span
from tariffs.engine import AskedItem, AskedSpace, PriceAsk

HALL = AskedSpace("hall", "Main Hall")
KITCHEN = AskedSpace("kitchen", "Kitchen")
FOYER = AskedSpace("foyer", "Foyer")

TUESDAY = date(2027, 1, 12)
SATURDAY = date(2027, 1, 16)
BANK_HOLIDAY = date(2027, 5, 3)  # a Monday


def rule(id: str, amount: str, *, target: Any = None, unit: str = "hour", **more: Any) -> Any:
    """One rate; `least`, `step`, `rank`, `why` where given, the rest says when."""
    quantity = {"unit": unit}
    if "least" in more:
        quantity["min"] = more.pop("least")
    if "step" in more:
        quantity["step"] = more.pop("step")
    made = {
        "id": id,
        "kind": "rate",
        "target": target or {"spaces": ["hall"]},
        "quantity": quantity,
        "amount": amount,
    }
    for word in ("rank", "why"):
        if word in more:
            made[word] = more.pop(word)
    if "since" in more:
        more["from"] = more.pop("since")
    return made | {"when": more}


def sheet(*rules: Any, **more: Any) -> dict[str, Any]:
    """A document of these rules; the list price is what a business pays."""
    return {"rounding": "half_up", "list_category": "commercial", "rules": list(rules), **more}


EVENING = {"evening": {"from": "18:00", "until": "24:00"}}
WEEKEND_DAYS = ["weekend", "bank_holiday"]


def village_hall() -> dict[str, Any]:
    """Business 20, community 10; evenings 24 and 12; weekends 30 and 15; at least 2 hours then."""
    return sheet(
        rule("day-business", "20.00", category=["commercial"], day=["weekday"]),
        rule("day-community", "10.00", category=["community"], day=["weekday"]),
        rule(
            "evening-business", "24.00", category=["commercial"], day=["weekday"], daypart="evening"
        ),
        rule(
            "evening-community", "12.00", category=["community"], day=["weekday"], daypart="evening"
        ),
        rule("weekend-business", "30.00", category=["commercial"], day=WEEKEND_DAYS, least="2"),
        rule("weekend-community", "15.00", category=["community"], day=WEEKEND_DAYS, least="2"),
        dayparts=EVENING,
    )


def ask(
    day: date,
    starts: str,
    ends: str,
    *,
    category: str = "community",
    spaces: tuple[AskedSpace, ...] = (HALL,),
    items: tuple[AskedItem, ...] = (),
    nights: int = 0,
) -> PriceAsk:
    """From `starts` to `ends` in London; "24:00" is the midnight after, `nights` move the end."""
    last = day + timedelta(days=nights + (1 if ends == "24:00" else 0))
    until = time(0) if ends == "24:00" else time.fromisoformat(ends)
    span = Span(at(day, time.fromisoformat(starts)), at(last, until))
    return PriceAsk(spaces=spaces, span=span, category=category, items=items)
