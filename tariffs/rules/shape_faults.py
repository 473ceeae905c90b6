"""What a schema finds wrong, said in words with a remedy."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from jsonschema.exceptions import ValidationError

from tariffs.errors import Fault


def shape_fault(document: Any, error: ValidationError, *, within: tuple[Any, ...] = ()) -> Fault:
    """What the schema found, in words. `within`: where in the document it was looking."""
    path = [*within, *error.absolute_path]
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
        "bands": _("Write “bands: {mode: marginal, bands: [{to: 5, amount: 6}, {amount: 4}]}”."),
        "percent": _("Write a percent in quotes, like “-10” or “25”."),
        "rate": _("Write the percent of the tax, from 0 to 100, like “20”."),
        "floor": _("Write pounds in quotes, zero or more, like “12.50”."),
        "ceiling": _("Write pounds in quotes, zero or more, like “12.50”."),
        "rules": _("Give a list of at least one rule."),
    }
    return remedies.get(field) or _("See docs/rates.md for what can stand here.")


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
