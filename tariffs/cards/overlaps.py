"""Whether two times of week get in each other's way."""

from __future__ import annotations

from tariffs.cards.shape import Part
from tariffs.rules.conditions import DAY_MINUTES, Window
from tariffs.rules.reading_when import minute_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_WEEK = (*_WEEKDAYS, "saturday", "sunday", "bank_holiday")


def crossing(part: Part, other: Part) -> bool:
    """Both hold at some time of the week, and neither is closer to it than the other.

    Then nobody could say which price counts.
    """
    if part.longer != other.longer:
        return False
    by_time = _closer_time(part, other)
    shared = [(_level(part, day), _level(other, day)) for day in _WEEK]
    shared = [pair for pair in shared if None not in pair]
    if not shared or not _meet(part, other):
        return False
    return any(_is_even(_closer_day(part, other, pair), by_time) for pair in shared)


def _is_even(by_day: int | None, by_time: int | None) -> bool:
    if by_day is None or by_time is None:
        return True
    return by_day + by_time == 0


def _closer_day(part: Part, other: Part, levels: tuple[int | None, int | None]) -> int | None:
    """1: the first is closer; -1: the other; 0: as close; None: not to be compared."""
    mine, theirs = levels
    if mine != theirs and mine is not None and theirs is not None:
        return 1 if mine > theirs else -1
    return _smaller(set(part.days), set(other.days))


def _smaller(one: set[str], other: set[str]) -> int | None:
    if one == other:
        return 0
    return 1 if one < other else (-1 if other < one else None)


def _closer_time(part: Part, other: Part) -> int | None:
    mine, theirs = _window(part), _window(other)
    if mine == theirs:
        return 0
    return 1 if mine.within(theirs) else (-1 if theirs.within(mine) else None)


def _level(part: Part, day: str) -> int | None:
    """How closely a time names a day: by its name, by its kind, not at all; None: it is not."""
    if not part.days:
        return None if day == "bank_holiday" else 0
    if day in part.days:
        return 2
    kind = "weekday" if day in _WEEKDAYS else "weekend"
    return 1 if day != "bank_holiday" and kind in part.days else None


def _meet(part: Part, other: Part) -> bool:
    one, two = _window(part), _window(other)
    return one.holds(two.start) or two.holds(one.start)


def _window(part: Part) -> Window:
    if not part.start:
        return Window(0, DAY_MINUTES)
    return Window(minute_of(part.start) % DAY_MINUTES, minute_of(part.end))
