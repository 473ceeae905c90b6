"""Discounts and surcharges, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tariffs.engine.draft import Changed, Draft, Drafted, spread
from tariffs.engine.numbers import number
from tariffs.engine.questions import Asked, Stop, missing
from tariffs.engine.truth import missing_for_hire, missing_for_slice
from tariffs.rules.shape import Unit
from tariffs.rules.terms import AdjustRule, Stack

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Held:
    """An adjustment that holds, and the share of each line that it concerns."""

    rule: AdjustRule
    shares: tuple[tuple[Drafted, Decimal], ...]


def adjust_all(draft: Draft) -> None:
    """Apply every adjustment that holds; a question where nobody says how two go together."""
    stages: dict[int, list[AdjustRule]] = defaultdict(list)
    for rule in draft.document.more.adjusts:
        stages[rule.stage].append(rule)
    for stage in sorted(stages):
        held = [one for rule in stages[stage] if (one := _held(rule, draft))]
        try:
            _apply(held, draft)
        except Stop as stop:
            draft.ask_about("lines", stop.question)


def _held(rule: AdjustRule, draft: Draft) -> _Held | None:
    lines = [line for line in draft.named(rule.on) if line.now]
    if not lines:
        return None
    unknown = missing_for_hire(rule.when, draft.facts)
    if unknown is None:
        return None
    shares = []
    for line in lines:
        share, more = _share(rule, line, draft)
        unknown |= more
        if share or more:
            shares.append((line, share))
    if not shares:
        return None
    if unknown:
        draft.ask_about("lines", missing(unknown, rule.id))
        return None
    return _Held(rule, tuple(shares))


def _share(rule: AdjustRule, line: Drafted, draft: Draft) -> tuple[Decimal, frozenset[str]]:
    """The part of a line's time in which the rule holds."""
    if not rule.when.is_by_slice():
        return _ONE, frozenset()
    named = draft.document.more.named_days
    unknown: frozenset[str] = frozenset()
    inside = whole = Decimal(0)
    for slice_ in line.stretch.slices:
        weight = Decimal(slice_.seconds or 1)
        whole += weight
        here = missing_for_slice(rule.when, slice_, draft.facts, named)
        if here is not None:
            inside += weight
            unknown |= here
    return (inside / whole if whole else _ONE), unknown


def _apply(held: Sequence[_Held], draft: Draft) -> None:
    if not held:
        return
    stack = _stack(held, draft)
    if stack is Stack.BEST:
        held = [min(held, key=lambda one: (_sum(_deltas(one, draft)), one.rule.id))]
    if stack is Stack.COMPOUND:
        for one in held:
            _change(one, _deltas(one, draft), draft)
        return
    at_start = [(one, _deltas(one, draft)) for one in held]
    for one, deltas in at_start:
        _change(one, deltas, draft)


def _stack(held: Sequence[_Held], draft: Draft) -> Stack:
    if len(held) == 1:
        return Stack.ADD
    said = {one.rule.stack or draft.document.more.stacking for one in held}
    if len(said) > 1 or said == {Stack.ASK}:
        raise Stop(Asked("stacking", tuple(sorted(one.rule.id for one in held))))
    return said.pop()


Deltas = list[tuple[Drafted, Decimal]]


def _sum(deltas: Deltas) -> Decimal:
    return sum((delta for _line, delta in deltas), Decimal(0))


def _deltas(one: _Held, draft: Draft) -> Deltas:
    rule = one.rule
    if rule.percent is not None:
        factor = rule.percent / 100
        return [(line, line.now * share * factor) for line, share in one.shares]
    wanted = (rule.amount or Decimal(0)) * _times(one, draft)
    lines = [line for line, _share in one.shares]
    most_off = -sum((line.now for line in lines), Decimal(0))
    return list(spread(lines, max(wanted, most_off)))


def _times(one: _Held, draft: Draft) -> Decimal:
    per = one.rule.per
    if per == "booking":
        return _ONE
    if per == "person":
        return number("people", draft.facts, rule=one.rule.id)
    if per == "day":
        return number("days", draft.facts, rule=one.rule.id)
    unit = None if per == "unit" else Unit(per)
    counted = [
        line.quantity * share
        for line, share in one.shares
        if unit in (None, line.rule.quantity.unit)
    ]
    return sum(counted, Decimal(0))


def _change(one: _Held, deltas: Deltas, draft: Draft) -> None:
    rule = one.rule
    said = Changed(
        kind="adjust",
        rule=rule.id,
        why=rule.why,
        percent=rule.percent,
        unit_price=rule.amount,
        quantity=_ONE if rule.percent is not None else _times(one, draft),
        unit="percent" if rule.percent is not None else rule.per,
    )
    draft.change(deltas, said)
