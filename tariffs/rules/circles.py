"""What leans on itself and can never be reckoned: fees, derived facts, wholes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.names import short

_MOST_NAMED = 8
Graph = Mapping[str, Collection[str]]


def circle(graph: Graph) -> list[str]:
    """The names of one circle in order, the first again at its end; empty where there is none.

    `graph`: for each name those that it leans on.
    """
    done: set[str] = set()
    for start in graph:
        path: dict[str, Iterator[str]] = {}
        name: str | None = start
        while name is not None:
            if name in path:
                names = list(path)
                return [*names[names.index(name) :], name]
            if name not in done:
                path[name] = iter(sorted(graph.get(name, ())))
            name = _next(path, done)
    return []


def _next(path: dict[str, Iterator[str]], done: set[str]) -> str | None:
    """The next name to look at; those that lead nowhere are done."""
    while path:
        last = next(reversed(path))
        for name in path[last]:
            if name not in done:
                return name
        done.add(last)
        del path[last]
    return None


def circle_faults(
    document: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]
) -> Iterator[Fault]:
    """Every circle, with the names in it."""
    if names := circle(_shares(rules)):
        problem = _("These fees lean on each other in a loop: %(names)s.")
        remedy = _("Let one of them be a share of the hire alone.")
        yield Fault(names[0], "quantity.of", problem % _told(names), remedy)
    if names := circle(_derived(document)):
        problem = _("What is derived here leans on itself: %(names)s.")
        remedy = _("Test something else, such as series or bookings_this_year.")
        yield Fault("", f"derive.{names[0]}", problem % _told(names), remedy)
    wholes = _wholes(document)
    if names := circle(wholes):
        problem = _("These wholes contain each other: %(names)s.")
        remedy = _("Let the parts of a whole be spaces that have no parts.")
        yield Fault("", "spaces", problem % _told(names), remedy)
        return
    for name, parts in wholes.items():
        for part in sorted(set(parts) & wholes.keys()):
            problem = _("“%(part)s” is part of “%(name)s” and has parts of its own.")
            remedy = _("Write its parts in its place.")
            yield Fault("", "spaces", problem % {"part": part, "name": name}, remedy)


def _shares(rules: Sequence[Mapping[str, Any]]) -> Graph:
    shares = [rule for rule in rules if rule.get("quantity", {}).get("unit") == "pound"]
    by_name: dict[str, set[str]] = {}
    for rule in shares:
        for name in (rule["id"], *map(short, rule["target"].values())):
            by_name.setdefault(name, set()).add(rule["id"])
    return {
        rule["id"]: set().union(
            *(by_name.get(short(word), ()) for word in rule["quantity"].get("of", ()))
        )
        for rule in shares
    }


def _derived(document: Mapping[str, Any]) -> Graph:
    derived = document.get("derive", {})
    return {name: _named(when) & derived.keys() for name, when in derived.items()}


def _named(when: Mapping[str, Any]) -> set[str]:
    return set(when).union(*(_named(choice) for choice in when.get("any", ())))


def _wholes(document: Mapping[str, Any]) -> Graph:
    return {
        short(name): {short(part) for part in said["parts"]}
        for name, said in document.get("spaces", {}).items()
        if isinstance(said, Mapping) and "parts" in said
    }


def _told(names: Sequence[str]) -> dict[str, str]:
    shown = list(names)
    if len(shown) > _MOST_NAMED:
        shown = [*shown[: _MOST_NAMED - 2], "…", shown[-1]]
    return {"names": " → ".join(shown)}
