"""The nights on which the clocks change, from the request to the claims and the feed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from icalendar import Calendar

from bookings.models import Booking, Occurrence
from core import clock
from core.intervals import Span
from spaces.availability import free_intervals
from spaces.errors import SpaceTaken
from spaces.models import Claim, Space
from spaces.models.claim import ClaimKind
from spaces.timetable import Frequency, Pattern
from tests.factories import SpaceFactory, open_always
from tests.factories.bookings import NOW, book, evening
from tests.factories.tariffs import flat_rates

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
# The eve of each, and how long 10pm to 6am is that night.
NIGHTS = [(SPRING - timedelta(days=1), 7), (AUTUMN - timedelta(days=1), 9), (date(2027, 6, 5), 8)]


@pytest.fixture
def space() -> Space:
    room = SpaceFactory(longest_minutes=3 * 24 * 60)
    open_always(room, NOW, days=420)
    flat_rates(room.venue)
    return room


def overnight(day: date) -> Pattern:
    return Pattern(first=day, starts=time(22), ends=time(6))


def date_of(booking: Booking) -> Occurrence:
    return booking.occurrences.get()


def walls(starts_at: datetime, ends_at: datetime) -> tuple[str, str]:
    return f"{clock.london(starts_at):%d %H:%M}", f"{clock.london(ends_at):%d %H:%M}"


@pytest.mark.parametrize(("eve", "hours"), NIGHTS)
def test_ten_till_six_ends_at_six_whatever_the_clocks_do(
    space: Space, eve: date, hours: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    booking = book(space, pattern=overnight(eve))
    found, claim = date_of(booking), Claim.objects.get(kind=ClaimKind.USE)
    last = eve + timedelta(days=1)
    for starts_at, ends_at in (
        (found.starts_at, found.ends_at),
        (claim.starts_at, claim.ends_at),
        _in_feed(space, client, monkeypatch, near=found.starts_at),
    ):
        assert ends_at - starts_at == timedelta(hours=hours)
        assert walls(starts_at, ends_at) == (f"{eve:%d} 22:00", f"{last:%d} 06:00")
    call_command("audit_claims")


def _in_feed(
    space: Space, client: Client, monkeypatch: pytest.MonkeyPatch, *, near: datetime
) -> tuple[datetime, datetime]:
    monkeypatch.setattr(clock, "now", lambda: near - timedelta(days=5))
    content = client.get(f"/feeds/spaces/{space.pk}/busy.ics").content
    (event,) = [e for e in Calendar.from_ical(content).walk("VEVENT") if e["TRANSP"] == "OPAQUE"]
    return event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)


@pytest.mark.parametrize(("eve", "hours"), NIGHTS)
def test_the_whole_day_after_is_as_long_as_it_is(space: Space, eve: date, hours: int) -> None:
    day = eve + timedelta(days=1)
    booking = book(space, pattern=Pattern(first=day, starts=time(0), ends=time(0)))
    found = date_of(booking)
    assert found.ends_at - found.starts_at == timedelta(hours=hours + 16)
    bounds = Span(*clock.day_bounds(day))
    assert free_intervals([space.pk], bounds, now=NOW)[space.pk].spans == ()


@pytest.mark.parametrize(("eve", "hours"), NIGHTS)
def test_back_to_back_over_midnight_and_over_the_change(
    space: Space, eve: date, hours: int
) -> None:
    book(space, pattern=evening(eve, starts=time(20), ends=time(0)))
    book(space, pattern=evening(eve + timedelta(days=1), starts=time(0), ends=time(3)))
    book(space, pattern=evening(eve + timedelta(days=1), starts=time(3), ends=time(4)))
    with pytest.raises(SpaceTaken):
        book(space, pattern=overnight(eve))
    bounds = Span(clock.at(eve, time(20)), clock.at(eve + timedelta(days=1), time(4)))
    assert bounds.length == timedelta(hours=hours)
    assert free_intervals([space.pk], bounds, now=NOW)[space.pk].spans == ()


def test_seven_in_the_evening_stays_seven_all_year(space: Space) -> None:
    weekly = evening(date(2027, 1, 12), frequency=Frequency.WEEKLY, count=48)
    booking = book(space, pattern=weekly)
    dates = booking.occurrences.order_by("starts_at")
    assert {f"{clock.london(one.starts_at):%H:%M}" for one in dates} == {"19:00"}
    assert {one.starts_at.astimezone(UTC).hour for one in dates} == {18, 19}
    claims = Claim.objects.filter(kind=ClaimKind.USE).order_by("starts_at")
    assert [one.starts_at for one in claims] == [one.starts_at for one in dates]


def test_a_week_through_both_kinds_of_night_with_buffers(space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(setup_minutes=30, cleardown_minutes=30)
    for eve, _hours in NIGHTS:
        book(space, pattern=overnight(eve))
        day = eve + timedelta(days=1)
        with pytest.raises(SpaceTaken):
            book(space, pattern=evening(day, starts=time(6, 15), ends=time(8)))
        book(space, pattern=evening(day, starts=time(6, 30), ends=time(8)))
    call_command("audit_claims")
