"""The JSON Schema of a tariff document: its shape, before anything is asked of its meaning."""

from __future__ import annotations

from typing import Any

from tariffs.rules import grammar as g
from tariffs.rules.editions import EDITIONS
from tariffs.rules.grammar import thing
from tariffs.rules.shape import Fit, Unit
from tariffs.rules.terms import By, Per, Stack, Treatment

MOST_RULES = 2000
# A price above this is a slip of the finger, and the columns that keep quotes stop soon after.
MOST_POUNDS = 100_000
MOST_HOURS = 744
ROUNDINGS = ("half_up", "half_even", "half_down", "down", "up", "ask")

_TARGET = {
    **thing({"spaces": g.NAMES, "each": g.NAMES, "items": g.NAMES, "fee": g.NAME, "staff": g.NAME}),
    "minProperties": 1,
    "maxProperties": 1,
}
_QUANTITY = thing(
    {
        "unit": {"enum": [unit.value for unit in Unit]},
        "min": g.HOURS,
        "max": g.COUNT,
        "step": g.HOURS,
        "included": g.COUNT,
        "length": g.HOURS,
        "pack": g.COUNT,
        "times": g.listed(g.NAME, most=5),
        "of": g.ON,
        "fit": {"enum": [fit.value for fit in Fit]},
    },
    "unit",
)
_COMMON: dict[str, Any] = {
    "id": g.SLUG,
    "kind": {"type": "string"},
    "when": {"$ref": "#/$defs/when"},
    "unless": {"$ref": "#/$defs/when"},
    "why": g.WORDS,
}
_RANKED = {**_COMMON, "rank": g.RANK}


def _kind(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return thing({**properties}, "id", *required)


_RATE = _kind(
    {
        **_RANKED,
        "target": _TARGET,
        "quantity": _QUANTITY,
        "amount": g.MONEY,
        "bands": g.BANDS,
        "option": g.listed(g.SLUG, most=20),
        "question": g.SENTENCE,
        "overage": g.MONEY,
        "overage_step": g.HOURS,
        "table": thing(
            {
                "by": g.listed({"type": "string", "maxLength": 40}, most=4),
                "prices": {"type": "object"},
            },
            "by",
            "prices",
        ),
    },
    "quantity",
)
KINDS: dict[str, dict[str, Any]] = {
    "rate": _RATE,
    "standing": _RATE,
    "adjust": _kind(
        {
            **_COMMON,
            "on": g.ON,
            "percent": g.SIGNED,
            "amount": g.SIGNED,
            "per": {"enum": ["hour", "booking", "person", "day", "session", "unit"]},
            "stage": {"type": "integer", "minimum": 1, "maximum": 50},
            "stack": {"enum": [stack.value for stack in Stack]},
        }
    ),
    "bound": _kind(
        {
            **_COMMON,
            "on": g.ON,
            "floor": g.MONEY,
            "ceiling": g.MONEY,
            "per": {"enum": [per.value for per in Per]},
        }
    ),
    "choose": _kind(
        {
            **_COMMON,
            "options": {**g.listed(g.SLUG, most=20), "minItems": 2},
            "by": {"enum": [by.value for by in By]},
            "question": g.SENTENCE,
        },
        "options",
        "by",
    ),
    "ask": _kind({**_COMMON, "question": g.SENTENCE}, "question"),
    "tax": _kind(
        {
            **_RANKED,
            "on": g.ON,
            "treatment": {"enum": [treatment.value for treatment in Treatment]},
            "rate": g.PERCENT,
        },
        "treatment",
    ),
    "deposit": _kind(
        {
            **_RANKED,
            "name": g.NAME,
            "amount": g.MONEY,
            "percent": g.PERCENT,
            "bands": g.BANDS,
            "release": g.SENTENCE,
        }
    ),
    "schedule": _kind(
        {
            **_RANKED,
            "parts": g.listed(
                thing(
                    {
                        "due": g.OFFSET,
                        "percent": g.PERCENT,
                        "amount": g.MONEY,
                        "returned": {"type": "boolean"},
                        "why": g.WORDS,
                    },
                    "due",
                ),
                most=20,
            ),
        },
        "parts",
    ),
    "cancel": _kind(
        {
            **_RANKED,
            "by": {"enum": ["hirer", "venue"]},
            "waived_if_relet": {"type": "boolean"},
            "steps": g.listed(
                {
                    **thing(
                        {
                            "notice": g.RANGE,
                            "unit": {"enum": ["hours", "days", "weeks", "months"]},
                            "charge": g.SHARE,
                            "refund": g.SHARE,
                        },
                        "notice",
                    ),
                    "minProperties": 2,
                },
                most=40,
            ),
        },
        "steps",
    ),
}

_LABELS = {"type": "object", "propertyNames": g.NAME, "maxProperties": 500}
_RULE: dict[str, Any] = {
    "type": "object",
    "properties": {"kind": {"enum": list(KINDS)}},
    "allOf": [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in KINDS
    ]
    + [{"if": {"not": {"required": ["kind"]}}, "then": {"$ref": "#/$defs/rate"}}],
}
_SPACE = {
    "anyOf": [g.WORDS, thing({"label": g.WORDS, "parts": g.NAMES})],
}
_DAYPARTS = {
    "type": "object",
    "propertyNames": g.SLUG,
    "maxProperties": 40,
    "additionalProperties": thing(
        {"from": g.TIME, "until": g.TIME, "day": g.DAYS}, "from", "until"
    ),
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Openhall tariff",
    **thing(
        {
            "engine": {"enum": [edition.number for edition in EDITIONS]},
            "title": g.WORDS,
            "notes": {**g.WORDS, "maxLength": 2000},
            "picked_by": {"enum": ["event_date", "booking_date"]},
            "valid_from": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d\Z"},
            "valid_to": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d\Z"},
            "rounding": {"enum": list(ROUNDINGS)},
            "vat_rounding": {"enum": ["line", "invoice"]},
            "stacking": {"enum": [stack.value for stack in Stack]},
            "list_category": g.NAME,
            "categories": {**_LABELS, "additionalProperties": g.WORDS},
            "spaces": {**_LABELS, "additionalProperties": _SPACE},
            "items": {**_LABELS, "additionalProperties": g.WORDS},
            "constants": {
                "type": "object",
                "propertyNames": g.SLUG,
                "maxProperties": 40,
                "additionalProperties": g.POUNDS,
            },
            "dayparts": _DAYPARTS,
            "seasons": {
                "type": "object",
                "propertyNames": g.SLUG,
                "maxProperties": 40,
                "additionalProperties": g.listed(g.DATES),
            },
            "terms": g.listed(g.DATES),
            "holidays": g.listed(g.DATES),
            "facts": {
                "type": "object",
                "propertyNames": g.SLUG,
                "maxProperties": 60,
                "additionalProperties": thing(
                    {"kind": {"enum": ["yes_no", "number", "word"]}, "ask": g.SENTENCE}, "kind"
                ),
            },
            "unless_told": {"type": "object", "maxProperties": 60},
            "derive": {
                "type": "object",
                "properties": {
                    "regular": {"$ref": "#/$defs/when"},
                    "resident": {"$ref": "#/$defs/when"},
                },
                "additionalProperties": False,
            },
            "rules": {"type": "array", "items": _RULE, "minItems": 1, "maxItems": MOST_RULES},
        },
        "rules",
    ),
    "$defs": {"when": g.WHEN, **KINDS},
}
