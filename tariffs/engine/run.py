"""One pass over a hire for one kind of hirer: slices, rules, hours, amounts. No words yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.money import Rounding, round_to_pence
from tariffs.engine.ask import AskedItem, PriceAsk
from tariffs.engine.choose import Chosen, Names, Rivals, Unpriced, cover, is_for, item_rule
from tariffs.engine.hours import Stretch, raise_to_minimum
from tariffs.engine.slices import Slice
from tariffs.rules.shape import RateRule, TariffDocument, Unit

# A set of spaces, or one item; both hirers' prices of a group are compared.
Group = tuple[str, Names]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A line in figures. `told_apart`: all stretches of the same spaces, its own among them."""

    group: Group
    rule: RateRule
    quantity: Decimal
    amount: Decimal
    stretch: Stretch
    told_apart: tuple[Stretch, ...]
    item: AskedItem | None = None

    @property
    def weight(self) -> Decimal:
        """Its share where one price is split over several lines: time, times spaces."""
        return self.stretch.asked * len(self.group[1])

    @property
    def moments(self) -> tuple[Slice, ...]:
        return tuple(self.stretch.slices)


@dataclass(slots=True)
class Run:
    lines: list[Drafted] = field(default_factory=list)
    open_questions: list[tuple[str, Rivals | Unpriced]] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((drafted.amount for drafted in self.lines), Decimal("0.00"))

    def ask(self, kind: str, question: Rivals | Unpriced) -> None:
        """Somebody must decide; the same is asked once."""
        if (kind, question) not in self.open_questions:
            self.open_questions.append((kind, question))


def run(document: TariffDocument, ask: PriceAsk, slices: Sequence[Slice], *, category: str) -> Run:
    """Price everything asked for, as `category` would pay it."""
    result = Run()
    rules = [rule for rule in document.rules if is_for(rule, category)]
    chains = _chains(rules, ask, slices, result)
    order = {space.slug: n for n, space in enumerate(ask.spaces)}
    for names in sorted(chains, key=lambda names: sorted(order[name] for name in names)):
        stretches = sorted(chains[names].values(), key=lambda s: (s.slices[0].starts, s.rule.id))
        raise_to_minimum(stretches)
        result.lines.extend(
            Drafted(
                group=("spaces", names),
                rule=stretch.rule,
                quantity=stretch.hours,
                amount=_amount(stretch.rule, stretch.hours, document.rounding),
                stretch=stretch,
                told_apart=tuple(stretches),
            )
            for stretch in stretches
        )
    for item in ask.items:
        _price_item(rules, item, slices, document.rounding, result)
    return result


def _chains(
    rules: Sequence[RateRule], ask: PriceAsk, slices: Sequence[Slice], result: Run
) -> dict[Names, dict[str, Stretch]]:
    """For each set of spaces, its stretches by rule."""
    asked = frozenset(space.slug for space in ask.spaces)
    chains: dict[Names, dict[str, Stretch]] = {}
    for slice_ in slices:
        for part in cover(rules, slice_=slice_, asked=asked):
            if isinstance(part, Chosen):
                chain = chains.setdefault(part.names, {})
                chain.setdefault(part.rule.id, Stretch(part.rule)).slices.append(slice_)
            else:
                result.ask("spaces", part)
    return chains


def _price_item(
    rules: Sequence[RateRule],
    item: AskedItem,
    slices: Sequence[Slice],
    rounding: Rounding,
    result: Run,
) -> None:
    found = item_rule(rules, slice_=slices[0], item=item.slug)
    if not isinstance(found, Chosen):
        result.ask("items", found)
        return
    stretch = Stretch(found.rule, list(slices))
    quantity = Decimal(item.quantity)
    if found.rule.quantity.unit is Unit.HOUR:
        raise_to_minimum([stretch])
        quantity *= stretch.hours
    elif found.rule.quantity.unit is Unit.BOOKING:
        quantity = Decimal(1)
    result.lines.append(
        Drafted(
            group=("items", found.names),
            rule=found.rule,
            quantity=quantity,
            amount=_amount(found.rule, quantity, rounding),
            stretch=stretch,
            told_apart=(stretch,),
            item=item,
        )
    )


def _amount(rule: RateRule, quantity: Decimal, rounding: Rounding) -> Decimal:
    return round_to_pence(quantity * rule.amount, rounding=rounding)
