"""Patterns on London's clock; B1 to B21 are faults listed in docs/decisions/0009."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from schedule.models import Calendar, Event, Occurrence, Rule

from core.clock import LONDON, at, london, start_of_day
from core.errors import BadInput
from core.intervals import Span
from spaces import timetable
from spaces.models.timetable import Series
from spaces.timetable import Pattern, spans
from tests.spaces.patterns import monthly, stored, walls, weekly

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
WHOLE_2027 = Span(datetime(2026, 12, 30, tzinfo=UTC), datetime(2028, 1, 3, tzinfo=UTC))


@pytest.mark.django_db
class TestStored:
    """The pattern as the scheduler keeps it."""

    @pytest.mark.parametrize("first", [date(2027, 3, 14), date(2027, 10, 17)])
    @pytest.mark.parametrize(
        "zone", [UTC, LONDON, timezone(timedelta(hours=1)), timezone(timedelta(hours=-5))]
    )
    def test_the_window_s_own_zone_changes_nothing(self, first: date, zone: Any) -> None:
        series = stored(weekly(first, time(19), time(21)))  # B1, B2, B12
        window = Span(WHOLE_2027.start.astimezone(zone), WHOLE_2027.end.astimezone(zone))
        found = series.between(window)
        assert [london(one.start).strftime("%H:%M") for one in found] == ["19:00"] * 4

    @pytest.mark.parametrize("first", [date(2027, 3, 13), date(2027, 3, 27), date(2027, 10, 23)])
    def test_nights_end_at_six_also_when_the_first_is_the_short_one(self, first: date) -> None:
        found = stored(weekly(first, time(22), time(6))).between(WHOLE_2027)  # B3, B3b
        assert {(w[0][-5:], w[1][-5:]) for w in walls(found)} == {("22:00", "06:00")}
        assert len(found) == 4

    @pytest.mark.parametrize(
        ("first", "starts", "ends"),
        [
            (SPRING, time(1, 30), time(5)),
            (date(2027, 3, 27), time(22), time(1, 30)),
            (AUTUMN, time(1, 30), time(5)),
            (date(2027, 10, 30), time(22), time(1, 30)),
        ],
    )
    def test_a_first_date_on_a_clock_change_does_not_move_the_later_ones(
        self, first: date, starts: time, ends: time
    ) -> None:
        pattern = weekly(first, starts, ends)
        found = stored(pattern).between(WHOLE_2027)
        assert found == spans(pattern)
        later = [(london(one.start).time(), london(one.end).time()) for one in found[1:]]
        assert later == [(starts, ends)] * 3

    def test_a_span_in_the_hour_left_out_does_not_happen_that_night(self) -> None:
        found = stored(weekly(date(2027, 3, 21), time(1), time(2), count=3)).between(WHOLE_2027)
        assert walls(found) == [("21 Mar 01:00", "21 Mar 02:00"), ("04 Apr 01:00", "04 Apr 02:00")]
        begun = stored(weekly(SPRING, time(1), time(2), count=2)).between(WHOLE_2027)
        assert walls(begun) == [("04 Apr 01:00", "04 Apr 02:00")]

    def test_the_window_may_open_in_the_middle_of_the_longest_night(self) -> None:
        series = stored(weekly(date(2027, 3, 27), time(22), time(6)))
        at_five = Span(at(date(2027, 4, 4), time(5, 30)), at(date(2027, 4, 4), time(5, 45)))
        assert walls(series.between(at_five)) == [("03 Apr 22:00", "04 Apr 06:00")]

    def test_every_overlapping_span_is_found_when_they_outlast_the_gap(self) -> None:  # B5
        daily = weekly(
            date(2027, 1, 4), time(9), time(9), more_days=3, weekdays=tuple(range(7)), count=20
        )
        day = Span(at(date(2027, 1, 12), time(10)), at(date(2027, 1, 12), time(11)))
        begun = [london(one.start).day for one in stored(daily).between(day)]
        assert begun == [10, 11, 12]

    def test_until_on_the_very_start_includes_it(self) -> None:  # B6
        pattern = weekly(date(2027, 3, 14), time(19), time(21), until=SPRING)
        series = stored(pattern)
        assert len(series.between(WHOLE_2027)) == 3
        assert series.between(WHOLE_2027) == spans(pattern)

    @pytest.mark.parametrize(
        "pattern",
        [
            weekly(date(2027, 1, 4), time(19), time(21), weekdays=(0, 2, 4), count=9),
            weekly(date(2027, 6, 7), time(0, 30), time(2), weekdays=(0, 6), count=9),
            monthly(date(2027, 1, 1), nth=(5,), weekdays=(4,), count=3),
            monthly(date(2027, 1, 1), nth=(1, 3), weekdays=(0,), count=7),
            monthly(date(2027, 1, 1), nth=(-1,), weekdays=(6,), until=date(2027, 12, 31)),
        ],
    )
    def test_weekdays_are_not_collapsed_to_the_first(self, pattern: Pattern) -> None:  # B7, B8
        assert stored(pattern).between(WHOLE_2027) == spans(pattern)

    def test_a_struck_date_stays_struck_in_every_zone_and_an_added_one_comes(self) -> None:
        pattern = weekly(  # B10, B12
            date(2027, 3, 14),
            time(19),
            time(21),
            struck=(SPRING, date(2027, 1, 1)),
            added=(date(2027, 3, 30), date(2027, 3, 14)),
        )
        series = stored(pattern)
        assert series.between(WHOLE_2027) == spans(pattern)
        evening = Span(at(SPRING, time(12)), at(SPRING, time(23)))
        assert series.between(evening) == []

    def test_a_date_both_struck_and_added_comes(self) -> None:
        day = date(2027, 1, 12)
        pattern = weekly(date(2027, 1, 5), time(19), time(21), struck=(day,), added=(day,))
        assert stored(pattern).between(WHOLE_2027) == spans(pattern)

    def test_the_database_keeps_one_exception_for_a_date(self) -> None:  # B11
        series = stored(weekly(date(2027, 1, 5), time(19), time(21), struck=(date(2027, 1, 5),)))
        row = series.occurrence_set.get()
        row.pk = None
        with pytest.raises(IntegrityError, match="schedule_one_exception"), transaction.atomic():
            row.save(force_insert=True)

    def test_what_ends_when_the_window_opens_is_outside_it(self) -> None:  # B14
        series = stored(
            weekly(date(2027, 1, 5), time(12), time(13), count=1, added=(date(2027, 1, 6),))
        )
        for day in (date(2027, 1, 5), date(2027, 1, 6)):
            assert series.between(Span(at(day, time(13)), at(day, time(14)))) == []
            assert series.between(Span(at(day, time(11)), at(day, time(12)))) == []
            assert len(series.between(Span(at(day, time(11)), at(day, time(12, 1))))) == 1

    def test_each_series_has_a_rule_of_its_own_and_forgetting_leaves_nothing(self) -> None:  # B16
        pattern = weekly(date(2027, 1, 5), time(19), time(21), struck=(date(2027, 1, 12),))
        one, other = stored(pattern), stored(pattern)
        assert one.rule_id != other.rule_id
        timetable.forget([one])
        assert list(Rule.objects.values_list("pk", flat=True)) == [other.rule_id]
        assert not Occurrence.objects.filter(event_id=one.pk).exists()
        assert len(other.between(WHOLE_2027)) == 3

    def test_the_database_refuses_an_end_before_the_start(self) -> None:  # B17
        calendar = Calendar.objects.create(name="x", slug="x")
        first = datetime(2027, 1, 5, 19, tzinfo=UTC)
        with pytest.raises(IntegrityError, match="schedule_event_order"), transaction.atomic():
            Event.objects.create(calendar=calendar, title="", start=first, end=first)

    def test_a_once_only_date_has_no_rule_and_may_have_company(self) -> None:  # B15, B20
        pattern = Pattern(
            date(2027, 1, 5), time(19), time(21), added=(date(2027, 1, 9),), struck=()
        )
        assert stored(pattern).between(WHOLE_2027) == spans(pattern)
        without_first = replace(pattern, struck=(date(2027, 1, 5),))
        assert stored(without_first).between(WHOLE_2027) == spans(without_first)

    def test_two_series_share_a_calendar_by_its_slug(self) -> None:  # B21
        one, other = (stored(weekly(date(2027, 1, 5), time(1), time(2))) for _ in range(2))
        assert one.calendar_id == other.calendar_id
        assert one.pk != other.pk

    def test_a_rule_that_repeats_within_a_day_is_refused(self) -> None:
        series = stored(weekly(date(2027, 1, 5), time(19), time(21)))
        series.rule.frequency = "MINUTELY"
        with pytest.raises(ValueError, match="MINUTELY"):
            series.between(WHOLE_2027)

    def test_bank_holidays_pause_a_bounded_and_an_endless_series(self) -> None:
        bounded = weekly(date(2027, 4, 26), time(9), time(10), skip_bank_holidays=True)
        assert stored(bounded).between(WHOLE_2027) == spans(bounded)
        endless = replace(bounded, count=None, added=(date(2027, 5, 31),))
        window = Span(start_of_day(date(2027, 4, 26)), start_of_day(date(2027, 6, 8)))
        found = timetable.between(stored(endless), window, skip_bank_holidays=True)
        days = [london(one.start).date() for one in found]
        assert date(2027, 5, 3) not in days
        assert days[-2:] == [date(2027, 5, 31), date(2027, 6, 7)]
        assert len(timetable.between(stored(endless), window)) == 7

    def test_reading_many_costs_no_query_once_they_are_loaded(self, max_queries: Any) -> None:
        for n in range(3):
            stored(weekly(date(2027, 1, 5 + n), time(19), time(21), struck=(date(2027, 1, 5 + n),)))
        loaded = list(Series.objects.select_related("rule").prefetch_related("occurrence_set"))
        with max_queries(0):
            assert [len(series.between(WHOLE_2027)) for series in loaded] == [3, 3, 3]

    def test_a_pattern_that_makes_no_sense_is_not_stored(self) -> None:
        with pytest.raises((BadInput, ValidationError)):
            stored(weekly(date(2027, 1, 5), time(19), time(21), weekdays=(9,)))
        assert not Event.objects.exists()
