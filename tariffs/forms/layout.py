"""How many boxes a card's form has, and which rule each came from. Travels with the form.

So what was typed can be read even when the saved draft has another shape by then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from tariffs.cards.shape import MOST_COLUMNS, RateCard

MOST_ROWS = 40
MOST_FIELDS = 850
_ROWS = ("parts", "columns", "items", "fees", "deposits", "discounts", "steps")
_ANY = -1


@dataclass(frozen=True, slots=True)
class Layout:
    """Numbers of rows; for each section the parts of its lines, -1 for any other time.

    `ids`: rule names by box, as "s0l1c2" or "fee3".
    """

    parts: int = 0
    columns: int = 0
    items: int = 0
    fees: int = 0
    deposits: int = 0
    discounts: int = 0
    steps: int = 0
    sections: tuple[tuple[int, ...], ...] = ()
    ids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, card: RateCard) -> Layout:
        """The boxes of a card: every section has a line for each part."""
        return cls(
            parts=len(card.parts),
            columns=len(card.columns),
            items=len(card.items),
            fees=len(card.fees),
            deposits=len(card.deposits),
            discounts=len(card.discounts),
            steps=len(card.ladder.steps) if card.ladder else 0,
            sections=tuple(_lines(section, len(card.parts)) for section in card.sections),
            ids={box: behind.id for box, behind in card.behinds() if behind.id},
        )

    @classmethod
    def read(cls, text: str) -> Layout | None:
        """A layout as `said` wrote it; None where it is none, or far too large."""
        try:
            told = json.loads(text[:200_000])
            made = cls(
                **{row: _count(told[row]) for row in _ROWS},
                sections=tuple(tuple(map(_part, lines)) for lines in told["sections"]),
                ids={str(box)[:20]: str(name)[:80] for box, name in told["ids"].items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        is_whole = all(part < made.parts for lines in made.sections for part in lines)
        return made if is_whole and made.columns <= MOST_COLUMNS and not made.is_too_large else None

    def said(self) -> str:
        """As text, for a hidden box."""
        rows: dict[str, Any] = {row: getattr(self, row) for row in _ROWS}
        return json.dumps({**rows, "sections": self.sections, "ids": self.ids})

    @property
    def is_too_large(self) -> bool:
        """Whether a browser could not send so many boxes in one go."""
        lines = sum(map(len, self.sections))
        boxes = lines * (self.columns + 3) + len(self.sections) * 10 + self.columns * 9
        rows = self.parts * 8 + (self.items + self.fees + self.discounts) * 3
        return boxes + rows + (self.deposits + self.steps) * 2 > MOST_FIELDS

    def with_one_more(self, what: str) -> Layout:
        """One more row of `what`; the same where there are enough already."""
        made = self
        if what == "sections" and len(self.sections) < MOST_ROWS:
            made = replace(self, sections=(*self.sections, (_ANY, *range(self.parts))))
        elif what in _ROWS and getattr(self, what) < MOST_ROWS:
            made = replace(self, **{what: getattr(self, what) + 1})
        if made.parts > self.parts:
            made = replace(made, sections=tuple((*one, self.parts) for one in self.sections))
        is_wide = made.columns > MOST_COLUMNS
        return self if is_wide or made.is_too_large else made


def _lines(section: Any, parts: int) -> tuple[int, ...]:
    """The lines it has, and an empty one for each part it lacks, any other time first."""
    held = [_ANY if line.part is None else line.part for line in section.lines]
    lacking = [part for part in range(_ANY, parts) if part not in held]
    return tuple(held + lacking)


def _count(number: Any) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_ROWS:
        raise ValueError
    return number


def _part(number: Any) -> int:
    if number == _ANY:
        return _ANY
    return _count(number)
