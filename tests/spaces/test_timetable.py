"""Patterns on London's clock; B1 to B21 are faults listed in docs/decisions/0009."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from core.clock import LONDON, london
from core.errors import BadInput
from core.intervals import Span
from spaces import timetable
from spaces.models.timetable import parse_params
from spaces.timetable import Frequency, Pattern, dates, spans
from tests.spaces.patterns import monthly, walls, weekly

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
WHOLE_2027 = Span(datetime(2026, 12, 30, tzinfo=UTC), datetime(2028, 1, 3, tzinfo=UTC))


class TestPattern:
    """What people say, worked out without the database."""

    @pytest.mark.parametrize(
        ("first", "offsets"),
        [(date(2027, 3, 14), [0, 0, 1, 1]), (date(2027, 10, 17), [1, 1, 0, 0])],
    )
    def test_weekly_hire_keeps_its_hour_when_clocks_change(
        self, first: date, offsets: list[int]
    ) -> None:
        found = spans(weekly(first, time(19), time(21)))
        assert [london(one.start).time() for one in found] == [time(19)] * 4
        assert [one.start.hour for one in found] == [19 - offset for offset in offsets]
        assert all(one.length == timedelta(hours=2) for one in found)

    @pytest.mark.parametrize(
        ("day", "hours"),
        [(date(2027, 3, 27), 7), (date(2027, 10, 30), 9), (date(2027, 6, 5), 8)],
    )
    def test_a_night_from_ten_ends_at_six_whether_or_not_the_clocks_change(
        self, day: date, hours: int
    ) -> None:
        found = Pattern(day, time(22), time(6)).span_on(day)
        assert london(found.end) == datetime.combine(
            day + timedelta(days=1), time(6), tzinfo=LONDON
        )
        assert found.length == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"nth": (2,), "weekdays": (1,)}, [(1, 12), (2, 9), (3, 9)]),
            ({"nth": (-1,), "weekdays": (4,)}, [(1, 29), (2, 26), (3, 26)]),
            ({"nth": (1, 3), "weekdays": (0,)}, [(1, 4), (1, 18), (2, 1)]),
            ({"nth": (5,), "weekdays": (4,)}, [(1, 29), (4, 30), (7, 30)]),
            ({"nth": (1,), "weekdays": (5, 6)}, [(1, 2), (1, 3), (2, 6)]),
            ({}, [(1, 1), (2, 5), (3, 5)]),
            ({"interval": 2, "nth": (1,), "weekdays": (4,)}, [(1, 1), (3, 5), (5, 7)]),
        ],
    )
    def test_nth_weekdays_of_the_month(
        self, fields: dict[str, Any], expected: list[tuple[int, int]]
    ) -> None:
        found = dates(monthly(date(2027, 1, 1), count=3, **fields))
        assert found == [date(2027, month, day) for month, day in expected]

    def test_until_includes_its_own_day(self) -> None:
        found = dates(weekly(date(2027, 1, 5), time(19), time(21), until=date(2027, 1, 19)))
        assert found == [date(2027, 1, 5), date(2027, 1, 12), date(2027, 1, 19)]

    def test_several_weekdays_every_second_week(self) -> None:
        found = dates(
            weekly(date(2027, 1, 5), time(9), time(10), weekdays=(1, 3), interval=2, count=4)
        )
        assert found == [date(2027, 1, day) for day in (5, 7, 19, 21)]

    def test_struck_dates_go_and_added_dates_come(self) -> None:
        pattern = weekly(
            date(2027, 1, 5),
            time(19),
            time(21),
            struck=(date(2027, 1, 12),),
            added=(date(2027, 1, 14), date(2027, 1, 5)),
        )
        assert dates(pattern) == [date(2027, 1, day) for day in (5, 14, 19, 26)]

    def test_bank_holidays_are_left_out_but_one_added_by_hand_stands(self) -> None:
        mondays = weekly(date(2027, 4, 26), time(9), time(10), skip_bank_holidays=True)
        assert dates(mondays) == [date(2027, 4, 26), date(2027, 5, 10), date(2027, 5, 17)]
        assert date(2027, 5, 3) in dates(replace(mondays, added=(date(2027, 5, 3),)))

    @pytest.mark.parametrize(
        "day", [date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 12, 27)]
    )
    def test_bank_holidays_of_england_and_wales(self, day: date) -> None:
        assert timetable.is_bank_holiday(day)
        assert not timetable.is_bank_holiday(day + timedelta(days=9))

    def test_an_exhibition_lasts_three_weeks_and_a_day_may_end_at_midnight(self) -> None:
        long = Pattern(date(2027, 3, 20), time(10), time(16), more_days=21)
        assert walls(spans(long)) == [("20 Mar 10:00", "10 Apr 16:00")]
        assert walls(spans(Pattern(SPRING, time(0), time(0)))) == [("28 Mar 00:00", "29 Mar 00:00")]

    def test_without_strikes_a_date_however_it_came(self) -> None:
        pattern = weekly(date(2027, 1, 5), time(19), time(21), count=2, added=(date(2027, 1, 7),))
        left = timetable.without(pattern, [date(2027, 1, 7), date(2027, 1, 12)])
        assert dates(left) == [date(2027, 1, 5)]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"count": None},
            {"count": 0},
            {"count": 161},
            {"until": date(2031, 1, 1)},
            {"until": date(2026, 1, 1)},
            {"count": 2, "until": date(2027, 2, 1)},
            {"interval": 0},
            {"interval": 53},
            {"weekdays": (7,)},
            {"frequency": Frequency.MONTHLY, "nth": (6,)},
            {"frequency": Frequency.MONTHLY, "nth": (0,)},
            {"more_days": -1},
            {"more_days": 400},
            {"first": date(9999, 12, 31)},
            {"first": date(1, 1, 1)},
            {"added": (date(9999, 12, 31),)},
            {"struck": tuple(date(2027, 1, day) for day in (5, 12, 19, 26))},
            {"frequency": Frequency.ONCE, "count": None, "first": date(9999, 12, 31)},
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(self, wrong: dict[str, Any]) -> None:
        pattern = replace(weekly(date(2027, 1, 5), time(19), time(21)), **wrong)
        with pytest.raises(BadInput) as refusal:
            dates(pattern)
        assert str(refusal.value.message).endswith(".")

    def test_a_time_that_does_not_exist_that_night_is_refused(self) -> None:
        with pytest.raises(BadInput):
            Pattern(SPRING, time(1), time(2)).span_on(SPRING)

    def test_the_hour_that_comes_twice_means_the_first(self) -> None:
        found = Pattern(AUTUMN, time(1, 30), time(3)).span_on(AUTUMN)  # B4
        assert found.start == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


class TestParameters:
    def test_nth_weekdays_are_read(self) -> None:  # B7
        found = parse_params("byweekday:5FR,-1SU,+2MO,WE;interval:2;count:3")
        assert [str(day) for day in found["byweekday"]] == ["FR(+5)", "SU(-1)", "MO(+2)", "WE"]
        assert (found["interval"], found["count"]) == (2, 3)

    @pytest.mark.parametrize(
        "text",
        [
            "COUNT=3",
            "foo:2",
            "byweekday:XX",
            "byweekday:6FR",
            "byweekday:0",
            "interval:0",
            "count:-1",
            "byhour:9,18",
            "byweekday:",
        ],
    )
    def test_anything_else_is_refused_instead_of_guessed(self, text: str) -> None:  # B7, B8, B9
        with pytest.raises(ValueError, match=r"not |unknown|invalid"):
            parse_params(text)
