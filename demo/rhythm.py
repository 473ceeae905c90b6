"""School terms, holidays and the seasons in which groups meet, for any year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter


@dataclass(frozen=True, slots=True)
class Term:
    """School is open on weekdays in [first, last]."""

    name: str
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


@cache
def terms(year: int) -> tuple[Term, ...]:
    """The six half terms that begin in the calendar year, in order."""
    good_friday = easter(year) - timedelta(days=2)
    easter_break = good_friday - timedelta(days=4)
    february = monday_on_or_after(date(year, 2, 12))
    may = monday_on_or_after(date(year, 5, 25))
    october = monday_on_or_after(date(year, 10, 24))
    return (
        Term("spring", date(year, 1, 5), february - timedelta(days=3)),
        Term("spring", february + timedelta(days=7), easter_break - timedelta(days=3)),
        Term("summer", easter_break + timedelta(days=14), may - timedelta(days=3)),
        Term("summer", may + timedelta(days=7), date(year, 7, 22)),
        Term("autumn", date(year, 9, 4), october - timedelta(days=3)),
        Term("autumn", october + timedelta(days=7), date(year, 12, 18)),
    )


def is_term(day: date) -> bool:
    return any(term.holds(day) for term in terms(day.year))


def is_christmas(day: date) -> bool:
    """The days on which almost nothing happens: 23 December to 2 January."""
    return (day.month == 12 and day.day >= 23) or (day.month == 1 and day.day <= 2)


def is_quiet_summer(day: date) -> bool:
    """From the end of term to the August bank holiday."""
    return date(day.year, 7, 23) <= day <= date(day.year, 8, 31)


@dataclass(frozen=True, slots=True)
class Season:
    """A stretch for which a group books at once."""

    name: str
    first: date
    last: date


@cache
def seasons(year: int) -> tuple[Season, ...]:
    """Spring, summer, the holidays and autumn of a year."""
    half = terms(year)
    return (
        Season("spring", date(year, 1, 3), half[1].last),
        Season("summer", half[1].last + timedelta(days=1), date(year, 7, 22)),
        Season("holidays", date(year, 7, 23), date(year, 8, 31)),
        Season("autumn", date(year, 9, 1), date(year, 12, 22)),
    )


def seasons_within(first: date, last: date) -> list[Season]:
    """Seasons that overlap [first, last], each cut to it."""
    found = []
    for year in range(first.year, last.year + 1):
        for season in seasons(year):
            start, end = max(season.first, first), min(season.last, last)
            if start <= end:
                found.append(Season(season.name, start, end))
    return found
