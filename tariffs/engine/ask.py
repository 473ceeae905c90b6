"""What is asked of the engine, and what it answers. Plain values: no row, no request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.intervals import Span


@dataclass(frozen=True, slots=True)
class AskedSpace:
    """A space by the short name that rates use, its name for people, and how many alike."""

    slug: str
    name: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A counted thing by short name, its name for people, and how many."""

    slug: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Loose:
    """A hire without a clock: by its days, by its length, or by neither.

    `last` is the last day, included. `hours` is a length where no time is known.
    """

    first: date | None = None
    last: date | None = None
    hours: Decimal | None = None
    days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriceAsk:
    """One date of a hire: `spaces` during `span` by a kind of hirer.

    Without a span, `loose` says what is known of the time. `told` holds every other fact by
    its name; what is not there is unknown.
    Raises: ValueError where no space is asked for, one twice, or a quantity is below one.
    """

    spaces: tuple[AskedSpace, ...]
    span: Span | None
    category: str
    people: int = 0
    items: tuple[AskedItem, ...] = ()
    purpose: str = ""
    tags: frozenset[str] = frozenset()
    told: Mapping[str, object] = field(default_factory=dict, hash=False)
    loose: Loose | None = None
    setup_minutes: int = 0
    cleardown_minutes: int = 0

    def __post_init__(self) -> None:
        slugs = {space.slug for space in self.spaces}
        if len(slugs) != len(self.spaces) or not (slugs or self.loose or self.items):
            message = "a price needs at least one space, each named once"
            raise ValueError(message)
        if self.people < 0 or any(item.quantity < 1 for item in self.items):
            message = "people cannot be below zero, nor items below one"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a price. `list_amount` is the full price of the same; amounts in pounds.

    `vat`: exempt, outside, inclusive or exclusive; `vat_rate` in percent, by the rule of tax
    `vat_rule`, none where no rule speaks of it. VAT that is added has a line of its own, of kind
    "vat". `vat_amount` (pounds of VAT within `amount`) and `vat_why` are filled in by quotes.
    """

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
    vat_rate: Decimal = Decimal(0)
    vat_rule: str = ""
    vat_amount: Decimal = Decimal("0.00")
    vat_why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person must decide before there is a price. `code` is a stable slug.

    `fact` is what was not known, in the words of a request, where that is the reason.
    """

    code: str
    words: str
    rules: tuple[str, ...] = ()
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Priced:
    """A price with its working. `total` is None while somebody must decide.

    `list_total` is None where there is no full price to compare with. `vat` is the VAT that is
    in the total, added or included.
    """

    lines: tuple[Line, ...] = ()
    total: Decimal | None = None
    list_total: Decimal | None = None
    needs_decision: tuple[Decision, ...] = ()
    vat: Decimal = Decimal("0.00")
