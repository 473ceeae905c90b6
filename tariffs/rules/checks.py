"""What must be true of a document before it is published; all that is wrong, at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tariffs.errors import Fault, TariffRefused
from tariffs.rules.meaning import faults_of_meaning, too_many
from tariffs.rules.schema import MOST_RULES, SCHEMA

_VALIDATOR = Draft202012Validator(SCHEMA)
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
        _shape_fault(document, error)
        for _n, error in zip(range(_MOST_FAULTS), _VALIDATOR.iter_errors(document), strict=False)
    ]
    if faults:
        return faults
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


def _shape_fault(document: Any, error: ValidationError) -> Fault:
    path = list(error.absolute_path)
    field = next((str(part) for part in reversed(path) if isinstance(part, str)), "document")
    limit: Any = error.validator_value
    given: Any = error.instance
    if error.validator == "required":
        field = next((name for name in limit if name not in given), field)
        problem = _("“%(field)s” is missing.") % {"field": field}
        remedy = _remedy(field)
    elif error.validator == "additionalProperties":
        schema: Any = error.schema
        known = list(schema["properties"])
        words = ", ".join(sorted(str(name)[:40] for name in given if name not in known))
        problem = _("“%(words)s” means nothing here.") % {"words": words[:120]}
        remedy = _("Use only: %(words)s.") % {"words": ", ".join(known)}
    else:
        what = {"field": field, "value": _short(given)}
        problem = _("“%(field)s” cannot be %(value)s.") % what
        remedy = _remedy(field)
        if error.validator == "enum":
            remedy = _("Use one of: %(words)s.") % {"words": ", ".join(map(str, limit))}
    return Fault(_rule_named(document, path), _where(path), problem, remedy)


def _remedy(field: str) -> str:
    remedies = {
        "amount": _("Write pounds in quotes, zero or more, like “12.50”."),
        "min": _("Write hours in quotes, like “2”."),
        "step": _("Write hours in quotes, like “0.5”."),
        "from": _("Write a time in quotes, like “18:00”."),
        "until": _("Write a time in quotes, like “23:00”. The end of the day is “24:00”."),
        "target": _("Name one of: spaces, each, items."),
        "id": _("Give the rule a short name: small letters, digits and dashes."),
        "why": _("Say why in one line of up to 200 characters."),
        "rules": _("Give a list of at least one rule."),
    }
    return remedies.get(field) or _("See the description of rates for what can stand here.")


def _rule_named(document: Any, path: list[Any]) -> str:
    if len(path) < 2 or path[0] != "rules":
        return ""
    rule = document["rules"][path[1]]
    name = rule.get("id") if isinstance(rule, dict) else None
    if isinstance(name, str) and 0 < len(name) <= 80:
        return name
    return _("rule %(n)d") % {"n": path[1] + 1}


def _where(path: list[Any]) -> str:
    return ".".join(str(part) for part in path)[:120] or "document"


def _short(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 60 else words[:57] + "…"
