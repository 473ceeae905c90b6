"""What stands in the boxes of a card's form before anybody types, and times as rules say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from tariffs.cards.shape import Part, RateCard, Section

_EVERYBODY = "*"


def initial_of(card: RateCard) -> dict[str, Any]:
    """A value for each box."""
    found: dict[str, Any] = {"full_price": card.full_price, "stacking": card.stacking}
    for n, part in enumerate(card.parts):
        found.update(_part(f"p{n}", part))
    for n, column in enumerate(card.columns):
        found[f"k{n}-kinds"] = list(column.kinds) or [_EVERYBODY]
    for i, section in enumerate(card.sections):
        found.update(_section(f"s{i}", section))
    found.update(_rows(card))
    return found


def _part(box: str, part: Part) -> dict[str, Any]:
    return {
        f"{box}-name": part.name.replace("-", " ").replace("_", " ").capitalize(),
        f"{box}-days": list(part.days),
        f"{box}-from": _clock(part.start),
        f"{box}-until": _clock(part.end),
        f"{box}-longer": part.longer,
    }


def _section(box: str, section: Section) -> Iterator[tuple[str, Any]]:
    yield f"{box}-reach", section.reach
    yield f"{box}-spaces", list(section.names)
    for j, line in enumerate(section.lines):
        yield f"{box}l{j}-unit", line.unit
        yield f"{box}l{j}-least", line.least
        yield f"{box}l{j}-step", line.step
        for k, cell in enumerate(line.cells):
            yield f"{box}l{j}c{k}", cell.amount


def _rows(card: RateCard) -> Iterator[tuple[str, Any]]:
    for n, item in enumerate(card.items):
        yield f"item{n}-names", ",".join(item.names)
        yield f"item{n}-unit", item.unit
        yield f"item{n}-amount", item.amount
    for n, fee in enumerate(card.fees):
        yield f"fee{n}-name", fee.name
        yield f"fee{n}-unit", fee.unit
        yield f"fee{n}-amount", fee.amount
    for n, deposit in enumerate(card.deposits):
        yield f"deposit{n}-name", deposit.name
        yield f"deposit{n}-amount", deposit.amount
    for n, discount in enumerate(card.discounts):
        yield f"discount{n}-who", discount.who
        yield f"discount{n}-percent", discount.percent
        yield f"discount{n}-least", discount.least
    for n, step in enumerate(card.ladder.steps if card.ladder else ()):
        yield f"step{n}-days", str(step.days)
        yield f"step{n}-charge", step.charge


def _clock(wall: str) -> time | None:
    hours, _colon, minutes = wall.partition(":")
    return time(int(hours) % 24, int(minutes)) if wall else None


def wall(moment: time | None, *, is_end: bool = False) -> str:
    """ "18:00" of a time; midnight at an end is the end of the day."""
    if moment is None:
        return ""
    return "24:00" if is_end and moment == time(0) else moment.strftime("%H:%M")
