"""What goes with the price at some venues: deposits, when to pay, and what cancelling costs."""

from __future__ import annotations

from typing import Any

_Rules = tuple[dict[str, Any], ...]
_WHO_PAYS_FIRST = {"category": ["private", "commercial"]}
_ALL_BACK: dict[str, Any] = {
    "id": "venue-cancels",
    "kind": "cancel",
    "by": "venue",
    "steps": [{"notice": ">= 0", "refund": "100%"}],
}


def _deposit(amount: str, party: str) -> _Rules:
    why = "It pays for damage and extra cleaning."
    return (
        {
            "id": "deposit-private",
            "kind": "deposit",
            "when": {"category": ["private"]},
            "amount": amount,
            "why": why,
        },
        {
            "id": "deposit-party",
            "kind": "deposit",
            "when": {"purpose": ["party"]},
            "amount": party,
            "why": why,
        },
    )


_QUARTER_FIRST: dict[str, Any] = {
    "id": "payments",
    "kind": "schedule",
    "when": _WHO_PAYS_FIRST,
    "parts": [
        {"due": "booking", "percent": 25, "why": "A quarter holds the date"},
        {"due": "28 days before", "why": "The rest"},
    ],
}
_BY_WEEKS: dict[str, Any] = {
    "id": "cancelling",
    "kind": "cancel",
    "steps": [
        {"notice": ">= 28", "charge": 0},
        {"notice": ">= 14 < 28", "charge": "25%"},
        {"notice": ">= 2 < 14", "charge": "50%"},
        {"notice": "< 2", "charge": "100%"},
    ],
}
_BY_HOURS: dict[str, Any] = {
    "id": "cancelling",
    "kind": "cancel",
    "steps": [
        {"notice": ">= 48", "unit": "hours", "charge": 0},
        {"notice": "< 48", "unit": "hours", "charge": "50%"},
    ],
}

TERMS: dict[str, _Rules] = {
    "grand": (*_deposit("250", "400"), _QUARTER_FIRST, _BY_WEEKS, _ALL_BACK),
    "charity": (*_deposit("100", "150"), _QUARTER_FIRST, _BY_WEEKS, _ALL_BACK),
    "village": (*_deposit("75", "150"), _BY_WEEKS, _ALL_BACK),
    "church": (_BY_HOURS, _ALL_BACK),
}
# Nobody says what kind of event it is unless the rates ask.
TAKEN_AS_SO = {"purpose": "other"}
