"""The full price beside the price charged, line by line, to the same penny in sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from core.money import split
from tariffs.engine.draft import NOTHING, Draft, Drafted, Group


def list_amounts(charged: Draft, listed: Draft) -> tuple[list[Decimal], list[Decimal]]:
    """For each charged line, and for each change, its share of what the list category would pay.

    Where both prices cut the hire alike each line has its own full price; elsewhere the full
    price is shared out by time. Discounts and the like have none of their own: their full
    price, where the list category has them too, stands on the lines.
    """
    ours, theirs = _by_group(charged.lines), _by_group(listed.lines)
    if not listed.changes and not charged.changes and _comparable(ours, theirs):
        if ours.keys() != theirs.keys():
            ours, theirs = _all_spaces_as_one(ours), _all_spaces_as_one(theirs)
        shares: dict[int, Decimal] = {}
        for group, lines in ours.items():
            for drafted, share in zip(lines, _shares(lines, theirs[group]), strict=True):
                shares[id(drafted)] = share
        return [shares[id(drafted)] for drafted in charged.lines], []
    return _by_amount(charged, listed.total), [NOTHING for _change in charged.changes]


def before_discounts(charged: Draft) -> tuple[list[Decimal], list[Decimal]]:
    """The full price where no kind of hirer pays it: what was charged, discounts left aside."""
    lines = [drafted.amount for drafted in charged.lines]
    return lines, [max(NOTHING, change.amount) for change in charged.changes]


def _comparable(ours: dict[Group, list[Drafted]], theirs: dict[Group, list[Drafted]]) -> bool:
    kinds = {kind for kind, _names in ours} | {kind for kind, _names in theirs}
    if "fees" in kinds:
        return False
    items = {group for group in ours if group[0] == "items"}
    same_items = items == {group for group in theirs if group[0] == "items"}
    return same_items and (len(ours) > len(items)) == (len(theirs) > len(items))


def _by_amount(charged: Draft, total: Decimal) -> list[Decimal]:
    if not charged.lines:
        return []
    weights = [max(NOTHING, drafted.amount) for drafted in charged.lines]
    if not sum(weights):
        weights = [Decimal(1) for _drafted in charged.lines]
    return split(total, weights)


def _by_group(lines: Sequence[Drafted]) -> dict[Group, list[Drafted]]:
    groups: dict[Group, list[Drafted]] = defaultdict(list)
    for drafted in lines:
        groups[drafted.group].append(drafted)
    return dict(groups)


def _all_spaces_as_one(groups: dict[Group, list[Drafted]]) -> dict[Group, list[Drafted]]:
    joined: dict[Group, list[Drafted]] = defaultdict(list)
    for (kind, names), lines in groups.items():
        joined[kind, names if kind == "items" else frozenset()].extend(lines)
    return dict(joined)


def _shares(ours: Sequence[Drafted], theirs: Sequence[Drafted]) -> list[Decimal]:
    if [drafted.moments for drafted in ours] == [drafted.moments for drafted in theirs]:
        return [drafted.amount for drafted in theirs]
    total = sum((drafted.amount for drafted in theirs), Decimal(0))
    weights = [drafted.weight for drafted in ours]
    return split(total, weights if sum(weights) else [Decimal(1) for _drafted in ours])
