"""The words of the language: which facts rules may ask for, of what kind, and from where."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a condition on a fact looks like."""

    WORDS = "words"  # any of these words
    ALL_WORDS = "all_words"  # all of them
    NO_WORDS = "no_words"  # none of them
    YES_NO = "yes_no"
    RANGE = "range"
    CLOCK = "clock"  # a range of times, counted from the midnight before the hire begins


# Condition: kind, and the fact it asks for.
WHOLE_HIRE: dict[str, tuple[Kind, str]] = {
    "category": (Kind.WORDS, "hirer.category"),
    "hirer": (Kind.WORDS, "hirer.name"),
    "status": (Kind.WORDS, "hirer.statuses"),
    "resident": (Kind.YES_NO, "hirer.resident"),
    "regular": (Kind.YES_NO, "hirer.regular"),
    "hours_this_year": (Kind.RANGE, "hirer.hours_this_year"),
    "bookings_this_year": (Kind.RANGE, "hirer.bookings_this_year"),
    "purpose": (Kind.WORDS, "event.purpose"),
    "tag": (Kind.WORDS, "event.tags"),
    "all_tags": (Kind.ALL_WORDS, "event.tags"),
    "people": (Kind.RANGE, "event.people"),
    "takings": (Kind.RANGE, "event.takings"),
    "seats_sold": (Kind.RANGE, "event.seats_sold"),
    "with": (Kind.WORDS, "spaces"),
    "with_all": (Kind.ALL_WORDS, "spaces"),
    "without": (Kind.NO_WORDS, "spaces"),
    "rooms": (Kind.RANGE, "rooms"),
    "item": (Kind.WORDS, "items"),
    "hours": (Kind.RANGE, "hours"),
    "days": (Kind.RANGE, "days"),
    "months": (Kind.RANGE, "period.months"),
    "setup_hours": (Kind.RANGE, "setup_hours"),
    "starts": (Kind.CLOCK, "start"),
    "ends": (Kind.CLOCK, "end"),
    "days_ahead": (Kind.RANGE, "days_ahead"),
    "series": (Kind.RANGE, "series.count"),
    "ordinal": (Kind.RANGE, "series.ordinal"),
    "in_advance": (Kind.YES_NO, "series.in_advance"),
    "series_hours": (Kind.RANGE, "series_hours"),
    "shortest_gap": (Kind.RANGE, "shortest_gap"),
    "longest_gap": (Kind.RANGE, "longest_gap"),
    "overrun_hours": (Kind.RANGE, "actuals.overrun_hours"),
    "meter_units": (Kind.RANGE, "actuals.meter_units"),
    # Known once the hire is priced: for adjust, bound, deposit, schedule and cancel.
    "total": (Kind.RANGE, "total"),
    "hire": (Kind.RANGE, "hire"),
    "sessions": (Kind.RANGE, "sessions"),
}
# What may differ within one hire: day, time, season, set-up, number of the day.
BY_SLICE = (
    "day",
    "from",
    "until",
    "daypart",
    "season",
    "dates",
    "term",
    "during",
    "day_number",
)
LATER_FACTS = frozenset({"total", "hire", "sessions"})
# Never asked before the event: a rule that needs one waits for it.
ACTUALS = frozenset({"actuals.overrun_hours", "actuals.meter_units"})
LENGTH = frozenset({"hours", "days", "months", "starts", "ends", "span"})
NUMBERS: dict[str, str] = {
    "people": "event.people",
    "seats_sold": "event.seats_sold",
    "takings": "event.takings",
    "hours": "hours",
    "days": "days",
    "rooms": "rooms",
    "ordinal": "series.ordinal",
    "series": "series.count",
    "series_hours": "series_hours",
    "hours_this_year": "hirer.hours_this_year",
    "bookings_this_year": "hirer.bookings_this_year",
    "overrun_hours": "actuals.overrun_hours",
    "meter_units": "actuals.meter_units",
    "setup_hours": "setup_hours",
    "days_ahead": "days_ahead",
    "months": "period.months",
    "total": "total",
    "hire": "hire",
    "sessions": "sessions",
}
DURING = ("use", "setup", "cleardown")
