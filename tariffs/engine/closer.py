"""Which of two rules is closer to a hire, respect by respect.

One rule is closer than another when it is so in at least one respect and less so in none.
"""

from __future__ import annotations

from collections.abc import Collection

from tariffs.engine.slices import Slice, day_level
from tariffs.rules.conditions import DateRange, InRange, OneOf, Test, When
from tariffs.rules.shape import Reach, Target
from tariffs.rules.words import Kind


def closer_target(one: Target, other: Target) -> bool | None:
    """True: nearer; False: as near; None: further off, or not to be compared."""
    if one.reach is Reach.ANY:
        return False if other.reach is Reach.ANY else None
    return other.reach is Reach.ANY


def beats(
    one: When, other: When, *, slice_: Slice | None, named: Collection[DateRange]
) -> bool | None:
    """True: closer; False: as close; None: less close in some respect."""
    respects = [
        _closer_set(one.categories, other.categories),
        _closer_day(one, other, slice_, named),
        _closer_window(one, other),
        *_tests(one, other),
    ]
    return None if None in respects else any(respects)


def _tests(one: When, other: When) -> list[bool | None]:
    if not one.tests and not other.tests:
        return []
    mine = _by_name(one)
    theirs = _by_name(other)
    return [_closer_test(mine.get(name), theirs.get(name)) for name in mine.keys() | theirs.keys()]


def _by_name(when: When) -> dict[str, tuple[Test, ...]]:
    found: dict[str, tuple[Test, ...]] = {}
    for test in when.tests:
        found[test.name] = (*found.get(test.name, ()), test)
    return found


def _closer_test(one: tuple[Test, ...] | None, other: tuple[Test, ...] | None) -> bool | None:
    if one == other:
        return False
    if other is None:
        return True
    if one is None or len(one) > 1 or len(other) > 1:
        return None
    mine, theirs = one[0], other[0]
    if isinstance(mine, InRange) and isinstance(theirs, InRange):
        return True if mine.range.within(theirs.range) else None
    if isinstance(mine, OneOf) and isinstance(theirs, OneOf):
        fewer = mine.words < theirs.words
        is_closer = fewer if mine.kind is Kind.WORDS else theirs.words < mine.words
        return True if is_closer else None
    return None


def _closer_set(one: Collection[str] | None, other: Collection[str] | None) -> bool | None:
    if one == other:
        return False
    if other is None:
        return True
    return True if one is not None and set(one) < set(other) else None


def _closer_day(
    one: When, other: When, slice_: Slice | None, named: Collection[DateRange]
) -> bool | None:
    if one.days == other.days and one.window == other.window:
        return False
    mine = _level(one, slice_, named)
    theirs = _level(other, slice_, named)
    if mine != theirs:
        return True if mine > theirs else None
    return _closer_set(one.days, other.days)


def _level(when: When, slice_: Slice | None, named: Collection[DateRange]) -> int:
    day = slice_.day_in(when.window) if slice_ else None
    if day is None:
        return 0 if when.days is None else 1
    return day_level(when.days, day, named) or 0


def _closer_window(one: When, other: When) -> bool | None:
    mine, theirs = one.window, other.window
    if mine == theirs:
        return False
    if theirs is None:
        return True
    if mine is None:
        return None
    return True if mine.within(theirs) else None
