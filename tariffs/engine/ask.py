"""What is asked of the engine, and what it answers. Plain values: no row, no request."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.intervals import Span


@dataclass(frozen=True, slots=True)
class AskedSpace:
    """A space by the short name that rates use, and its name for people."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A counted thing by short name, its name for people, and how many."""

    slug: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class PriceAsk:
    """One date of a hire: `spaces` during `span` by a kind of hirer.

    Raises: ValueError where no space is asked for, one twice, or a quantity is below one.
    """

    spaces: tuple[AskedSpace, ...]
    span: Span
    category: str
    people: int = 0
    items: tuple[AskedItem, ...] = ()
    purpose: str = ""
    tags: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        slugs = {space.slug for space in self.spaces}
        if not slugs or len(slugs) != len(self.spaces):
            message = "a price needs at least one space, each named once"
            raise ValueError(message)
        if self.people < 0 or any(item.quantity < 1 for item in self.items):
            message = "people cannot be below zero, nor items below one"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a price. `list_amount` is the full price of the same; amounts in pounds."""

    kind: str
    rule: str
    what: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount: Decimal
    list_amount: Decimal
    why: str
    vat: str = "exempt"


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person must decide before there is a price. `code` is a stable slug."""

    code: str
    words: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with its working. `total` is None while somebody must decide.

    `list_total` is None where there is no full price to compare with.
    """

    lines: tuple[Line, ...] = ()
    total: Decimal | None = None
    list_total: Decimal | None = None
    needs_decision: tuple[Decision, ...] = ()
