"""What a tariff says besides prices: adjustments, bounds, tax, questions, deposits and terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tariffs.rules.conditions import DateRange, When
from tariffs.rules.ranges import Range
from tariffs.rules.shape import Bands


class Stack(StrEnum):
    """How adjustments of one stage go together."""

    ASK = "ask"
    ADD = "add"
    COMPOUND = "compound"
    BEST = "best"


class Per(StrEnum):
    LINE = "line"
    GROUP = "group"
    DAY = "day"
    BOOKING = "booking"


class By(StrEnum):
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    FIRST = "first"
    ASK = "ask"
    ASK_IF_LESS = "ask_if_less"


class Treatment(StrEnum):
    EXEMPT = "exempt"
    OUTSIDE = "outside"
    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"


@dataclass(frozen=True, slots=True)
class AdjustRule:
    """Percent (or pounds per unit) on lines that `on` names; below zero is a discount."""

    id: str
    when: When
    on: tuple[str, ...]
    percent: Decimal | None = None
    amount: Decimal | None = None
    per: str = "booking"
    stage: int = 1
    stack: Stack | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class BoundRule:
    """The least and the most that the lines `on` names may come to."""

    id: str
    when: When
    on: tuple[str, ...]
    per: Per
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChooseRule:
    """Which of several ways to price a hire counts."""

    id: str
    when: When
    options: tuple[str, ...]
    by: By
    question: str = ""


@dataclass(frozen=True, slots=True)
class AskRule:
    """A question that the sheet leaves open: whoever falls under it gets no price."""

    id: str
    when: When
    question: str


@dataclass(frozen=True, slots=True)
class TaxRule:
    """How lines are taxed. Of rules that name a line as closely, the highest `order` goes first:
    rules of a document before those that `tariffs.vat` adds.
    """

    id: str
    when: When
    on: tuple[str, ...]
    treatment: Treatment
    rate: Decimal
    rank: int = 0
    why: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True)
class DepositRule:
    """A refundable deposit, beside the price. Rules of one `name` stand for each other."""

    id: str
    when: When
    name: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    bands: Bands | None = None
    rank: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Offset:
    """Days (or working days, weeks, months) after an anchor; below zero before it."""

    anchor: str
    count: int = 0
    unit: str = "days"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the price, when it falls due. Neither percent nor amount: what is left."""

    due: Offset
    percent: Decimal | None = None
    amount: Decimal | None = None
    is_returned: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    id: str
    when: When
    parts: tuple[Part, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Percent of what was agreed, and pounds on top."""

    percent: Decimal = Decimal(0)
    pounds: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """What cancelling at this notice costs, or what it gives back."""

    notice: Range
    unit: str
    share: Share
    is_refund: bool


@dataclass(frozen=True, slots=True)
class CancelRule:
    id: str
    when: When
    by: str
    steps: tuple[Step, ...]
    is_waived_if_relet: bool = False
    rank: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the venue's own: yes_no, number or word, and how the form asks for it."""

    name: str
    kind: str
    question: str = ""


_Conditional = (
    AdjustRule
    | BoundRule
    | ChooseRule
    | AskRule
    | TaxRule
    | DepositRule
    | ScheduleRule
    | CancelRule
)


@dataclass(frozen=True)
class More:
    """Everything but the rates."""

    adjusts: tuple[AdjustRule, ...] = ()
    bounds: tuple[BoundRule, ...] = ()
    chooses: tuple[ChooseRule, ...] = ()
    asks: tuple[AskRule, ...] = ()
    taxes: tuple[TaxRule, ...] = ()
    deposits: tuple[DepositRule, ...] = ()
    schedules: tuple[ScheduleRule, ...] = ()
    cancels: tuple[CancelRule, ...] = ()
    facts: tuple[Fact, ...] = ()
    spaces: dict[str, str] = field(default_factory=dict)
    parts: dict[str, frozenset[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unless_told: dict[str, object] = field(default_factory=dict)
    derive: dict[str, When] = field(default_factory=dict)
    named_days: tuple[DateRange, ...] = ()
    stacking: Stack = Stack.ASK
    asks_half_pence: bool = False
    vat_rounding: str = "invoice"
    picked_by: str = "event_date"
    valid_from: date | None = None
    valid_to: date | None = None

    def conditions(self) -> Iterator[When]:
        """The conditions of every rule that is no rate."""
        rules: list[_Conditional] = [*self.adjusts, *self.bounds, *self.chooses, *self.asks]
        rules += [*self.taxes, *self.deposits, *self.schedules, *self.cancels]
        yield from (rule.when for rule in rules)
        yield from self.derive.values()
