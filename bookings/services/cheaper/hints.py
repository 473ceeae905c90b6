"""Where a charge sheet changes its prices: which times, lengths and numbers are worth trying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from tariffs.engine.slices import day_level
from tariffs.rules import TariffDocument
from tariffs.rules.conditions import DAY_MINUTES, Day, InRange, When, Window
from tariffs.rules.ranges import Range
from tariffs.rules.shape import RateRule

_CLOCKS = {"start", "end"}
_COUNTS = {"series.count", "series.ordinal"}


@dataclass(frozen=True, slots=True)
class Hints:
    """`minutes` of the day; `lengths` in minutes, the least that reach a price; `counts` of dates.

    `dayparts`: named windows, by the name that the sheet gives them, and on which days.
    """

    minutes: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    hours_in_all: tuple[Decimal, ...] = ()
    dayparts: tuple[tuple[str, Window, frozenset[Day] | None], ...] = ()

    def dayparts_on(self, day: date) -> Iterator[tuple[str, Window]]:
        """The named windows that some rule has on `day`."""
        for name, window, days in self.dayparts:
            if day_level(days, day) is not None:
                yield name, window


def hints_of(document: TariffDocument | None) -> Hints:
    """What `document` mentions; nothing where there are no rates."""
    if document is None:
        return Hints()
    whens = [when for outer in document.conditions() for when in _all(outer)]
    ranges = [
        (test.fact, test.range)
        for when in whens
        for test in when.tests
        if isinstance(test, InRange)
    ]
    ranges += [found for rule in document.rules for found in _banded(rule)]
    clocks = {
        int(edge) % DAY_MINUTES
        for fact, range_ in ranges
        if fact in _CLOCKS
        for edge in (range_.low, range_.high)
        if edge is not None
    }
    return Hints(
        minutes=tuple(sorted({*document.boundaries, *clocks})),
        lengths=tuple(sorted({n for fact, r in ranges if fact == "hours" for n in _lengths(r)})),
        counts=tuple(sorted({n for fact, r in ranges if fact in _COUNTS for n in _counts(r)})),
        hours_in_all=tuple(
            sorted({r.low for fact, r in ranges if fact == "series_hours" and r.low is not None})
        ),
        dayparts=tuple(
            {
                (when.daypart, when.window, when.days): None
                for when in whens
                if when.daypart and when.window
            }
        ),
    )


def _all(when: When) -> Iterator[When]:
    yield when
    for inner in when.inner():
        yield from _all(inner)


def _banded(rule: RateRule) -> Iterator[tuple[str, Range]]:
    """Bands by a number of the hire, and bands of the hours that a rule charges for."""
    facts = {"series": "series.count", "ordinal": "series.ordinal", "hours": "hours"}
    if rule.bands is None:
        return
    fact = facts.get(rule.bands.by, "hours" if rule.bands.by == "quantity" else "")
    for band in rule.bands.bands:
        yield fact, band.range


def _lengths(range_: Range) -> Iterator[int]:
    """Both sides of each edge: just in, and a quarter of an hour beyond."""
    for edge in (range_.low, range_.high):
        if edge is not None and 0 < edge <= 24:
            yield ceil(edge * 60)
            yield ceil(edge * 60) + 15


def _counts(range_: Range) -> Iterator[int]:
    if range_.low is not None and range_.low >= 1:
        least = ceil(range_.low) if range_.has_low else int(range_.low) + 1
        if least > 1:
            yield least
