"""Whether conditions hold: None is no, an empty set is yes, facts in it are not known.

So a rule never counts, and never fails to count, by a fact that nobody told.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from tariffs.engine.facts import Facts
from tariffs.engine.slices import Slice, day_level
from tariffs.rules.conditions import (
    DAY_MINUTES,
    AnyOf,
    Crosses,
    DateRange,
    DayNumber,
    During,
    InDates,
    InRange,
    Not,
    OneOf,
    Test,
    WeekSpan,
    When,
    YesNo,
)
from tariffs.rules.words import ACTUALS, Kind

Missing = frozenset[str]
YES: Missing = frozenset()
_WEEK = 7 * DAY_MINUTES


def missing_for_hire(when: When, facts: Facts) -> Missing | None:
    """What concerns the whole hire; conditions by day and time are taken as met."""
    found = YES
    if when.categories is not None:
        category = facts.get("hirer.category")
        if category is None:
            found = frozenset({"hirer.category"})
        elif category not in when.categories:
            return None
    for test in when.tests:
        if isinstance(test, InDates | During | DayNumber):
            continue
        if isinstance(test, AnyOf | Not) and any(w.is_by_slice() for w in _inside(test)):
            continue
        missing = _test(test, facts)
        if missing is None:
            return None
        found |= missing
    return found


def missing_for_slice(
    when: When, slice_: Slice, facts: Facts, named: Collection[DateRange]
) -> Missing | None:
    """What concerns one stretch: day, time, season, set-up."""
    found = _clock(when, slice_, named)
    if found is None:
        return None
    for test in when.tests:
        missing = (
            _dates(test, slice_.day_in(when.window))
            if isinstance(test, InDates)
            else _slice_test(test, slice_, facts, named)
        )
        if missing is None:
            return None
        found |= missing
    return found


def _clock(when: When, slice_: Slice, named: Collection[DateRange]) -> Missing | None:
    found = YES
    if when.window is not None:
        if slice_.minute is None:
            found |= {"start"}
        elif not when.window.holds(slice_.minute):
            return None
    if when.days is not None:
        day = slice_.day_in(when.window)
        if day is None:
            found |= {"date"}
        elif day_level(when.days, day, named) is None:
            return None
    return found


def _slice_test(
    test: Test, slice_: Slice, facts: Facts, named: Collection[DateRange]
) -> Missing | None:
    if isinstance(test, During):
        return YES if slice_.during in test.words else None
    if isinstance(test, DayNumber):
        return YES if test.range.holds(Decimal(slice_.number)) else None
    if isinstance(test, InDates):
        return _dates(test, slice_.day)
    if isinstance(test, AnyOf | Not) and any(w.is_by_slice() for w in _inside(test)):
        answers = [_whole(inner, slice_, facts, named) for inner in _inside(test)]
        return _either(answers) if isinstance(test, AnyOf) else _opposite(answers[0])
    return YES


def missing_for(
    when: When, slices: Collection[Slice], facts: Facts, named: Collection[DateRange]
) -> Missing | None:
    """Whether a rule that looks at the hire as one holds: in some stretch of it at least."""
    found = missing_for_hire(when, facts)
    if found is None or not when.is_by_slice():
        return found
    answers = [missing_for_slice(when, slice_, facts, named) for slice_ in slices]
    some = _either(answers)
    return None if some is None else found | some


def _whole(when: When, slice_: Slice, facts: Facts, named: Collection[DateRange]) -> Missing | None:
    one = missing_for_hire(when, facts)
    two = missing_for_slice(when, slice_, facts, named)
    return None if one is None or two is None else one | two


def _inside(test: AnyOf | Not) -> tuple[When, ...]:
    return test.choices if isinstance(test, AnyOf) else (test.when,)


def _either(answers: Collection[Missing | None]) -> Missing | None:
    if any(answer is not None and not answer for answer in answers):
        return YES
    known = [answer for answer in answers if answer is not None]
    return frozenset().union(*known) if known else None


def _opposite(answer: Missing | None) -> Missing | None:
    if answer is None:
        return YES
    return answer or None


def _dates(test: InDates, day: date | None) -> Missing | None:
    if not test.ranges:
        return frozenset({test.name})
    if day is None:
        return frozenset({"date"})
    inside = any(dates.holds(day) for dates in test.ranges)
    return YES if inside is test.is_wanted else None


def _test(test: Test, facts: Facts) -> Missing | None:
    if isinstance(test, AnyOf):
        return _either([missing_for_hire(choice, facts) for choice in test.choices])
    if isinstance(test, Not):
        return _opposite(missing_for_hire(test.when, facts))
    if isinstance(test, Crosses):
        return _crosses(test, facts)
    if isinstance(test, WeekSpan):
        return _in_week(test, facts)
    if isinstance(test, InDates | During | DayNumber):
        return YES
    return _fact_test(test, facts)


def _fact_test(test: OneOf | YesNo | InRange, facts: Facts) -> Missing | None:
    value = facts.get(test.fact)
    if value is None:
        return None if test.fact in ACTUALS else frozenset({test.fact})
    if isinstance(test, YesNo):
        return YES if value is test.value else None
    if isinstance(test, InRange):
        return YES if test.range.holds(value) else None
    return YES if _among(test, value) else None


def _among(test: OneOf, value: object) -> bool:
    words = value if isinstance(value, frozenset) else frozenset({value})
    if test.kind is Kind.ALL_WORDS:
        return test.words <= words
    return test.words.isdisjoint(words) is (test.kind is Kind.NO_WORDS)


def _crosses(test: Crosses, facts: Facts) -> Missing | None:
    start, end = facts.get("start"), facts.get("end")
    if start is None or end is None:
        return frozenset({"start"})
    minute = test.minute + (DAY_MINUTES if test.minute <= start else 0)
    return YES if start < minute < end else None


def _in_week(test: WeekSpan, facts: Facts) -> Missing | None:
    last = test.last if test.last > test.first else test.last + _WEEK
    starts, end, start = facts.get("week_minute"), facts.get("end"), facts.get("start")
    loose = facts.ask.loose
    if starts is None and loose is not None and loose.first is not None:
        first_day = loose.first
        last_day = loose.last or loose.first
        begins = first_day.weekday() * DAY_MINUTES
        length = (last_day - first_day + timedelta(days=1)).days * DAY_MINUTES
        first = test.first - test.first % DAY_MINUTES
        return YES if _inside_week(begins, begins + length, first, _day_end(last)) else None
    if starts is None:
        return frozenset({"date", "start"})
    return YES if _inside_week(starts, starts + int(end - start), test.first, last) else None


def _day_end(minute: int) -> int:
    return -(-minute // DAY_MINUTES) * DAY_MINUTES


def _inside_week(begins: int, ends: int, first: int, last: int) -> bool:
    return any(first <= begins + shift and ends + shift <= last for shift in (-_WEEK, 0, _WEEK))
