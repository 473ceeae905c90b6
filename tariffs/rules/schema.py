"""The JSON Schema of a tariff document: its shape, before anything is asked of its meaning.

Amounts and hours are strings, so that no figure ever passes through binary fractions.
"""

from __future__ import annotations

from typing import Any

from accounts.models import HirerCategory
from core.money import Rounding
from tariffs.rules.shape import Day, Unit

MOST_RULES = 1000
MOST_NAMES = 200
# A price above this is a slip of the finger, and the columns that keep quotes stop soon after.
MOST_POUNDS = 100_000
MOST_HOURS = 744

_SLUG = {"type": "string", "maxLength": 80, "pattern": r"^[a-z0-9][a-z0-9_-]*\Z"}
# As long as the short name of a space may be.
_NAME = {"type": "string", "maxLength": 110, "pattern": r"^[A-Za-z0-9_-]+\Z"}
_NAMES = {
    "type": "array",
    "items": _NAME,
    "minItems": 1,
    "maxItems": MOST_NAMES,
    "uniqueItems": True,
}
_TIME = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d\Z|^24:00\Z"}
_MONEY = {"type": "string", "pattern": r"^\d{1,6}(\.\d{1,6})?\Z"}
_HOURS = {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,4})?\Z"}
_WORDS = {"type": "string", "maxLength": 200, "pattern": r"^[^\x00-\x1f\x7f]*\Z"}
_DAYS = {
    "type": "array",
    "items": {"enum": [day.value for day in Day]},
    "minItems": 1,
    "uniqueItems": True,
}
_CATEGORY = {"enum": list(HirerCategory.values)}


def _thing(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_TARGET = {
    **_thing({"spaces": _NAMES, "each": _NAMES, "items": _NAMES}),
    "minProperties": 1,
    "maxProperties": 1,
}
_WHEN = _thing(
    {
        "category": {"type": "array", "items": _CATEGORY, "minItems": 1, "uniqueItems": True},
        "day": _DAYS,
        "from": _TIME,
        "until": _TIME,
        "daypart": _SLUG,
    }
)
_QUANTITY = _thing(
    {"unit": {"enum": [unit.value for unit in Unit]}, "min": _HOURS, "step": _HOURS}, "unit"
)
_RULE = _thing(
    {
        "id": _SLUG,
        "kind": {"enum": ["rate"]},
        "target": _TARGET,
        "when": _WHEN,
        "quantity": _QUANTITY,
        "amount": _MONEY,
        "rank": {"type": "integer", "minimum": 0, "maximum": 1000},
        "why": _WORDS,
    },
    "id",
    "kind",
    "target",
    "quantity",
    "amount",
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Openhall tariff",
    **_thing(
        {
            "rounding": {"enum": [mode.value for mode in Rounding]},
            "list_category": _CATEGORY,
            "dayparts": {
                "type": "object",
                "propertyNames": _SLUG,
                "maxProperties": 20,
                "additionalProperties": _thing(
                    {"from": _TIME, "until": _TIME, "day": _DAYS}, "from", "until"
                ),
            },
            "rules": {"type": "array", "items": _RULE, "minItems": 1, "maxItems": MOST_RULES},
        },
        "rules",
    ),
}
