"""Which rule prices a stretch: the closest one, or a question where two are equal.

A higher rank goes first, then a rule that names the hirer, setting up, the purpose, or a
length. Only then are conditions compared, respect by respect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tariffs.engine.closer import beats, closer_target
from tariffs.engine.slices import BY_HOLIDAY, BY_KIND, BY_NAME, Slice, day_level
from tariffs.engine.truth import Missing
from tariffs.rules.conditions import DateRange
from tariffs.rules.shape import RateRule, Reach

Names = frozenset[str]
_REPLACED = (BY_NAME, BY_KIND)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that holds, or would hold if the missing facts were so."""

    rule: RateRule
    missing: Missing


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


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is priced by facts that nobody told."""

    names: Names
    facts: tuple[str, ...]
    rules: tuple[str, ...]


Found = Chosen | Rivals | Unpriced | Unknown


def cover(
    candidates: Iterable[Candidate],
    *,
    slice_: Slice,
    asked: Names,
    named: Collection[DateRange] = (),
) -> list[Found]:
    """Each asked space priced once: the largest set that has a price of its own goes first."""
    offers: dict[Names, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for names in _sets(candidate.rule, asked):
            offers[names].append(candidate)
    found: list[Found] = []
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
            tied = tuple(sorted({one.rule.id for each in sets for one in offers[each]}))
            found.append(Rivals(frozenset().union(*sets), tied))
            left -= frozenset().union(*sets)
        else:
            found.append(best(names, offers[names], slice_=slice_, named=named))
            left -= names
    if left:
        found.append(Unpriced(left))
    return found


def best(
    names: Names,
    candidates: Sequence[Candidate],
    *,
    slice_: Slice | None,
    named: Collection[DateRange] = (),
) -> Found:
    """The closest of the rules that hold, or those that no other beats."""
    if not candidates:
        return Unpriced(names)
    if len(candidates) == 1:
        left = list(candidates)
    else:
        top = max(_level(one.rule) for one in candidates)
        ranked = [one for one in candidates if _level(one.rule) == top]
        ranked = _without_replaced_days(ranked, slice_, named)
        left = [
            one
            for one in ranked
            if not any(
                _beats(other.rule, one.rule, slice_, named) for other in ranked if other is not one
            )
        ]
    unknown = [one for one in left if one.missing]
    if unknown:
        facts = sorted(frozenset().union(*(one.missing for one in unknown)))
        return Unknown(names, tuple(facts), tuple(sorted(one.rule.id for one in unknown)))
    if len(left) == 1:
        return Chosen(names, left[0].rule)
    return Rivals(names, tuple(sorted(one.rule.id for one in left)))


def _level(rule: RateRule) -> tuple[int, tuple[bool, bool, bool, bool]]:
    return rule.rank, rule.levels


def _without_replaced_days(
    candidates: list[Candidate], slice_: Slice | None, named: Collection[DateRange]
) -> list[Candidate]:
    """On a bank holiday with prices of its own, prices for the day of the week do not count."""
    if slice_ is None or slice_.day is None:
        return candidates
    levels = [
        day_level(one.rule.when.days, slice_.day_in(one.rule.when.window) or slice_.day, named)
        for one in candidates
    ]
    if BY_HOLIDAY not in levels:
        return candidates
    return [one for one, level in zip(candidates, levels, strict=True) if level not in _REPLACED]


def _sets(rule: RateRule, asked: Names) -> list[Names]:
    target = rule.target
    if target.reach is Reach.TOGETHER:
        return [target.names] if target.names <= asked else []
    named = asked if target.reach is Reach.ANY else asked & target.names
    if rule.bands is not None and rule.bands.by == "rooms":
        return [named] if named else []
    return [frozenset({name}) for name in sorted(named)]


def _beats(
    one: RateRule, other: RateRule, slice_: Slice | None, named: Collection[DateRange]
) -> bool:
    by_target = closer_target(one.target, other.target)
    by_when = beats(one.when, other.when, slice_=slice_, named=named)
    return None not in (by_target, by_when) and bool(by_target or by_when)
