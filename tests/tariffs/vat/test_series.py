"""The ten-session test: each condition by itself, on London's clock, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import at
from core.intervals import Span
from tariffs.vat.series import SeriesFacts, Treatment, is_long_let, series_test

CLUB = SeriesFacts(is_paid_as_a_whole=True, is_club=True)
FIRST = date(2027, 1, 5)


def evening(day: date, *, starts: time = time(19), hours: int = 2) -> Span:
    begins = at(day, starts)
    return Span(begins, begins + timedelta(hours=hours))


def every(days: int, *, count: int, first: date = FIRST) -> list[Span]:
    return [evening(first + timedelta(days=days * n)) for n in range(count)]


def codes(periods: Sequence[Span], facts: SeriesFacts = CLUB) -> list[str]:
    return [failed.code for failed in series_test(periods, facts).failed_conditions]


def test_ten_weekly_dates_of_a_club_are_one_exempt_series() -> None:
    answer = series_test(every(7, count=10), CLUB)
    assert (answer.treatment, answer.failed_conditions) == (Treatment.EXEMPT, ())


def test_nine_dates_are_too_few() -> None:
    answer = series_test(every(7, count=9), CLUB)
    assert answer.treatment is Treatment.STANDARD
    assert answer.words == "There are 9 dates, and a series needs 10."


@pytest.mark.parametrize(("days", "failed"), [(1, []), (14, []), (15, ["gap_too_long"])])
def test_from_one_day_to_fourteen_may_lie_between(days: int, failed: list[str]) -> None:
    assert codes(every(days, count=10)) == failed


def test_a_gap_is_too_long_even_where_the_place_is_closed_and_is_told_with_its_days() -> None:
    dates = every(7, count=12)
    del dates[3:5]
    assert codes(dates) == ["gap_too_long"]
    assert series_test(dates, CLUB).words == (
        "After Tuesday 19 January 2027 there is a gap of 21 days, and 14 is the most."
    )


def test_starts_less_than_a_day_apart_are_too_close() -> None:
    dates = [*every(7, count=10), evening(FIRST + timedelta(days=1), starts=time(18))]
    assert codes(dates) == ["too_close"]


def test_two_times_on_one_day_are_said_to_be_so() -> None:
    dates = [*every(7, count=10), evening(FIRST, starts=time(9))]
    assert "There are two times on Tuesday 5 January 2027." in series_test(dates, CLUB).words


def test_lengths_may_differ() -> None:
    dates = [
        evening(span.start.date(), hours=n % 4 + 1) for n, span in enumerate(every(7, count=10))
    ]
    assert codes(dates) == []


@pytest.mark.parametrize("first", [date(2027, 3, 22), date(2027, 10, 25)])
def test_the_same_hour_next_day_is_a_day_when_the_clocks_change(first: date) -> None:
    assert codes(every(1, count=10, first=first)) == []


@pytest.mark.parametrize("first", [date(2027, 3, 16), date(2027, 10, 19)])
def test_a_fortnight_is_fourteen_days_when_the_clocks_change(first: date) -> None:
    assert codes(every(14, count=10, first=first)) == []


@pytest.mark.parametrize("told", [None, False])
@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("is_paid_as_a_whole", "not_paid_as_whole"),
        ("is_club", "not_a_club"),
        ("is_same_sport", "not_same_sport"),
        ("is_same_place", "not_same_place"),
        ("is_exclusive", "not_exclusive"),
    ],
)
def test_a_fact_that_is_not_so_or_not_known_does_not_hold(
    fact: str, code: str, told: bool | None
) -> None:
    assert codes(every(7, count=10), replace(CLUB, **{fact: told})) == [code]


def test_no_dates_are_no_series() -> None:
    assert codes([]) == ["too_few"]


def test_every_condition_that_fails_is_named() -> None:
    dates = [evening(FIRST), evening(FIRST, starts=time(9)), evening(FIRST + timedelta(days=30))]
    assert codes(dates, SeriesFacts()) == [
        "too_few",
        "too_close",
        "gap_too_long",
        "not_paid_as_whole",
        "not_a_club",
    ]


def test_one_let_of_more_than_a_day_is_long() -> None:
    assert not is_long_let(evening(FIRST, hours=24))
    assert is_long_let(evening(FIRST, hours=25))


_days = st.lists(st.integers(0, 300), min_size=0, max_size=30)


@given(days=_days, seed=st.randoms(use_true_random=False))
def test_the_order_in_which_dates_come_never_matters(days: list[int], seed: st.DataObject) -> None:
    dates = [evening(FIRST + timedelta(days=day)) for day in days]
    mixed = list(dates)
    seed.shuffle(mixed)  # type: ignore[attr-defined]
    assert series_test(mixed, CLUB) == series_test(dates, CLUB)


@given(gaps=st.lists(st.integers(1, 14), min_size=9, max_size=40))
def test_any_gaps_of_one_to_fourteen_days_are_a_series(gaps: list[int]) -> None:
    dates = [evening(FIRST)]
    for gap in gaps:
        dates.append(evening(dates[-1].start.date() + timedelta(days=gap)))
    assert series_test(dates, CLUB).is_exempt


@given(days=_days)
def test_it_is_exempt_exactly_where_nothing_failed(days: list[int]) -> None:
    answer = series_test([evening(FIRST + timedelta(days=day)) for day in days], CLUB)
    assert answer.is_exempt == (not answer.failed_conditions)
    ordered = sorted(days)
    steps = [after - before for before, after in pairwise(ordered)]
    assert answer.is_exempt == (len(days) >= 10 and all(1 <= step <= 14 for step in steps))


@given(gaps=st.lists(st.integers(1, 14), min_size=9, max_size=20), data=st.data())
def test_what_is_broken_is_never_mended_by_taking_more_dates_away_from_its_ends(
    gaps: list[int], data: st.DataObject
) -> None:
    dates = [evening(FIRST)]
    for gap in gaps:
        dates.append(evening(dates[-1].start.date() + timedelta(days=gap)))
    kept = data.draw(st.integers(0, len(dates)))
    assert series_test(dates[:kept], CLUB).is_exempt == (kept >= 10)
