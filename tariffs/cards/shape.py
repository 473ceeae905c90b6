"""What a rate card holds. Figures stay text as they were written; nothing becomes a float."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# Where rules stand that were not in the document before: after all others.
LAST = (1_000_000, 0)
ASK = "ask"
REACHES = ("each", "spaces", "any")
LINE_UNITS = ("hour", "session", "day", "booking")
ITEM_UNITS = ("item", "booking", "hour", "day")
FEE_UNITS = ("booking", "hour", "day")
REGULAR, RESIDENT, BLOCK = "regular", "resident", "block"
# More than this is a file, not a form.
MOST_COLUMNS = 12
MOST_CELLS = 500


@dataclass(frozen=True, slots=True)
class Behind:
    """The rule a figure comes from: its name, where it stood, and what else it says.

    `place`: the number of the rule in the document, and of the cell in its grid.
    """

    id: str = ""
    place: tuple[int, int] = LAST
    more: Mapping[str, Any] = field(default_factory=dict)


NEW = Behind()


@dataclass(frozen=True, slots=True)
class Part:
    """A time of week. Times are "18:00", empty for the whole day; no days: any day.

    Without a `name` the rule says the days and times itself. `longer`: only hires of more hours.
    """

    name: str = ""
    days: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    longer: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Kinds of hirer who pay the same; none named: everybody."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """Pounds, "ask", or nothing: no rule of its own."""

    amount: str = ""
    behind: Behind = NEW


@dataclass(frozen=True, slots=True)
class Line:
    """Prices at one part of the week (its number in the card; None is any other time)."""

    part: int | None
    cells: tuple[Cell, ...]
    unit: str = "hour"
    least: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Spaces that cost the same: `each` by itself, `spaces` hired together, or `any`."""

    reach: str
    names: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is lent, or several at the same price; "any" is everything else."""

    names: tuple[str, ...]
    unit: str
    amount: str
    behind: Behind = NEW


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge that adds itself to every hire."""

    name: str
    unit: str
    amount: str
    word: str = "fee"
    behind: Behind = NEW


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money that is given back; without a name it is simply the deposit."""

    name: str
    amount: str
    behind: Behind = NEW


@dataclass(frozen=True, slots=True)
class Discount:
    """Percent off for regular hirers, residents, or a block of `least` dates."""

    who: str
    percent: str
    least: str = ""
    behind: Behind = NEW


@dataclass(frozen=True, slots=True)
class Step:
    """Cancelling at least `days` before costs "25%" or pounds; days 0 is the shortest notice."""

    days: int
    charge: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """What a hirer pays who cancels; steps by falling days, the last at 0."""

    steps: tuple[Step, ...]
    behind: Behind = NEW


@dataclass(frozen=True, slots=True)
class RateCard:
    """What the grid shows. `full_price`: whose price is the full one; empty: before discounts."""

    parts: tuple[Part, ...] = ()
    columns: tuple[Column, ...] = ()
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    fees: tuple[Fee, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    discounts: tuple[Discount, ...] = ()
    ladder: Ladder | None = None
    stacking: str = ""
    full_price: str = ""

    def behinds(self) -> Iterator[tuple[str, Behind]]:
        """Each figure by its place ("s0l1c2", "fee3"), with the rule it comes from."""
        for i, section in enumerate(self.sections):
            for j, line in enumerate(section.lines):
                for k, cell in enumerate(line.cells):
                    yield f"s{i}l{j}c{k}", cell.behind
        yield from ((f"item{n}", item.behind) for n, item in enumerate(self.items))
        yield from ((f"fee{n}", fee.behind) for n, fee in enumerate(self.fees))
        yield from ((f"deposit{n}", held.behind) for n, held in enumerate(self.deposits))
        yield from ((f"discount{n}", less.behind) for n, less in enumerate(self.discounts))
        if self.ladder:
            yield "ladder", self.ladder.behind


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule that the grid cannot show, as it stands in the document."""

    place: tuple[int, int]
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Others:
    """What is kept untouched: rules, and what stands above the rules."""

    rules: tuple[Kept, ...] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)

    def names(self) -> frozenset[str]:
        """The names of the kept rules, and of the cells of their grids."""
        from tariffs.rules.tables import expanded

        return frozenset(str(one.get("id", "")) for one in expanded([k.rule for k in self.rules]))

    def uses_part(self, name: str) -> bool:
        """Whether a kept rule speaks of this part of the week."""
        return any(_speaks_of(name, kept.rule) for kept in self.rules)


def _speaks_of(name: str, value: Any) -> bool:
    """A word anywhere in a rule: a condition, or the head of a grid."""
    if isinstance(value, Mapping):
        return any(
            _speaks_of(name, one) or name in [word.strip() for word in str(key).split(",")]
            for key, one in value.items()
            if key != "id"
        )
    if isinstance(value, list | tuple):
        return any(_speaks_of(name, one) for one in value)
    return bool(value == name)
