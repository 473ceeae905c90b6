"""One hour of hire, tried on a tariff: is it priced, and by one rule only?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from core.clock import at
from core.intervals import Span
from tariffs.engine import AskedItem, AskedSpace, PriceAsk
from tariffs.engine.choose import Rivals, Unpriced
from tariffs.engine.questions import Asked
from tariffs.engine.run import run
from tariffs.engine.slices import slices_of
from tariffs.rules import TariffDocument
from tariffs.rules.shape import RateRule, Reach

Found = Literal["", "none", "two"]
# What is tried takes as long as there are rules to look at; a sheet of 200 takes two seconds.
MOST_WORK = 400_000
_FEWEST = 300


@dataclass(slots=True)
class Prober:
    """Tries hires on a tariff until it has tried enough."""

    tariff: TariffDocument
    left: int = 0
    is_spent: bool = False
    rivals: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rules = max(1, len(self.tariff.rules))
        self.left = max(_FEWEST, min(6000, MOST_WORK // rules))

    def hour(
        self,
        space: str,
        category: str,
        day: date,
        start: int,
        minutes: int = 60,
        *,
        told: Mapping[str, object] | None = None,
        item: str = "",
    ) -> Found:
        """What the engine says of the hire: "" is a price, or a fact that is to be told."""
        if self.left <= 0:
            self.is_spent = True
            return ""
        self.left -= 1
        begins = datetime.combine(day, time(0)) + timedelta(minutes=start)
        ends = begins + timedelta(minutes=minutes)
        ask = PriceAsk(
            spaces=(AskedSpace(space, space),) if space else (),
            span=Span(at(begins.date(), begins.time()), at(ends.date(), ends.time())),
            category=category,
            items=(AskedItem(item, item, 1),) if item else (),
            told=dict(told or {}),
        )
        draft = run(self.tariff, ask, slices_of(ask, self.tariff.boundaries), category=category)
        if any(isinstance(q, Asked) and q.code == "ask" for _about, q in draft.open_questions):
            return ""  # the sheet asks about it in words of its own
        kind = "items" if item else "spaces"
        for about, question in draft.open_questions:
            if about == kind and isinstance(question, Unpriced):
                return "none"
            if about == kind and isinstance(question, Rivals):
                self.rivals[item or space, category] = question.rules
                return "two"
        return ""


def spaces_priced(tariff: TariffDocument) -> list[str]:
    """Every space that has a price of its own."""
    return sorted(
        {
            name
            for rule in _of_spaces(tariff)
            for name in rule.target.names
            if len(rule.target.names) == 1 or rule.target.reach is Reach.EACH
        }
    )


def first_rule(tariff: TariffDocument, space: str, *, is_item: bool = False) -> str:
    """The name of the first rule that speaks of a space (or an item)."""
    of = tariff.rules if is_item else _of_spaces(tariff)
    rules = [rule for rule in of if rule.target.is_item is is_item and not rule.target.is_fee]
    named = [rule.id for rule in rules if space in rule.target.names]
    return (named or [rule.id for rule in rules] or [""])[0]


def _of_spaces(tariff: TariffDocument) -> Iterator[RateRule]:
    return (rule for rule in tariff.rules if not (rule.target.is_fee or rule.target.is_item))
