"""Words that look like slips: nearly the same as another, or never answered by anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from tariffs.errors import Fault
from tariffs.rules.names import short, word
from tariffs.rules.tables import expanded

_ALIKE = 86
_SHORTEST = 5
_MOST_WORDS = 300
_SAME_WORDS = {"purpose": "purpose", "tag": "tag", "all_tags": "tag", "status": "status"}
_PLACES = {"with": "spaces", "with_all": "spaces", "without": "spaces", "item": "items"}


def slips(document: Mapping[str, Any]) -> Iterator[Fault]:
    """A word that is written in two ways; a space or an item that conditions name alone."""
    rules = expanded(document["rules"])
    yield from _alike(rules)
    yield from _nowhere(document, rules)


def _alike(rules: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    used: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for rule, name, value in _named(rules):
        if name in _SAME_WORDS:
            used[_SAME_WORDS[name]][word(value)].append(rule)
    for kind, words in used.items():
        listed = sorted(words)[:_MOST_WORDS]
        for one, other in combinations(listed, 2):
            if _are_alike(one, other):
                rarer, usual = sorted((one, other), key=lambda text: (len(words[text]), text))
                yield Fault(
                    words[rarer][0],
                    f"when.{kind}",
                    _("Is “%(rarer)s” the same %(kind)s as “%(usual)s”?")
                    % {"rarer": rarer, "usual": usual, "kind": kind},
                    _("Write it alike in both, or leave it if they are two things."),
                )


def _are_alike(one: str, other: str) -> bool:
    """One letter off, or an ending; "room-1" and "room-2" are two things."""
    if min(len(one), len(other)) < _SHORTEST or any(c.isdigit() for c in one + other):
        return False
    if abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other).ratio() * 100 >= _ALIKE


def _nowhere(document: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    known: dict[str, set[str]] = {
        part: {short(name) for name in document.get(part, {})} for part in ("spaces", "items")
    }
    for said in document.get("spaces", {}).values():
        known["spaces"] |= (
            {short(p) for p in said.get("parts", ())} if type(said) is dict else set()
        )
    for rule in rules:
        for kind, names in rule.get("target", {}).items():
            part = "items" if kind == "items" else "spaces"
            known[part] |= set() if isinstance(names, str) else {short(name) for name in names}
    for named, name, value in _named(rules):
        part = _PLACES.get(name, "")
        if part and "any" not in known[part] and short(value) not in known[part]:
            yield Fault(
                named,
                f"when.{name}",
                _("Nothing else speaks of “%(name)s”. What is it?") % {"name": value},
                _("Write the name of a space or item that has a price."),
            )


def _named(rules: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for rule in rules:
        for part in ("when", "unless"):
            yield from _in_when(rule["id"], rule.get(part, {}))


def _in_when(rule: str, when: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, value in when.items():
        if name == "any":
            for choice in value:
                yield from _in_when(rule, choice)
        elif name in _SAME_WORDS or name in _PLACES:
            yield from ((rule, name, str(one)) for one in value)
