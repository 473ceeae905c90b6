"""A price in the making: lines in figures, questions, and running amounts. No words yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.money import Rounding, round_to_pence
from tariffs.engine.ask import AskedItem, PriceAsk
from tariffs.engine.choose import Names
from tariffs.engine.facts import Facts
from tariffs.engine.hours import Stretch
from tariffs.engine.questions import Asked, Question
from tariffs.engine.slices import Slice
from tariffs.rules.document import TariffDocument
from tariffs.rules.shape import RateRule, Reach

# A set of spaces, or one item; both hirers' prices of a group are compared.
Group = tuple[str, Names]
NOTHING = Decimal("0.00")


@dataclass(slots=True)
class Drafted:
    """A priced line. `now` is what it came to after adjustments and bounds, not yet rounded.

    `told_apart`: all stretches of the same spaces, its own among them.
    """

    group: Group
    rule: RateRule
    quantity: Decimal
    unit_price: Decimal
    exact: Decimal
    amount: Decimal
    stretch: Stretch
    told_apart: tuple[Stretch, ...]
    item: AskedItem | None = None
    now: Decimal = Decimal(0)
    penny: Decimal = Decimal(0)
    vat: str = "exempt"
    vat_rate: Decimal = Decimal(0)
    vat_rule: str = ""

    @property
    def kind(self) -> str:
        """rate, item, fee or staff."""
        if self.rule.target.reach in (Reach.FEE, Reach.STAFF):
            return self.rule.target.reach.value
        return "rate" if self.item is None else "item"

    @property
    def weight(self) -> Decimal:
        """Its share where one price is split over several lines: time, times spaces."""
        return self.stretch.asked * len(self.group[1])

    @property
    def moments(self) -> tuple[Slice, ...]:
        return tuple(self.stretch.slices)

    def is_named(self, on: Sequence[str]) -> bool:
        """Whether `on` speaks of this line: its kind, its rule, or what it prices."""
        words = {"all", _KINDS[self.kind], self.rule.id, *self.group[1]}
        return not words.isdisjoint(on)


_KINDS = {"rate": "hire", "item": "items", "fee": "fees", "staff": "staff"}


@dataclass(frozen=True, slots=True)
class Changed:
    """What an adjustment, a bound or a tax did. `lines`: the drafted lines it concerns."""

    kind: str
    rule: str
    amount: Decimal = Decimal(0)
    lines: tuple[Drafted, ...] = ()
    detail: dict[str, str] = field(default_factory=dict)
    why: str = ""
    percent: Decimal | None = None
    unit_price: Decimal | None = None
    quantity: Decimal = Decimal(1)
    unit: str = "booking"


@dataclass(slots=True)
class Draft:
    """All that is known of a price so far."""

    document: TariffDocument
    ask: PriceAsk
    facts: Facts
    slices: Sequence[Slice]
    lines: list[Drafted] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    open_questions: list[tuple[str, Question]] = field(default_factory=list)
    vat: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """What is payable."""
        lines = sum((drafted.amount for drafted in self.lines), NOTHING)
        return lines + sum((change.amount for change in self.changes), NOTHING)

    def ask_about(self, kind: str, question: Question) -> None:
        """Somebody must decide; the same is asked once."""
        if (kind, question) not in self.open_questions:
            self.open_questions.append((kind, question))

    def add(self, drafted: Drafted) -> None:
        """A line, its amount rounded by the document's rule."""
        drafted.now = drafted.exact
        drafted.amount = self.rounded(drafted.exact, drafted.rule.id)
        drafted.penny = drafted.amount
        self.lines.append(drafted)

    def rounded(self, exact: Decimal, rule: str) -> Decimal:
        """Pounds and pence; a tariff may want to be asked at half a penny."""
        if self.document.more.asks_half_pence and exact * 200 % 2 == 1:
            self.ask_about("lines", Asked("half_penny", (rule,), words=str(exact)))
        return round_to_pence(exact, rounding=self.document.rounding)

    def named(self, on: Sequence[str]) -> list[Drafted]:
        """The lines that `on` speaks of."""
        return [drafted for drafted in self.lines if drafted.is_named(on)]

    def now(self, on: Sequence[str]) -> Decimal:
        """What those lines have come to."""
        return sum((drafted.now for drafted in self.named(on)), Decimal(0))

    def change(self, deltas: Iterable[tuple[Drafted, Decimal]], said: Changed) -> None:
        """Move lines by `deltas` and add the line that says so, so that pence still add up.

        `said` is all of that line but its amount and the lines it concerns.
        """
        moved = [(drafted, delta) for drafted, delta in deltas if delta]
        if not moved:
            return
        for drafted, delta in moved:
            drafted.now += delta
        after = self.rounded(sum((d.now for d, _delta in moved), Decimal(0)), said.rule)
        amount = after - sum((d.penny for d, _delta in moved), Decimal(0))
        left = after
        for drafted, _delta in moved[1:]:
            drafted.penny = round_to_pence(drafted.now, rounding=Rounding.HALF_UP)
            left -= drafted.penny
        moved[0][0].penny = left
        concerned = tuple(drafted for drafted, _delta in moved)
        self.changes.append(replace(said, amount=amount, lines=concerned))


def spread(lines: Sequence[Drafted], delta: Decimal) -> Iterator[tuple[Drafted, Decimal]]:
    """`delta` over lines by what they cost; evenly where they cost nothing."""
    whole = sum((drafted.now for drafted in lines), Decimal(0))
    if whole > 0:
        for drafted in lines:
            yield drafted, delta * drafted.now / whole
    elif lines:
        yield lines[0], delta
