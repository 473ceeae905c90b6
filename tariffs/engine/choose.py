"""Which rule prices a slice: the most specific one, or a question where two are equal.

One rule is more specific than another when it is so in at least one respect (space, kind of
hirer, day, time) and less so in none. A higher rank wins before that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tariffs.engine.slices import BY_HOLIDAY, BY_KIND, BY_NAME, Slice, day_level
from tariffs.rules.shape import RateRule, Reach, Target

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set of spaces (or one item) and the rule that prices it."""

    names: Names
    rule: RateRule


@dataclass(frozen=True, slots=True)
class Rivals:
    """Rules that hold equally well, by name and in order."""

    names: Names
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unpriced:
    """What no rule prices."""

    names: Names


def is_for(rule: RateRule, category: str) -> bool:
    """Whether the rule speaks of this kind of hirer."""
    return rule.when.categories is None or category in rule.when.categories


def holds(rule: RateRule, *, slice_: Slice) -> bool:
    """Whether day and time are such that the rule holds during the slice."""
    when = rule.when
    if when.window is not None and not when.window.holds(slice_.minute):
        return False
    return day_level(when.days, slice_.day_in(when.window)) is not None


def cover(
    rules: Iterable[RateRule], *, slice_: Slice, asked: Names
) -> list[Chosen | Rivals | Unpriced]:
    """Each asked space priced once: the largest set that has a price of its own goes first."""
    offers: dict[Names, list[RateRule]] = defaultdict(list)
    for rule in rules:
        if not rule.target.is_item and holds(rule, slice_=slice_):
            for names in _sets(rule.target, asked):
                offers[names].append(rule)
    found: list[Chosen | Rivals | Unpriced] = []
    left = asked
    for names in sorted(offers, key=lambda names: (-len(names), sorted(names))):
        if not names <= left:
            continue
        rivals = [
            other
            for other in offers
            if len(other) == len(names) and other != names and other & names and other <= left
        ]
        if rivals:
            sets = [names, *rivals]
            tied = tuple(sorted({rule.id for each in sets for rule in offers[each]}))
            found.append(Rivals(frozenset().union(*sets), tied))
            left -= frozenset().union(*sets)
        else:
            found.append(best(names, offers[names], slice_=slice_))
            left -= names
    if left:
        found.append(Unpriced(left))
    return found


def item_rule(rules: Iterable[RateRule], *, slice_: Slice, item: str) -> Chosen | Rivals | Unpriced:
    """What prices an item, by the moment the hire begins."""
    names = frozenset({item})
    held = [
        rule
        for rule in rules
        if rule.target.is_item
        and (rule.target.reach is Reach.ANY or item in rule.target.names)
        and holds(rule, slice_=slice_)
    ]
    return best(names, held, slice_=slice_) if held else Unpriced(names)


def best(names: Names, rules: Sequence[RateRule], *, slice_: Slice) -> Chosen | Rivals:
    """The most specific of the rules that hold, or those that no other beats."""
    top = max(rule.rank for rule in rules)
    ranked = _without_replaced_days([rule for rule in rules if rule.rank == top], slice_)
    unbeaten = [
        rule
        for rule in ranked
        if not any(_beats(other, rule, slice_) for other in ranked if other is not rule)
    ]
    if len(unbeaten) == 1:
        return Chosen(names, unbeaten[0])
    return Rivals(names, tuple(sorted(rule.id for rule in unbeaten)))


def _without_replaced_days(rules: list[RateRule], slice_: Slice) -> list[RateRule]:
    """On a bank holiday with prices of its own, prices for the day of the week do not count."""
    levels = [day_level(rule.when.days, slice_.day_in(rule.when.window)) for rule in rules]
    if BY_HOLIDAY not in levels:
        return rules
    replaced = (BY_NAME, BY_KIND)
    return [rule for rule, level in zip(rules, levels, strict=True) if level not in replaced]


def _sets(target: Target, asked: Names) -> list[Names]:
    if target.reach is Reach.TOGETHER:
        return [target.names] if target.names <= asked else []
    named = asked if target.reach is Reach.ANY else asked & target.names
    return [frozenset({name}) for name in sorted(named)]


def _beats(one: RateRule, other: RateRule, slice_: Slice) -> bool:
    respects = (
        _closer_space(one, other),
        _closer_set(one.when.categories, other.when.categories),
        _closer_day(one, other, slice_),
        _closer_window(one, other),
    )
    return None not in respects and any(respects)


def _closer_space(one: RateRule, other: RateRule) -> bool | None:
    """True: nearer; False: as near; None: further off, or not to be compared."""
    if one.target.reach is Reach.ANY:
        return False if other.target.reach is Reach.ANY else None
    return other.target.reach is Reach.ANY


def _closer_set(one: frozenset[str] | None, other: frozenset[str] | None) -> bool | None:
    if one == other:
        return False
    if other is None:
        return True
    return True if one is not None and one < other else None


def _closer_day(one: RateRule, other: RateRule, slice_: Slice) -> bool | None:
    mine = day_level(one.when.days, slice_.day_in(one.when.window)) or 0
    theirs = day_level(other.when.days, slice_.day_in(other.when.window)) or 0
    if mine != theirs:
        return True if mine > theirs else None
    return _closer_set(one.when.days, other.when.days)


def _closer_window(one: RateRule, other: RateRule) -> bool | None:
    mine, theirs = one.when.window, other.when.window
    if mine == theirs:
        return False
    if theirs is None:
        return True
    if mine is None:
        return None
    return True if mine.within(theirs) else None
