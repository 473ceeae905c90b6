"""What a rule asks of a hire, as short clauses: "it is in winter", "you live in the area"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tariffs.rules.conditions import During, InDates, InRange, OneOf, Test, When, YesNo
from tariffs.rules.ranges import Range
from tariffs.rules.words import Kind

_MOST_WORDS = 3
_PRIVATE = frozenset({"hardship"})
_MOST_CLAUSES = 2
_YES = {
    "resident": gettext_lazy("you live in the area"),
    "regular": gettext_lazy("you hire often"),
    "in_advance": gettext_lazy("you pay for all dates at once"),
}
_NO = {
    "resident": gettext_lazy("you live outside the area"),
    "regular": gettext_lazy("you do not hire often"),
    "in_advance": gettext_lazy("you do not pay for all dates at once"),
}
_RANGES = {
    "hours": gettext_lazy("its length in hours is %(range)s"),
    "days": gettext_lazy("its length in days is %(range)s"),
    "months": gettext_lazy("its length in months is %(range)s"),
    "days_ahead": gettext_lazy("the number of days you book ahead is %(range)s"),
    "series": gettext_lazy("the number of dates is %(range)s"),
    "series_hours": gettext_lazy("the number of hours is %(range)s"),
    "ordinal": gettext_lazy("this is date number %(range)s"),
    "hours_this_year": gettext_lazy("the number of your hours this year is %(range)s"),
    "bookings_this_year": gettext_lazy("the number of times you book this year is %(range)s"),
    "people": gettext_lazy("the number of people is %(range)s"),
    "takings": gettext_lazy("the money you take in pounds is %(range)s"),
    "rooms": gettext_lazy("the number of rooms is %(range)s"),
    "sessions": gettext_lazy("the number of sessions is %(range)s"),
}
_CLOCKS = {
    "starts": gettext_lazy("it starts at this time"),
    "ends": gettext_lazy("it ends at this time"),
}


def because(when: When, *, who: str = "") -> str:
    """At most two clauses; empty where the rule asks nothing that can be said so."""
    found = list(dict.fromkeys(_clauses(when, who)))[:_MOST_CLAUSES]
    if len(found) < _MOST_CLAUSES:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": found[0], "last": found[1]}


def quoted(words: Collection[str]) -> str:
    """The sheet's own words, so that readers see whose they are."""
    return ", ".join(f"“{word.replace('-', ' ').replace('_', ' ')}”" for word in sorted(words))


def _clauses(when: When, who: str) -> Iterator[str]:
    if when.categories is not None and who:
        yield _("you hire as “%(who)s”") % {"who": who}
    for test in when.tests:
        clause = _SAID[type(test)](test) if type(test) in _SAID else ""
        if clause:
            yield clause
    if when.window is not None:
        yield _("it is at this time of day")
    if when.days is not None:
        yield _("it is on this day")


def _one_of(test: OneOf) -> str:
    if len(test.words) > _MOST_WORDS or test.kind is Kind.NO_WORDS:
        return ""
    said = {"words": quoted(test.words)}
    if test.fact == "event.tags":
        is_all = test.kind is Kind.ALL_WORDS or len(test.words) == 1
        if is_all:
            return _("your event has %(words)s") % said
        return _("your event has one of %(words)s") % said
    if test.fact == "event.purpose":
        return _("your event is %(words)s") % said
    if test.fact == "hirer.name":
        return _("you are %(words)s") % said
    if test.fact == "hirer.statuses":
        # A bill is read by others too: what somebody is short of is not their business.
        return (
            _("of what you count as")
            if _PRIVATE & test.words
            else _("you count as %(words)s") % said
        )
    return ""


def _yes_no(test: YesNo) -> str:
    return str((_YES if test.value else _NO).get(test.name, ""))


def _in_dates(test: InDates) -> str:
    if test.name == "season":
        return _("it is this time of year")
    if test.name == "term":
        return _("it is in term time") if test.is_wanted else _("it is out of term time")
    return _("it is on this day")


def _in_range(test: InRange) -> str:
    if test.name in _RANGES:
        return str(_RANGES[test.name]) % {"range": range_words(test.range)}
    return str(_CLOCKS.get(test.name, ""))


def range_words(numbers: Range) -> str:
    """10 or more; more than 6; up to 4; under 100; at least 2, up to 4."""
    low, high = plain(numbers.low), plain(numbers.high)
    if numbers.low is None:
        said = _("up to %(high)s") if numbers.has_high else _("under %(high)s")
    elif numbers.high is None:
        said = _("%(low)s or more") if numbers.has_low else _("more than %(low)s")
    elif numbers.low == numbers.high:
        return low
    else:
        least = _("at least %(low)s") if numbers.has_low else _("more than %(low)s")
        most = _("up to %(high)s") if numbers.has_high else _("under %(high)s")
        said = f"{least}, {most}"
    return said % {"low": low, "high": high}


def plain(number: Decimal | None) -> str:
    """A number without needless noughts."""
    text = f"{number or Decimal(0):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _during(test: During) -> str:
    return "" if "use" in test.words else _("you set up or clear away")


_SAID: dict[type[Test], Callable[[Any], str]] = {
    OneOf: _one_of,
    YesNo: _yes_no,
    InDates: _in_dates,
    InRange: _in_range,
    During: _during,
}
