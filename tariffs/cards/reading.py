"""From a document to a card: what a grid can show is lifted, everything else is kept as it is.

A rule is lifted only where writing it again gives the very same rule, so nothing changes a price.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tariffs.cards.reading_more import deposit_of, discount_of, fee_of, item_of, ladder_of
from tariffs.cards.shape import (
    ASK,
    LINE_UNITS,
    MOST_CELLS,
    MOST_COLUMNS,
    Behind,
    Cell,
    Column,
    Kept,
    Ladder,
    Line,
    Others,
    Part,
    RateCard,
    Section,
)
from tariffs.rules.conditions import Day
from tariffs.rules.names import short
from tariffs.rules.tables import expanded

_RATE_KEYS = frozenset({"id", "kind", "target", "when", "quantity", "amount", "why", "question"})
_FIGURE = re.compile(r"\d{1,6}(?:\.\d{1,4})?")
_HOURS = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
_LONGER = re.compile(r"> ?(\d{1,3}(?:\.\d{1,4})?)")
_DAYS = [day.value for day in Day]
_SAID = frozenset({"rules", "dayparts", "stacking"})
_LineKey = tuple[int | None, str, str, str]


def card_of(document: Mapping[str, Any]) -> tuple[RateCard, Others]:
    """The card, and the rules that it does not show. The document has the right shape."""
    reader = _Reader(document)
    for place, rule in enumerate(document.get("rules", ())):
        reader.take(rule, place)
    rest = {key: value for key, value in document.items() if key not in _SAID}
    return reader.card(document), Others(tuple(reader.kept), rest)


def is_figure(value: object) -> bool:
    """Whether this is pounds with at most four places, or "ask"."""
    text = str(value)
    return not isinstance(value, bool) and (text == ASK or bool(_FIGURE.fullmatch(text)))


class _Reader:
    """Takes one rule after the other."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.parts: list[Part] = [
            Part(name, _in_order(said.get("day", ())), said["from"], said["until"])
            for name, said in document.get("dayparts", {}).items()
        ]
        self.named = {part.name: n for n, part in enumerate(self.parts)}
        self.columns: list[Column] = []
        self.sections: dict[tuple[str, tuple[str, ...]], dict[_LineKey, dict[int, Cell]]] = {}
        self.cells = 0
        self.more: dict[str, list[Any]] = {"items": [], "fees": [], "deposits": [], "discounts": []}
        self.ladder: Ladder | None = None
        self.kept: list[Kept] = []

    def take(self, rule: Mapping[str, Any], place: int) -> None:
        """Lift a rule, all the cells of a grid, or keep it."""
        singles = expanded([rule]) if "table" in rule else [rule]
        is_grid = bool(singles) and all(_is_plain_rate(one) for one in singles)
        if is_grid and self.cells + len(singles) <= MOST_CELLS and self._lift(singles, place):
            return
        if not self._lift_other(rule, place):
            self.kept.append(Kept((place, 0), rule))

    def _lift(self, singles: list[Any], place: int) -> bool:
        found = [self._spot(one) for one in singles]
        if None in found or len(set(found)) < len(found):
            return False
        columns = list(dict.fromkeys(spot[2] for spot in found if spot))
        new = [column for column in columns if column not in self.columns]
        if len(self.columns) + len(new) > MOST_COLUMNS:
            return False
        if any(spot and self._at(spot) is not None for spot in found):
            return False
        self.columns += new
        for n, (one, spot) in enumerate(zip(singles, found, strict=True)):
            if spot:
                section, line, column, part = spot
                key = (self._part(part), *line)
                row = self.sections.setdefault(section, {}).setdefault(key, {})
                row[self.columns.index(column)] = Cell(str(one["amount"]), behind_of(one, place, n))
                self.cells += 1
        return True

    def _spot(self, rule: Mapping[str, Any]) -> Any:
        """Where in the grid a rule stands: section, line, column, part; None: nowhere."""
        when = rule.get("when") or {}
        part = self._said(when)
        if part is None:
            return None
        reach, names = next(iter(rule["target"].items()))
        if "any" in names:
            reach, names = "any", ()
        quantity = rule["quantity"]
        line = (quantity["unit"], str(quantity.get("min", "")), str(quantity.get("step", "")))
        column = Column(tuple(dict.fromkeys(map(short, when.get("category", ())))))
        return (reach, tuple(map(short, names))), line, column, part

    def _said(self, when: Mapping[str, Any]) -> Part | None:
        """The time a rule names, `Part()` for any; None where the grid has no words for it."""
        keys = set(when) - {"category"}
        if "daypart" in keys:
            known = keys == {"daypart"} and when["daypart"] in self.named
            return self.parts[self.named[when["daypart"]]] if known else None
        longer = _LONGER.fullmatch(str(when.get("hours", "> 0")))
        is_paired = ("from" in keys) == ("until" in keys)
        if not keys <= {"day", "from", "until", "hours"} or not longer or not is_paired:
            return None
        return Part(
            "",
            _in_order(when.get("day", ())),
            when.get("from", ""),
            when.get("until", ""),
            longer[1] if "hours" in keys else "",
        )

    def _part(self, part: Part) -> int | None:
        if part == Part():
            return None
        if part not in self.parts:
            self.parts.append(part)
        return self.parts.index(part)

    def _at(self, spot: Any) -> Cell | None:
        section, line, column, part = spot
        is_known = part == Part() or part in self.parts
        if not is_known or column not in self.columns:
            return None
        number = None if part == Part() else self.parts.index(part)
        row = self.sections.get(section, {}).get((number, *line), {})
        return row.get(self.columns.index(column))

    def _lift_other(self, rule: Mapping[str, Any], place: int) -> bool:
        for name, reader in (
            ("items", item_of),
            ("fees", fee_of),
            ("deposits", deposit_of),
            ("discounts", discount_of),
        ):
            if (made := reader(rule, behind_of(rule, place))) is not None:
                self.more[name].append(made)
                return True
        if self.ladder is None:
            self.ladder = ladder_of(rule, behind_of(rule, place))
            return self.ladder is not None
        return False

    def card(self, document: Mapping[str, Any]) -> RateCard:
        own_words = "categories" in document
        return RateCard(
            parts=tuple(self.parts),
            columns=tuple(self.columns),
            sections=tuple(
                Section(reach, names, tuple(self._line(key, row) for key, row in lines.items()))
                for (reach, names), lines in self.sections.items()
            ),
            items=tuple(self.more["items"]),
            fees=tuple(self.more["fees"]),
            deposits=tuple(self.more["deposits"]),
            discounts=tuple(self.more["discounts"]),
            ladder=self.ladder,
            stacking=document.get("stacking", ""),
            full_price=short(document.get("list_category", "" if own_words else "commercial")),
        )

    def _line(self, key: _LineKey, row: Mapping[int, Cell]) -> Line:
        part, unit, least, step = key
        cells = tuple(row.get(n, Cell()) for n in range(len(self.columns)))
        return Line(part, cells, unit, least, step)


def behind_of(rule: Mapping[str, Any], place: int, cell: int = 0) -> Behind:
    """What a rule says beside what the card shows."""
    more = {key: rule[key] for key in ("kind", "why", "question") if key in rule}
    return Behind(str(rule["id"]), (place, cell), more)


def _is_plain_rate(rule: Mapping[str, Any]) -> bool:
    if not set(rule) <= _RATE_KEYS or rule.get("kind", "rate") != "rate":
        return False
    target, quantity = rule.get("target", {}), rule["quantity"]
    if not target.keys() & {"spaces", "each"} or not set(quantity) <= {"unit", "min", "step"}:
        return False
    figures = [str(quantity[word]) for word in ("min", "step") if word in quantity]
    return (
        quantity["unit"] in LINE_UNITS
        and is_figure(rule.get("amount", ""))
        and all(_HOURS.fullmatch(figure) for figure in figures)
    )


def _in_order(days: Any) -> tuple[str, ...]:
    return tuple(sorted(days, key=_DAYS.index))
