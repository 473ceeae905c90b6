"""Rules written as a grid: one rate for each cell, in the words of the grid's heads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tariffs.rules.names import short

TARGETS = frozenset({"spaces", "each", "items"})
_LISTS = frozenset(
    {"category", "hirer", "status", "purpose", "tag", "all_tags", "with", "with_all", "without"}
    | {"item", "day", "season", "dates", "during"}
)
_YES_NO = frozenset({"resident", "regular", "in_advance", "term"})
_YES, _NO = ("yes", "true", "True"), ("no", "false", "False")
_FREE_CELLS = (None, "-", "")


def expanded(rules: list[Any]) -> list[Any]:
    """All rules, each grid as the rates it stands for."""
    return [single for rule in rules for single in _cells(rule)]


def _cells(rule: Mapping[str, Any]) -> Iterator[Any]:
    table = rule.get("table")
    if not table:
        yield rule
        return
    heads = table["by"]
    bare = {key: value for key, value in rule.items() if key != "table"}
    for path, cell in _leaves(table["prices"], len(heads)):
        made = {**bare, "when": dict(bare.get("when", {})), "quantity": dict(bare["quantity"])}
        made["id"] = "-".join([rule["id"], *(short(key) for key in path)]).lower()[:80]
        for head, key in zip(heads, path, strict=True):
            _place(made, head, key)
        if isinstance(cell, Mapping):
            own = cell.get("quantity", {})
            made["quantity"] = made["quantity"] | own if isinstance(own, dict) else own
            made |= {key: value for key, value in cell.items() if key != "quantity"}
        else:
            made["amount"] = cell
        yield made


def _leaves(prices: Any, depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    if depth == 0:
        if prices not in _FREE_CELLS:
            yield (), prices
        return
    for key, below in prices.items():
        if below in _FREE_CELLS:
            continue
        for path, cell in _leaves(below, depth - 1):
            yield (str(key), *path), cell


def _place(rule: dict[str, Any], head: str, key: str) -> None:
    if key == "*":
        return
    words = [word.strip() for word in key.split(",")]
    if head in TARGETS:
        if head == "spaces" and len(words) == 1:
            words = [word.strip() for word in key.split("+")]
        rule["target"] = {head: words}
    elif head in _LISTS:
        rule["when"][head] = words
    elif head in _YES_NO:
        rule["when"][head] = key in _YES
    else:
        rule["when"][head] = key


def faults_of_table(rule: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a grid, in words; nothing where it can be read."""
    from tariffs.rules.grammar import WHEN

    table = rule["table"]
    known = {*TARGETS, *WHEN["properties"]} - {"any", "span", "fact"}
    for head in table["by"]:
        if head not in known:
            yield head
    yield from _deep(table["prices"], len(table["by"]), "prices")


def _deep(prices: Any, depth: int, where: str) -> Iterator[str]:
    if depth == 0:
        return
    if not isinstance(prices, Mapping):
        if prices not in _FREE_CELLS:
            yield where
        return
    for key, below in prices.items():
        yield from _deep(below, depth - 1, f"{where}.{key}")
