"""What a card still leaves open, in words, each with the cell to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tariffs.cards.naming import Names
from tariffs.cards.shape import Others, RateCard
from tariffs.cards.writing import written
from tariffs.rules import check, read
from tariffs.rules.names import short
from tariffs.sheets.gaps import unreachable
from tariffs.sheets.week import open_hours

Spot = tuple[int, ...]
_MOST = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend or to decide. `spot`: (section, line, column) or (section,), or nothing."""

    words: str
    spot: Spot = ()
    is_fault: bool = False


def remarks_of(
    card: RateCard,
    others: Others,
    *,
    spaces: Collection[str],
    items: Collection[str],
    names: Names,
) -> list[Remark]:
    """What keeps the rates from being published; if nothing does, what they leave open."""
    document, spots = written(card, others)
    by_rule = {name: spot for spot, name in spots.items()}
    faults = check(document, spaces=spaces, items=items)
    if faults:
        return [
            Remark(f"{fault.problem} {fault.remedy}", by_rule.get(fault.rule, ()), is_fault=True)
            for fault in faults
        ]
    tariff = read(document)
    kinds = [short(name) for name in document.get("categories", names.kinds)]
    asked = dict.fromkeys((*unreachable(tariff), *open_hours(tariff, kinds=kinds)))
    return [Remark(_spoken(one, names), _spot(one, card, by_rule)) for one in list(asked)[:_MOST]]


def _spot(words: str, card: RateCard, by_rule: Mapping[str, Spot]) -> Spot:
    """Where a question points: the rule it names in quotes, else the spaces it names."""
    for name, spot in by_rule.items():
        if f"“{name}”" in words:
            return spot
    for i, section in enumerate(card.sections):
        if any(f" {name}:" in words for name in section.names):
            return (i,)
    return ()


def _spoken(words: str, names: Names) -> str:
    """A question with the names that people know."""
    for short_name, label in _labels(names):
        words = words.replace(f" {short_name} ", f" {label} ").replace(
            f" {short_name}:", f" {label}:"
        )
    return words


def _labels(names: Names) -> Iterator[tuple[str, str]]:
    yield from names.kinds.items()
    yield from names.spaces.items()
