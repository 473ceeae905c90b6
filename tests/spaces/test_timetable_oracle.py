"""Patterns on London's clock; B1 to B21 are faults listed in docs/decisions/0009."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from dateutil.rrule import rrulestr

from core.clock import LONDON
from core.intervals import Span
from spaces import timetable
from spaces.timetable import Frequency, Pattern, spans
from tests.spaces.patterns import stored

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
WHOLE_2027 = Span(datetime(2026, 12, 30, tzinfo=UTC), datetime(2028, 1, 3, tzinfo=UTC))


def random_pattern(random: Random) -> Pattern:
    first = date(2026, 1, 1) + timedelta(days=random.randrange(900))
    starts = time(random.choice([0, 3, 7, 9, 18, 19, 22, 23]), random.choice([0, 15, 30]))
    ends = time(random.choice([0, 3, 6, 10, 13, 21, 23]), random.choice([0, 30, 45]))
    frequency = random.choice([Frequency.WEEKLY, Frequency.MONTHLY])
    weekdays = tuple(sorted(random.sample(range(7), random.choice([1, 1, 2, 3]))))
    nth = tuple(random.sample([1, 2, 3, 4, 5, -1], random.choice([1, 2])))
    count = random.randint(1, 60) if random.random() < 0.5 else None
    until = None if count else first + timedelta(days=random.randint(60, 700))
    days = [first + timedelta(days=random.randrange(400)) for _ in range(3)]
    return Pattern(
        first,
        starts,
        ends,
        frequency,
        interval=random.randint(1, 3),
        weekdays=weekdays,
        nth=nth if frequency is Frequency.MONTHLY else (),
        count=count,
        until=until,
        struck=tuple(random.sample(days, random.randint(0, 2))),
        added=tuple(random.sample(days, random.randint(0, 2))),
        skip_bank_holidays=random.random() < 0.2,
    )


def oracle(pattern: Pattern) -> list[tuple[datetime, datetime]]:
    """The same in the words of RFC 5545, worked out by dateutil on wall time without a zone."""
    letters = [("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day] for day in pattern.weekdays]
    days = [f"{n}{letter}" for n in pattern.nth or ("",) for letter in letters]
    text = f"FREQ={pattern.frequency.upper()};INTERVAL={pattern.interval};BYDAY={','.join(days)}"
    if pattern.count:
        text += f";COUNT={pattern.count}"
    if pattern.until:
        text += f";UNTIL={pattern.until:%Y%m%d}T235959"
    rule = rrulestr(text, dtstart=datetime.combine(pattern.first, pattern.starts))
    begun = {moment.date() for moment in rule}
    if pattern.skip_bank_holidays:
        begun = {day for day in begun if not timetable.is_bank_holiday(day)}
    begun = (begun - set(pattern.struck)) | set(pattern.added)
    night = timedelta(days=1 if pattern.ends <= pattern.starts else 0)
    return [
        (
            datetime.combine(day, pattern.starts, tzinfo=LONDON).astimezone(UTC),
            datetime.combine(day + night, pattern.ends, tzinfo=LONDON).astimezone(UTC),
        )
        for day in sorted(begun)
    ]


@pytest.mark.django_db
def test_three_hundred_random_patterns_agree_with_an_oracle() -> None:
    random = Random("patterns")
    always = Span(datetime(2025, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC))
    compared = 0
    for _ in range(300):
        pattern = random_pattern(random)
        expected = oracle(pattern)
        found = stored(pattern).between(always)
        assert [(one.start, one.end) for one in found] == expected, pattern
        if expected and len(expected) <= timetable.MOST_DATES:
            assert spans(pattern) == found, pattern
            compared += 1
    assert compared > 200
