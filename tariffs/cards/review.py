"""What a card still leaves open, in words, each with the cell to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tariffs.cards.naming import Names
from tariffs.cards.shape import Others, RateCard
from tariffs.cards.writing import written
from tariffs.rules import check
from tariffs.sheets.gaps import questions_of

Spot = tuple[int, ...]


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
    # Every kind of hirer may ask, also those that no rule names.
    probed = {"categories": dict(names.kinds), **document}
    return [
        Remark(
            f"{_spoken(one.problem, names)} {one.remedy}",
            by_rule.get(one.rule) or _section(one.problem, card),
        )
        for one in questions_of([probed])
    ]


def _section(words: str, card: RateCard) -> Spot:
    """Where a question points that names no rule of the grid: the spaces it speaks of."""
    for i, section in enumerate(card.sections):
        if any(f" {name}:" in words for name in section.names):
            return (i,)
    return ()


def _spoken(words: str, names: Names) -> str:
    """A question with the names that people know."""
    for short_name, label in _labels(names):
        for after in (" ", ":", ","):
            words = words.replace(f" {short_name}{after}", f" {label}{after}")
    return words


def _labels(names: Names) -> Iterator[tuple[str, str]]:
    yield from names.kinds.items()
    yield from names.spaces.items()
