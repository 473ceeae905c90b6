"""Times of week that nobody could tell apart."""

from __future__ import annotations

import pytest

from tariffs.cards.overlaps import crossing
from tariffs.cards.shape import Part

EVENING = Part("evening", ("weekday",), "18:00", "24:00")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (EVENING, Part("late", ("weekday",), "20:00", "02:00"), True),
        (EVENING, Part("late", ("weekday",), "20:00", "23:00"), False),
        (EVENING, Part("friday", ("friday",), "18:00", "24:00"), False),
        (EVENING, Part("friday", ("friday",), "12:00", "20:00"), True),
        (EVENING, Part("friday", ("friday",), "00:00", "24:00"), True),
        (EVENING, Part("weekend", ("weekend",), "18:00", "24:00"), False),
        (EVENING, Part("morning", (), "08:00", "12:00"), False),
        (EVENING, Part("again", ("weekday",), "18:00", "24:00"), True),
        (EVENING, Part(longer="6"), False),
        (Part("sunday", ("sunday", "bank_holiday"), "00:00", "24:00"),
         Part("evening", (), "18:00", "24:00"), True),
        (Part("a", ("monday", "friday")), Part("b", ("friday", "sunday")), True),
    ],
)  # fmt: skip
def test_two_times_cross_where_neither_is_closer(one: Part, other: Part, expected: bool) -> None:
    assert crossing(one, other) is expected
    assert crossing(other, one) is expected
