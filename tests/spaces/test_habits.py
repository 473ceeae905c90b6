"""When places tend to be open is kept with each space, and follows its hours and the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from spaces import habits, horizon
from spaces.models import OpeningSpan, Space
from tests.factories import SpaceFactory, open_daily

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
MONDAY = date(2027, 1, 4)


def _of(space: Space) -> tuple[bool, bool]:
    found = Space.objects.get(pk=space.pk)
    return found.opens_late, found.opens_at_weekends


@pytest.mark.parametrize(
    ("first", "days", "closes", "expected"),
    [
        (MONDAY, 5, time(21), (False, False)),
        (MONDAY, 5, time(21, 15), (True, False)),
        (MONDAY, 6, time(18), (False, True)),
        (MONDAY, 1, time(2), (True, False)),
        (date(2027, 1, 8), 1, time(2), (True, True)),
        (date(2027, 1, 17), 1, time(23), (True, True)),
        (date(2027, 1, 18), 14, time(23), (False, False)),
    ],
)
def test_a_fortnight_of_hours_says_late_and_weekends(
    first: date, days: int, closes: time, expected: tuple[bool, bool]
) -> None:
    space = SpaceFactory()
    open_daily(space, first, days=days, opens=time(12), closes=closes)
    habits.refresh([space.pk], now=NOW)
    assert _of(space) == expected


def test_each_night_the_fortnight_moves_on_for_every_space() -> None:
    space, other = SpaceFactory(), SpaceFactory()
    open_daily(space, date(2027, 1, 18), days=1, opens=time(12), closes=time(23))
    assert habits.refresh_all(now=NOW) == 1
    assert _of(space) == (False, False)
    assert habits.refresh_all(now=NOW + timedelta(days=1)) == 1
    assert _of(space) == (True, False)
    assert habits.refresh_all(now=NOW + timedelta(days=1)) == 0
    assert habits.refresh_all(now=NOW + timedelta(days=15)) == 1
    assert (_of(space), _of(other)) == ((False, False), (False, False))


def test_a_change_of_hours_changes_the_habits_at_once() -> None:
    space = SpaceFactory()
    open_daily(space, MONDAY, days=14, opens=time(12), closes=time(23))
    assert _of(space) == (True, True)
    horizon.rewrite_opening([space.pk], now=NOW)
    assert not OpeningSpan.objects.filter(space=space, starts_at__gt=NOW).exists()
    assert _of(space) == (False, False)
