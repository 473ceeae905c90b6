"""The least and the most that lines may come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from tariffs.engine.draft import Changed, Draft, Drafted, spread
from tariffs.engine.questions import missing
from tariffs.engine.truth import missing_for
from tariffs.rules.terms import BoundRule, Per

BEFORE_ADJUST = frozenset({Per.LINE, Per.GROUP})
AFTER_ADJUST = frozenset({Per.DAY, Per.BOOKING})


def bind(draft: Draft, per: Collection[Per], *, only: Collection[str] | None = None) -> None:
    """Raise to each floor and cut to each ceiling that holds."""
    named = draft.document.more.named_days
    for rule in draft.document.more.bounds:
        if rule.per not in per:
            continue
        named_lines = draft.named(rule.on)
        lines = [line for line in named_lines if only is None or line.rule.id in only]
        unknown = missing_for(rule.when, draft.slices, draft.facts, named) if lines else None
        if unknown:
            draft.ask_about("lines", missing(unknown, rule.id))
        elif unknown is not None:
            _bind_all(rule, lines, draft)


def _bind_all(rule: BoundRule, lines: Sequence[Drafted], draft: Draft) -> None:
    if rule.per is Per.DAY:
        _bind_days(rule, lines, draft)
    elif rule.per is Per.LINE:
        for line in lines:
            _bind(rule, [line], draft)
    else:
        _bind(rule, lines, draft)


def _bind(rule: BoundRule, lines: Sequence[Drafted], draft: Draft) -> None:
    now = sum((line.now for line in lines), Decimal(0))
    _change(rule, lines, _needed(rule, now), draft)


def _bind_days(rule: BoundRule, lines: Sequence[Drafted], draft: Draft) -> None:
    days: dict[date | None, Decimal] = defaultdict(Decimal)
    for line in lines:
        weights = [Decimal(slice_.seconds or 1) for slice_ in line.stretch.slices]
        whole = sum(weights, Decimal(0))
        for slice_, weight in zip(line.stretch.slices, weights, strict=True):
            days[slice_.day] += line.now * weight / whole
    _change(
        rule, lines, sum((_needed(rule, pounds) for pounds in days.values()), Decimal(0)), draft
    )


def _needed(rule: BoundRule, now: Decimal) -> Decimal:
    if rule.floor is not None and now < rule.floor:
        return rule.floor - now
    if rule.ceiling is not None and now > rule.ceiling:
        return rule.ceiling - now
    return Decimal(0)


def _change(rule: BoundRule, lines: Sequence[Drafted], delta: Decimal, draft: Draft) -> None:
    if not delta:
        return
    limit = rule.floor if delta > 0 else rule.ceiling
    side = "floor" if delta > 0 else "ceiling"
    detail = {"side": side, "limit": str(limit), "per": rule.per.value}
    said = Changed(kind="bound", rule=rule.id, why=rule.why, detail=detail)
    draft.change(spread(lines, delta), said)
