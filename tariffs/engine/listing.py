"""The full price beside the price charged, line by line, to the same penny in sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from core.money import split
from tariffs.engine.run import Drafted, Group, Run


def list_amounts(charged: Run, listed: Run) -> list[Decimal]:
    """For each charged line its share of what the list category would pay.

    Where both prices cut the hire alike each line has its own full price; elsewhere the full
    price is shared out by time.
    """
    ours, theirs = _by_group(charged.lines), _by_group(listed.lines)
    if ours.keys() != theirs.keys():
        ours, theirs = _all_spaces_as_one(ours), _all_spaces_as_one(theirs)
    shares: dict[int, Decimal] = {}
    for group, lines in ours.items():
        for drafted, share in zip(lines, _shares(lines, theirs[group]), strict=True):
            shares[id(drafted)] = share
    return [shares[id(drafted)] for drafted in charged.lines]


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
    return split(total, [drafted.weight for drafted in ours])
