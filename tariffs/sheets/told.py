"""The facts of a request, by the names that conditions look them up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tariffs.rules.names import word, words
from tariffs.sheets import values

_HIRER = {"category", "resident", "regular", "statuses", "name"}
_EVENT = {"purpose", "people", "takings", "seats_sold", "tags"}
_HIRER_NUMBERS = {"hours_this_year", "bookings_this_year"}


def facts_of(request: dict[str, Any]) -> dict[str, object]:
    """Everything told but the time, the spaces and the items."""
    told: dict[str, object] = {}
    told |= _hirer(values.mapping(request.get("hirer"), "hirer"))
    told |= _event(values.mapping(request.get("event"), "event"))
    told |= _series(values.mapping(request.get("series"), "series"))
    told |= _actuals(values.mapping(request.get("actuals"), "actuals"), told)
    for name, value in values.mapping(request.get("period"), "period").items():
        told[f"period.{name}"] = values.number(value, f"period.{name}")
    if "period.years" in told and "period.months" not in told:
        told["period.months"] = values.number(request["period"]["years"], "years") * 12
    for name, value in values.mapping(request.get("measure"), "measure").items():
        told[f"measure.{_plain(name)}"] = values.number(value, f"measure.{name}")
    for name, value in values.mapping(request.get("facts"), "facts").items():
        told[f"fact.{_own(name)}"] = _any(value, f"facts.{name}")
    return {name: value for name, value in told.items() if value is not None}


def _hirer(hirer: dict[str, Any]) -> dict[str, object]:
    told: dict[str, object] = {}
    for name in ("resident", "regular"):
        told[f"hirer.{name}"] = values.yes_no(hirer.get(name), f"hirer.{name}")
    if hirer.get("statuses") is not None:
        told["hirer.statuses"] = _words(hirer["statuses"], "hirer.statuses")
    if hirer.get("name") is not None:
        told["hirer.name"] = _slug(hirer["name"], "hirer.name")
    for name in _HIRER_NUMBERS:
        if hirer.get(name) is not None:
            told[f"hirer.{name}"] = values.number(hirer[name], f"hirer.{name}")
    return told | _own_facts(hirer, _HIRER | _HIRER_NUMBERS, "hirer")


def _event(event: dict[str, Any]) -> dict[str, object]:
    told: dict[str, object] = {}
    if event.get("purpose") is not None:
        told["event.purpose"] = _slug(event["purpose"], "event.purpose")
    if event.get("tags") is not None:
        told["event.tags"] = _words(event["tags"], "event.tags")
    for name in ("people", "takings", "seats_sold"):
        if event.get(name) is not None:
            found = values.number(event[name], f"event.{name}")
            if name != "takings" and found % 1:
                raise values.refuse(field=f"event.{name}", remedy=_("Write a whole number."))
            told[f"event.{name}"] = found
    return told | _own_facts(event, _EVENT, "event")


def _series(series: dict[str, Any]) -> dict[str, object]:
    told: dict[str, object] = {}
    for name in ("count", "ordinal"):
        if series.get(name) is not None:
            told[f"series.{name}"] = Decimal(values.count(series[name], f"series.{name}"))
    told["series.in_advance"] = values.yes_no(series.get("in_advance"), "series.in_advance")
    for name, fact in (("hours", "series_hours"), ("gap", "shortest_gap"), ("gap", "longest_gap")):
        if series.get(name) is not None:
            told[fact] = values.number(series[name], f"series.{name}")
    return told


def _actuals(actuals: dict[str, Any], told: dict[str, object]) -> dict[str, object]:
    """Numbers are measures too; what is true is a tag of the event."""
    found: dict[str, object] = {}
    tags: list[str] = []
    for name, value in actuals.items():
        if name == "left_at":
            continue
        if isinstance(value, bool):
            tags += [word(name)] if value else []
        elif value is not None:
            figure = values.number(value, f"actuals.{name}")
            found[f"actuals.{_plain(name)}"] = found[f"measure.{_plain(name)}"] = figure
    if tags:
        before = told.get("event.tags", frozenset())
        found["event.tags"] = frozenset(tags) | (before if isinstance(before, frozenset) else set())
    return found


def _own_facts(pairs: dict[str, Any], known: set[str], where: str) -> dict[str, object]:
    return {
        f"fact.{_own(name)}": _any(value, f"{where}.{name}")
        for name, value in pairs.items()
        if name not in known and value is not None
    }


def _any(value: Any, field: str) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return _words(value, field)
    if isinstance(value, str) and not value.replace(".", "", 1).isdigit():
        return frozenset({_slug(value, field)})
    return values.number(value, field)


def _words(given: Any, field: str) -> frozenset[str]:
    return words(values.words(one, field) for one in values.listing(given, field))


def _slug(value: Any, field: str) -> str:
    return word(values.words(value, field))


def _plain(name: str) -> str:
    return word(name).replace("-", "_")


def _own(name: str) -> str:
    return word(name)
