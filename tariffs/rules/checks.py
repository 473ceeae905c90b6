"""What must be true of a document before it is published; all that is wrong, at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from tariffs.errors import Fault, TariffRefused
from tariffs.rules.meaning import faults_of_meaning, too_many
from tariffs.rules.meaning_rates import table_faults
from tariffs.rules.meaning_values import fraction_faults
from tariffs.rules.schema import MOST_RULES, SCHEMA
from tariffs.rules.shape_faults import shape_fault
from tariffs.rules.tables import expanded

_VALIDATOR = Draft202012Validator(SCHEMA)
_CELL = Draft202012Validator({**SCHEMA["properties"]["rules"]["items"], "$defs": SCHEMA["$defs"]})
_MOST_FAULTS = 50
_LONGEST_DOCUMENT = 1_000_000


def require_valid(
    document: Any,
    *,
    spaces: Collection[str] | None = None,
    items: Collection[str] | None = None,
) -> None:
    """Refuse a document that cannot be published.

    `spaces` and `items`: the short names the venue has; None where that is not known.
    Raises: TariffRefused with every fault found, up to 50.
    """
    faults = check(document, spaces=spaces, items=items)
    if faults:
        raise TariffRefused(faults)


def check(
    document: Any,
    *,
    spaces: Collection[str] | None = None,
    items: Collection[str] | None = None,
) -> list[Fault]:
    """Every fault of a document, each with its rule and its remedy, up to 50."""
    too_large = _size_fault(document)
    if too_large:
        return [too_large]
    faults = [
        shape_fault(document, error)
        for _n, error in zip(range(_MOST_FAULTS), _VALIDATOR.iter_errors(document), strict=False)
    ]
    faults = faults or list(fraction_faults(document))
    if faults:
        return faults
    grids = [fault for rule in document["rules"] for fault in table_faults(rule)]
    faults = grids or list(_cell_faults(document))
    if faults:
        return faults[:_MOST_FAULTS]
    found: Iterator[Fault] = faults_of_meaning(document, spaces=spaces, items=items)
    return [fault for _n, fault in zip(range(_MOST_FAULTS), found, strict=False)]


def _size_fault(document: Any) -> Fault | None:
    """Refused before anything walks over it."""
    rules = document.get("rules") if isinstance(document, dict) else None
    if isinstance(rules, list) and len(rules) > MOST_RULES:
        return too_many(len(rules))
    try:
        length = len(json.dumps(document, allow_nan=True))
    except (TypeError, ValueError, RecursionError):
        return Fault(
            rule="",
            where="document",
            problem=_("This is not plain data."),
            remedy=_("Use only words, lists and pairs, with each figure in quotes."),
        )
    if length > _LONGEST_DOCUMENT:
        return Fault(
            rule="",
            where="document",
            problem=_("The document is too long."),
            remedy=_("Keep it under one million characters."),
        )
    return None


def _cell_faults(document: Any) -> Iterator[Fault]:
    """What is wrong with the single rules that grids stand for."""
    if not any("table" in rule for rule in document["rules"]):
        return
    cells = [rule for grid in document["rules"] if "table" in grid for rule in expanded([grid])]
    if len(cells) > MOST_RULES:
        yield too_many(len(cells))
        return
    for cell in cells:
        for error in _CELL.iter_errors(cell):
            fault = shape_fault({"rules": [cell]}, error, within=("rules", 0))
            yield replace(fault, where="table")
