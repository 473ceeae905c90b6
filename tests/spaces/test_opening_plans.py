"""Opening hours as a whole: the week, bank holidays, seasons and single days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from core.errors import BadInput, NotAllowed
from spaces.models import HoursVariant, OpeningSpan, QuietSpan, Space, TimeRule
from spaces.opening_plan import (
    CLOSED_WEEK,
    OnBankHolidays,
    OpeningPlan,
    Season,
    SingleDay,
    Wall,
    plans_of,
)
from spaces.services.opening import set_opening_plans
from tests.factories import UserFactory, divisible_hall
from tests.spaces.test_times import NOW, TODAY, hours_on, room

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

MORNING: Wall = (time(9), time(12, 30))
EVENING: Wall = (time(18), time(22))
NIGHT: Wall = (time(22), time(6))
GOOD_FRIDAY, EASTER_MONDAY = date(2027, 3, 26), date(2027, 3, 29)
EVERY_MORNING = OpeningPlan(week=((MORNING,),) * 7)
TERM = Season("Spring term", ((TODAY, date(2027, 4, 2)),), ((EVENING,),) * 5 + ((), ()))


def keep(plan: OpeningPlan | None) -> Space:
    space = room()
    set_opening_plans({space.pk: plan}, actor=None, now=NOW)
    return space


def on(plan: OpeningPlan, day: date) -> list[str]:
    return hours_on(keep(plan), day)


def test_several_spans_of_one_day() -> None:
    assert on(OpeningPlan(((MORNING, EVENING),) * 7), TODAY) == ["09:00-12:30", "18:00-22:00"]


def test_days_that_nobody_named_are_closed() -> None:
    plan = OpeningPlan(((MORNING,), *((),) * 6))
    assert on(plan, TODAY) == ["09:00-12:30"]
    assert on(plan, TODAY + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("behaviour", "own", "expected"),
    [
        (OnBankHolidays.AS_USUAL, (), ["09:00-12:30"]),
        (OnBankHolidays.CLOSED, (), []),
        (OnBankHolidays.OWN, (EVENING,), ["18:00-22:00"]),
    ],
)
def test_bank_holidays_are_as_usual_closed_or_have_their_own_hours(
    behaviour: OnBankHolidays, own: tuple[Wall, ...], expected: list[str]
) -> None:
    plan = replace(EVERY_MORNING, bank_holidays=behaviour, on_bank_holidays=own)
    space = keep(plan)
    assert hours_on(space, GOOD_FRIDAY) == expected
    assert hours_on(space, EASTER_MONDAY) == expected
    assert hours_on(space, TODAY) == ["09:00-12:30"]


def test_a_season_goes_before_the_week_and_ends_on_its_last_day() -> None:
    space = keep(replace(EVERY_MORNING, seasons=(TERM,)))
    assert hours_on(space, TODAY) == ["18:00-22:00"]
    assert hours_on(space, date(2027, 4, 2)) == ["18:00-22:00"]
    assert hours_on(space, date(2027, 4, 3)) == ["09:00-12:30"]
    assert hours_on(space, date(2027, 3, 27)) == []


def test_a_school_opens_in_term_only_and_is_closed_not_unknown_in_the_holidays() -> None:
    space = keep(OpeningPlan(CLOSED_WEEK, seasons=(TERM,)))
    space.refresh_from_db()
    assert space.hours_known
    assert hours_on(space, date(2027, 4, 8)) == []


def test_a_bank_holiday_goes_before_a_season() -> None:
    plan = replace(
        EVERY_MORNING,
        seasons=(TERM,),
        bank_holidays=OnBankHolidays.OWN,
        on_bank_holidays=((time(10), time(11)),),
    )
    assert on(plan, GOOD_FRIDAY) == ["10:00-11:00"]


def test_a_single_day_goes_before_all_else() -> None:
    plan = replace(
        EVERY_MORNING,
        seasons=(TERM,),
        bank_holidays=OnBankHolidays.CLOSED,
        days=(
            SingleDay(GOOD_FRIDAY, (EVENING,), "Concert"),
            SingleDay(TODAY + timedelta(days=1), (), "Polling day"),
        ),
    )
    space = keep(plan)
    assert hours_on(space, GOOD_FRIDAY) == ["18:00-22:00"]
    assert hours_on(space, TODAY + timedelta(days=1)) == []


def test_a_night_that_began_yesterday_is_still_open_this_morning() -> None:
    assert on(OpeningPlan(((NIGHT,),) * 7), TODAY)[0] == "00:00-06:00"


def test_hours_hold_by_the_wall_clock_when_the_clocks_change() -> None:
    space = keep(OpeningPlan(((NIGHT,),) * 7))
    assert hours_on(space, date(2027, 3, 28)) == ["00:00-06:00", "22:00-00:00"]
    (night,) = OpeningSpan.objects.filter(
        space=space, starts_at__date=date(2027, 3, 27), starts_at__hour=22
    )
    assert night.ends_at - night.starts_at == timedelta(hours=7)


def test_what_was_said_is_read_back_as_it_was_said() -> None:
    plan = OpeningPlan(
        week=((MORNING, EVENING),) * 5 + ((), (MORNING,)),
        bank_holidays=OnBankHolidays.OWN,
        on_bank_holidays=(EVENING,),
        seasons=(TERM,),
        days=(SingleDay(GOOD_FRIDAY, (), "Good Friday"),),
    )
    space = keep(plan)
    assert plans_of([space.pk]) == {space.pk: plan}


def test_saying_it_again_leaves_nothing_of_before() -> None:
    space = keep(replace(EVERY_MORNING, seasons=(TERM,)))
    set_opening_plans({space.pk: EVERY_MORNING}, actor=None, now=NOW)
    assert not HoursVariant.objects.exists()
    assert TimeRule.objects.count() == 1
    assert hours_on(space, TODAY) == ["09:00-12:30"]


def test_to_say_nothing_is_not_to_close() -> None:
    space = keep(EVERY_MORNING)
    set_opening_plans({space.pk: None}, actor=None, now=NOW)
    space.refresh_from_db()
    assert not space.hours_known
    assert plans_of([space.pk]) == {}
    assert not QuietSpan.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        OpeningPlan(CLOSED_WEEK),
        replace(EVERY_MORNING, bank_holidays=OnBankHolidays.OWN),
        replace(EVERY_MORNING, seasons=(TERM, TERM)),
        replace(EVERY_MORNING, seasons=(replace(TERM, dates=()),)),
        replace(EVERY_MORNING, seasons=(replace(TERM, dates=((TODAY, date(2027, 1, 1)),)),)),
        replace(EVERY_MORNING, seasons=(replace(TERM, name="x" * 81),)),
        replace(EVERY_MORNING, days=(SingleDay(TODAY, (), ""), SingleDay(TODAY, (), "b"))),
        replace(EVERY_MORNING, days=(SingleDay(date(2200, 1, 1), (), ""),)),
        OpeningPlan(((MORNING, MORNING),) * 7),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(wrong: OpeningPlan) -> None:
    with pytest.raises(BadInput):
        keep(wrong)
    assert not TimeRule.objects.exists()


def test_a_whole_has_no_hours_of_its_own_and_strangers_may_not() -> None:
    with pytest.raises(BadInput):
        set_opening_plans({divisible_hall().whole.pk: EVERY_MORNING}, actor=None, now=NOW)
    with pytest.raises(NotAllowed):
        set_opening_plans({room().pk: EVERY_MORNING}, actor=UserFactory(), now=NOW)
