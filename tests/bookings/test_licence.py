"""Licence hours bind loud music and the sale of alcohol, dated, unless a notice covers the time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bookings.errors import BookingRefused
from bookings.models import Booking
from bookings.rules import licence_hours
from bookings.rules.facts import LicenceEnd
from core.clock import at
from core.errors import BadInput, NotAllowed
from core.intervals import Span
from spaces.models import Activity, EventNotice, PremisesLimit, Venue
from spaces.models.timetable import Loudness
from spaces.services.limits import (
    add_limit,
    counted,
    give_event_notice,
    most_on,
    set_activity_buffers,
    withdraw_event_notice,
)
from tests.bookings.test_rules import facts
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.factories.bookings import NOW, book, evening

FRIDAY = date(2027, 1, 8)
SATURDAY = date(2027, 1, 9)
MUSIC = LicenceEnd("music", date(2020, 1, 1), None, time(23), ())
LATER_ON_FRIDAYS = LicenceEnd("music", date(2020, 1, 2), None, time(1), (4,))
NEW_YEAR = LicenceEnd("music", date(2027, 1, 9), date(2027, 1, 9), time(0), ())


def night(day: date, starts: int, ends: int) -> Span:
    last = day + timedelta(days=1) if ends <= starts else day
    return Span(at(day, time(starts)), at(last, time(ends)))


@pytest.mark.parametrize(
    ("ends", "span", "is_late"),
    [
        ([MUSIC], night(FRIDAY, 20, 23), False),
        ([MUSIC], night(FRIDAY, 20, 0), True),
        ([MUSIC], night(FRIDAY, 2, 4), True),
        ([MUSIC], night(FRIDAY, 6, 9), False),
        ([MUSIC, LATER_ON_FRIDAYS], night(FRIDAY, 20, 1), False),
        ([MUSIC, LATER_ON_FRIDAYS], night(FRIDAY, 20, 2), True),
        ([MUSIC, LATER_ON_FRIDAYS], night(SATURDAY, 20, 0), True),
        ([MUSIC, NEW_YEAR], night(SATURDAY, 20, 0), False),
        ([MUSIC, NEW_YEAR], night(SATURDAY, 20, 1), True),
        ([], night(FRIDAY, 20, 5), False),
    ],
)
def test_music_ends_when_the_licence_of_that_night_says(
    ends: list[LicenceEnd], span: Span, is_late: bool
) -> None:
    found = licence_hours.breaches(facts(licence=ends), span)
    assert [one.code for one in found] == ["licence_hours"] * is_late


def test_a_notice_lets_it_go_on_as_long_as_it_says() -> None:
    party = night(FRIDAY, 20, 2)
    until_one = [Span(party.start, party.end - timedelta(hours=1))]
    assert licence_hours.breaches(facts(licence=[MUSIC], event_notices=[party]), party) == []
    assert licence_hours.breaches(facts(licence=[MUSIC], event_notices=until_one), party)


def test_eleven_is_eleven_on_both_sides_of_a_clock_change() -> None:
    for day in (date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)):
        assert not licence_hours.breaches(facts(licence=[MUSIC]), night(day, 20, 23))
        assert licence_hours.breaches(facts(licence=[MUSIC]), night(day, 20, 0))


def licensed() -> Venue:
    venue = VenueFactory()
    for kind in ("music", "alcohol"):
        limit = PremisesLimit(venue=venue, kind=kind, until=time(20), first_on=FRIDAY)
        add_limit(limit, actor=None, now=NOW)
    return venue


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"loudness": Loudness.AMPLIFIED}, "Loud music must end at 8pm"),
        ({"sells_alcohol": True}, "Alcohol may be sold here until 8pm"),
        ({"loudness": Loudness.LIVELY}, ""),
    ],
)
def test_a_booking_is_told_which_limit_it_breaks(fields: dict[str, object], words: str) -> None:
    space = SpaceFactory(venue=licensed())
    if not words:
        assert book(space, **fields).pk
        return
    with pytest.raises(BookingRefused) as refused:
        book(space, **fields)
    assert words in refused.value.breaches[0].message
    assert not Booking.objects.exists()
    before = evening(date(2027, 1, 7))
    assert book(space, pattern=before, **fields).pk


@pytest.mark.django_db
class TestNotices:
    def test_the_years_number_is_kept_to_and_dated(self) -> None:
        venue = VenueFactory()
        assert most_on(venue, PremisesLimit.Kind.NOTICES, date(2027, 5, 1)) == 15
        assert most_on(venue, PremisesLimit.Kind.NOTICES, date(2023, 5, 1)) == 20
        own = PremisesLimit(venue=venue, kind="notices", most=2, first_on=date(2027, 1, 1))
        add_limit(own, actor=None, now=NOW)
        for n in (1, 2):
            give(venue, date(2027, 2, n))
        with pytest.raises(BadInput, match="2027 has had its 2"):
            give(venue, date(2027, 2, 3))
        assert counted(venue, 2027)["notices"] == (2, 2)
        assert counted(venue, 2028)["notices"][0] == 0
        withdraw_event_notice(EventNotice.objects.first(), actor=None, now=NOW)
        assert give(venue, date(2027, 2, 3)).pk

    def test_days_count_each_once(self) -> None:
        venue = VenueFactory()
        limit = PremisesLimit(venue=venue, kind="notice_days", most=3, first_on=date(2027, 1, 1))
        add_limit(limit, actor=None, now=NOW)
        give(venue, date(2027, 2, 1), hours=28)
        assert counted(venue, 2027)["notice_days"] == (2, 3)
        with pytest.raises(BadInput, match="more than the 3 days"):
            give(venue, date(2027, 2, 10), hours=28)

    def test_new_years_eve_counts_for_both_years(self) -> None:
        venue = VenueFactory()
        give(venue, date(2027, 12, 31), hours=10)
        assert [counted(venue, year)["notices"][0] for year in (2027, 2028)] == [1, 1]

    @pytest.mark.parametrize("hours", [169, 1000])
    def test_none_is_longer_than_the_law_has_it(self, hours: int) -> None:
        with pytest.raises(BadInput):
            give(VenueFactory(), date(2027, 2, 1), hours=hours)

    def test_two_at_once_are_one_too_many_and_strangers_give_none(self) -> None:
        venue = VenueFactory()
        give(venue, date(2027, 2, 1))
        with pytest.raises(BadInput):
            give(venue, date(2027, 2, 1))
        span = Span(NOW, NOW + timedelta(hours=1))
        with pytest.raises(NotAllowed):
            give_event_notice(venue, span, purpose="x", actor=UserFactory(), now=NOW)
        with pytest.raises(NotAllowed):
            set_activity_buffers(SpaceFactory(), {}, actor=UserFactory(), now=NOW)

    @pytest.mark.parametrize(
        "minutes", [{Activity.OTHER: (0, 5)}, {"dragons": (0, 5)}, {Activity.FOOD: (0, 1441)}]
    )
    def test_buffers_that_make_no_sense(self, minutes: dict[str, tuple[int, int]]) -> None:
        with pytest.raises(BadInput):
            set_activity_buffers(SpaceFactory(), minutes, actor=None, now=NOW)


def give(venue: Venue, day: date, *, hours: int = 4) -> EventNotice:
    starts: datetime = at(day, time(20))
    span = Span(starts, starts + timedelta(hours=hours))
    return give_event_notice(venue, span, purpose="Gala", actor=None, now=NOW)
