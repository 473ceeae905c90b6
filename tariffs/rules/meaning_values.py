"""Faults of single values: figures that are none, days that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.words import WHOLE_HIRE, Kind

_FIGURE = re.compile(r"\d{1,9}(?:\.\d{1,6})?\Z", re.ASCII)
_OWN = {"yes_no": Kind.YES_NO, "number": Kind.RANGE, "word": Kind.WORDS}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def fraction_faults(document: Any) -> Iterator[Fault]:
    """The first binary fraction in plain data: 0.1 has none that is exact."""
    inside: list[tuple[str, Any]] = [("", document)]
    while inside:
        where, value = inside.pop()
        if isinstance(value, float):
            yield Fault(
                "",
                where[:120] or "document",
                _("%(value)s is a binary fraction.") % {"value": value},
                _("Write the figure in quotes, like “12.50”."),
            )
            return
        if isinstance(value, dict):
            inside += [(f"{where}.{key}".strip("."), one) for key, one in value.items()]
        elif isinstance(value, list | tuple):
            inside += [(f"{where}.{number}", one) for number, one in enumerate(value)]


def value_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """What the schema lets through and no reader can read."""
    yield from _days(document)
    own = document.get("facts", {})
    for name, value in document.get("unless_told", {}).items():
        kind = _OWN[own[name]["kind"]] if name in own else WHOLE_HIRE.get(name, (None, ""))[0]
        if kind is not None and not _fits(kind, value):
            yield Fault(
                "",
                f"unless_told.{name}",
                _("“%(name)s” cannot be %(value)s.") % {"name": name, "value": str(value)[:60]},
                _remedy(kind),
            )


def _remedy(kind: Kind) -> str:
    if kind is Kind.YES_NO:
        return _("Write true or false.")
    if kind is Kind.RANGE:
        return _("Write a figure, zero or more, like “20”.")
    if kind is Kind.CLOCK:
        return _("A time cannot be taken as so; leave it out.")
    return _("Write a word, or a list of words.")


def _fits(kind: Kind, value: object) -> bool:
    if value is None:
        return True
    if kind is Kind.YES_NO:
        return isinstance(value, bool)
    if kind is Kind.RANGE:
        return not isinstance(value, bool) and bool(_FIGURE.match(str(value)))
    if kind is Kind.CLOCK:
        return False
    words = value if isinstance(value, list) else [value]
    return all(isinstance(word, str) for word in words)


def _days(document: Mapping[str, Any]) -> Iterator[Fault]:
    found: dict[str, date] = {}
    for name in ("valid_from", "valid_to"):
        if name in document:
            day = _day(document[name])
            if day is None:
                yield Fault(
                    "",
                    name,
                    _("There is no day “%(day)s”.") % {"day": document[name]},
                    _("Write a date like “2027-04-01”."),
                )
            else:
                found[name] = day
    if len(found) == 2 and found["valid_to"] <= found["valid_from"]:
        yield Fault(
            "",
            "valid_to",
            _("These prices end before they begin."),
            _("Let valid_to be a later day than valid_from."),
        )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
