"""From the boxes of a card's form to the card, and what is wrong between boxes.

A row that was emptied is gone; a row that is half filled is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tariffs.cards.naming import part_words
from tariffs.cards.overlaps import crossing
from tariffs.cards.shape import (
    BLOCK,
    NEW,
    Behind,
    Cell,
    Column,
    Deposit,
    Discount,
    Fee,
    Item,
    Ladder,
    Line,
    Part,
    RateCard,
    Section,
    Step,
)
from tariffs.forms.boxes import wall
from tariffs.rules.names import short

if TYPE_CHECKING:
    from tariffs.forms.card import CardForm

_EVERYBODY = "*"


class Gatherer:
    """Reads the cleaned boxes. `behind`: the rules of the draft by name."""

    def __init__(self, form: CardForm, behind: Mapping[str, Behind]) -> None:
        self.form, self.layout, self.behind = form, form.layout, behind
        self.said: Mapping[str, Any] = form.cleaned_data
        self.parts = [self._part(n) for n in range(self.layout.parts)]
        self.columns = [self._column(n) for n in range(self.layout.columns)]

    def card(self) -> RateCard:
        """The card; rows without an answer are left out."""
        parts = [part for part in self.parts if part]
        return RateCard(
            parts=tuple(parts),
            columns=tuple(column for column in self.columns if column),
            sections=tuple(self._sections()),
            items=tuple(self._items()),
            fees=tuple(self._fees()),
            deposits=tuple(self._deposits()),
            discounts=tuple(self._discounts()),
            ladder=self._ladder(),
            stacking=self.said.get("stacking", ""),
            full_price=self.said.get("full_price", ""),
        )

    def complain(self) -> None:
        """Put what is wrong between boxes at the box to mend."""
        from tariffs.forms.complaints import complaints

        for box, message in complaints(self):
            self.form.add_error(box, message)

    def figures(self, **wanted: int) -> list[str]:
        """The boxes with a price at this part, column or section."""
        return [
            box
            for i, parts in enumerate(self.layout.sections)
            for j, part in enumerate(parts)
            for k in range(self.layout.columns)
            if wanted.items() <= {"section": i, "part": part, "column": k}.items()
            and self.said.get(box := f"s{i}l{j}c{k}")
        ]

    def crossings(self) -> Iterator[tuple[str, str]]:
        """Pairs of times that overlap where neither is inside the other, if one is new."""
        before = set(self.form.before.parts)
        for n, part in enumerate(self.parts):
            for other in self.parts[:n]:
                if part and other and not {part, other} <= before and crossing(part, other):
                    message = _(
                        "It overlaps with “%(other)s”, and neither is inside the other. "
                        "Change the days or the times of one of them"
                    )
                    yield f"p{n}-from", message % {"other": part_words(other)}

    def _part(self, n: int) -> Part | None:
        told = {word: self.said.get(f"p{n}-{word}") for word in ("from", "until", "longer")}
        days = tuple(self.said.get(f"p{n}-days") or ())
        if not days and not any(value not in (None, "") for value in told.values()):
            return None
        name = short(self.said.get(f"p{n}-name") or "").replace("_", "-").strip("-")
        start, end = wall(told["from"]), wall(told["until"], is_end=True)
        if name and not start:
            start, end = "00:00", "24:00"
        return Part(self._old_name(n, name), days, start, end, told["longer"] or "")

    def _old_name(self, n: int, name: str) -> str:
        """A name that is only spelt otherwise stays as it was."""
        if n < len(self.form.before.parts):
            old = self.form.before.parts[n].name
            if short(old.replace("_", "-")) == name:
                return old
        return name

    def _column(self, n: int) -> Column | None:
        kinds = self.said.get(f"k{n}-kinds") or ()
        if not kinds:
            return None
        return Column(tuple(kind for kind in kinds if kind != _EVERYBODY))

    def _sections(self) -> Iterator[Section]:
        numbers = [n for n, part in enumerate(self.parts) if part]
        for i, parts in enumerate(self.layout.sections):
            reach = self.said.get(f"s{i}-reach", "each")
            names = () if reach == "any" else tuple(self.said.get(f"s{i}-spaces") or ())
            if reach != "any" and not names:
                continue
            lines = tuple(
                self._line(f"s{i}l{j}", None if part < 0 else numbers.index(part))
                for j, part in enumerate(parts)
                if (part < 0 or part in numbers)
            )
            lines = tuple(line for line in lines if any(cell.amount for cell in line.cells))
            yield Section(reach, self._in_old_order(i, names), lines)

    def _in_old_order(self, i: int, names: tuple[str, ...]) -> tuple[str, ...]:
        if i < len(self.form.before.sections):
            old = self.form.before.sections[i].names
            return old if set(old) == set(names) else names
        return names

    def _line(self, box: str, part: int | None) -> Line:
        cells = tuple(
            Cell(self.said.get(f"{box}c{k}", ""), self._behind(f"{box}c{k}"))
            for k, column in enumerate(self.columns)
            if column
        )
        return Line(
            part,
            cells,
            self.said.get(f"{box}-unit", "hour"),
            self.said.get(f"{box}-least", ""),
            self.said.get(f"{box}-step", ""),
        )

    def _items(self) -> Iterator[Item]:
        for box in self._boxes("item", self.layout.items):
            names, amount = self.said.get(f"{box}-names"), self.said.get(f"{box}-amount")
            if names and amount:
                unit = self.said[f"{box}-unit"]
                yield Item(tuple(names.split(",")), unit, amount, self._behind(box))

    def _fees(self) -> Iterator[Fee]:
        for box in self._boxes("fee", self.layout.fees):
            name, amount = self.said.get(f"{box}-name"), self.said.get(f"{box}-amount")
            if name and amount:
                held = self._behind(box)
                word = "staff" if held.id in self._staff() else "fee"
                yield Fee(name, self.said[f"{box}-unit"], amount, word, held)

    def _staff(self) -> set[str]:
        return {fee.behind.id for fee in self.form.before.fees if fee.word == "staff"}

    def _deposits(self) -> Iterator[Deposit]:
        for box in self._boxes("deposit", self.layout.deposits):
            if amount := self.said.get(f"{box}-amount"):
                yield Deposit(self.said.get(f"{box}-name", ""), amount, self._behind(box))

    def _discounts(self) -> Iterator[Discount]:
        for box in self._boxes("discount", self.layout.discounts):
            who, percent = self.said.get(f"{box}-who"), self.said.get(f"{box}-percent")
            if who and percent:
                least = self.said.get(f"{box}-least", "") if who == BLOCK else ""
                yield Discount(who, percent, least, self._behind(box))

    def _ladder(self) -> Ladder | None:
        steps = [
            Step(int(days), self.said.get(f"{box}-charge", ""))
            for box in self._boxes("step", self.layout.steps)
            if (days := self.said.get(f"{box}-days", "")).isdecimal()
        ]
        steps.sort(key=lambda step: -step.days)
        return Ladder(tuple(steps), self._behind("ladder")) if steps else None

    def _boxes(self, word: str, rows: int) -> list[str]:
        return [f"{word}{n}" for n in range(rows)]

    def _behind(self, box: str) -> Behind:
        return self.behind.get(self.layout.ids.get(box, ""), NEW)
