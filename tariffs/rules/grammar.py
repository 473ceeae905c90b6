"""The small pieces of which the JSON Schema of a tariff is put together.

Amounts and hours are strings or whole numbers, so that no figure passes through binary fractions.
"""

from __future__ import annotations

from typing import Any

from tariffs.rules.conditions import Day
from tariffs.rules.ranges import CLOCK_PATTERN, RANGE_PATTERN
from tariffs.rules.words import DURING, NUMBERS, WHOLE_HIRE, Kind

MOST_NAMES = 200
_DATE = r"(?:\d{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_OFFSET = (
    r"^(?:booking|event|month end|\d{1,4} (?:working )?(?:day|week|month)s?"
    r" (?:before|after)(?: (?:event|booking|approval|invoice))?)\Z"
)
_SHARE = r"^(?:\d{1,3}(?:\.\d{1,4})?%(?: [+-] \d{1,6}(?:\.\d{1,2})?)?|\d{1,6}(?:\.\d{1,2})?)\Z"


def thing(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """A mapping of these pairs and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def listed(of: dict[str, Any], most: int = MOST_NAMES) -> dict[str, Any]:
    """A list of at least one of `of`."""
    return {"type": "array", "items": of, "minItems": 1, "maxItems": most}


def figure(pattern: str, most: int) -> dict[str, Any]:
    """A figure in quotes, or a whole number."""
    return {
        "type": ["string", "integer"],
        "pattern": pattern,
        "minimum": 0,
        "maximum": most,
    }


SLUG = {"type": "string", "maxLength": 80, "pattern": r"^[a-z0-9][a-z0-9_-]*\Z"}
# As long as the short name of a space may be; a name for people is made short when read.
NAME = {"type": "string", "minLength": 1, "maxLength": 110, "pattern": r"^[^\x00-\x1f\x7f]*\Z"}
NAMES = {**listed(NAME), "uniqueItems": True}
WORDS = {"type": "string", "maxLength": 200, "pattern": r"^[^\x00-\x1f\x7f]*\Z"}
SENTENCE = {**WORDS, "maxLength": 300}
TIME = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d\Z|^24:00\Z"}
MONEY = figure(r"^(?:\d{1,6}(?:\.\d{1,6})?(?: [a-z][a-z0-9_-]{0,39})?|ask)\Z", 999_999)
POUNDS = figure(r"^\d{1,6}(?:\.\d{1,6})?\Z", 999_999)
SIGNED = {"type": ["string", "integer"], "pattern": r"^-?\d{1,6}(?:\.\d{1,6})?\Z"}
HOURS = figure(r"^\d{1,3}(\.\d{1,4})?\Z", 999)
COUNT = figure(r"^\d{1,6}(\.\d{1,4})?\Z", 999_999)
PERCENT = figure(r"^\d{1,3}(\.\d{1,4})?\Z", 100)
RANGE = figure(RANGE_PATTERN, 999_999_999)
CLOCK_RANGE = {"type": "string", "pattern": CLOCK_PATTERN}
DATES = {"type": "string", "pattern": rf"^{_DATE}(?:\.\.{_DATE})?\Z"}
OFFSET = {"type": "string", "pattern": _OFFSET}
SHARE = {"type": ["string", "integer"], "pattern": _SHARE, "minimum": 0, "maximum": 999_999}
MOMENT = {"type": "string", "pattern": rf"^(?:{_WEEKDAYS}) (?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)\Z"}
DAYS = {**listed({"enum": [day.value for day in Day]}), "uniqueItems": True}
RANK = {"type": "integer", "minimum": 0, "maximum": 1000}
ON = listed(NAME)

_BY_KIND: dict[Kind, dict[str, Any]] = {
    Kind.WORDS: NAMES,
    Kind.ALL_WORDS: NAMES,
    Kind.NO_WORDS: NAMES,
    Kind.YES_NO: {"type": "boolean"},
    Kind.RANGE: RANGE,
    Kind.CLOCK: CLOCK_RANGE,
}

WHEN: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{name: _BY_KIND[kind] for name, (kind, _fact) in WHOLE_HIRE.items()},
        "day": DAYS,
        "from": TIME,
        "until": TIME,
        "daypart": SLUG,
        "season": {**listed(SLUG), "uniqueItems": True},
        "dates": listed(DATES),
        "term": {"type": "boolean"},
        "during": listed({"enum": list(DURING)}),
        "day_number": RANGE,
        "crosses": TIME,
        "span": thing({"from": MOMENT, "until": MOMENT}, "from", "until"),
        "any": listed({"$ref": "#/$defs/when"}, most=20),
        "fact": {
            "type": "object",
            "propertyNames": SLUG,
            "minProperties": 1,
            "additionalProperties": {"anyOf": [{"type": "boolean"}, RANGE, NAMES]},
        },
    },
    "additionalProperties": False,
}
BANDS = thing(
    {
        "by": {"type": "string", "maxLength": 80},
        "mode": {"enum": ["marginal", "slab", "flat"]},
        "every": COUNT,
        "bands": listed(
            thing(
                {
                    "in": RANGE,
                    "to": COUNT,
                    "under": COUNT,
                    "from": COUNT,
                    "over": COUNT,
                    "amount": MONEY,
                    "flat": {"type": "boolean"},
                },
                "amount",
            ),
            most=50,
        ),
    },
    "bands",
)
NUMBER_WORDS = frozenset(NUMBERS)
