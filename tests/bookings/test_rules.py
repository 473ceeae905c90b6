"""Each rule by a table, without a database; all breaches are told at once."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bookings import rules
from bookings.requests import ContactDetails
from bookings.rules.facts import Facts, NextDoor, Presence, QuietTime
from core.clock import at
from core.intervals import Span
from spaces.models import Space, Venue
from spaces.models.timetable import Loudness
from tests.factories.bookings import NOW, asked

DAY = date(2027, 1, 12)


def span(starts: int, ends: int, *, day: date = DAY) -> Span:
    return Span(at(day, time(starts)), at(day, time(ends)))


def facts(**fields: object) -> Facts:
    venue = Venue(
        pk=1, name="Mill Lane", notice_hours=24, booking_window_days=365, booking_mode="here"
    )
    hall = Space(pk=1, venue=venue, name="Main hall", kind="hall", capacity=60, hours_known=True)
    base = Facts(
        request=asked(hall),
        venue=venue,
        spaces=[hall],
        now=NOW,
        opening={1: [span(9, 22)]},
    )
    return replace(base, **fields)


def codes(given: Facts, *, on: Span | None = None) -> list[str]:
    found = rules.of_request(given) + rules.of_date(given, on or span(19, 21))
    return [breach.code for breach in found]


def test_an_ordinary_evening_breaks_no_rule():
    assert codes(facts()) == []


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (Span(NOW - timedelta(hours=1), NOW + timedelta(hours=1)), "in_the_past"),
        (Span(NOW + timedelta(hours=23), NOW + timedelta(hours=24)), "too_little_notice"),
        (span(19, 21, day=date(2028, 1, 6)), "too_far_ahead"),
        (Span(at(DAY, time(19)), at(DAY, time(19, 15))), "too_short"),
        (Span(at(DAY, time(9)), at(DAY + timedelta(days=2), time(9))), "too_long"),
        (span(7, 10), "closed"),
        (span(21, 23), "closed"),
    ],
)
def test_a_date_that_breaks_a_rule_says_which(on, code):
    assert code in codes(facts(), on=on)


def test_notice_is_enough_to_the_minute():
    exactly = Span(NOW + timedelta(hours=24), NOW + timedelta(hours=26))
    assert "too_little_notice" not in codes(facts(), on=exactly)


def test_hours_that_nobody_gave_are_not_closed():
    given = facts(opening={})
    given.spaces[0].hours_known = False
    assert codes(given) == []


def test_an_exhibition_may_stay_through_closed_hours_if_it_starts_and_ends_in_open_ones():
    given = facts(opening={1: [span(9, 22), span(9, 22, day=date(2027, 1, 14))]})
    given.spaces[0].open_through_closed_hours = True
    given.spaces[0].longest_minutes = 60 * 24 * 30
    stay = Span(at(DAY, time(10)), at(date(2027, 1, 14), time(17)))
    early = Span(at(DAY, time(8)), at(date(2027, 1, 14), time(17)))
    assert codes(given, on=stay) == []
    assert codes(given, on=early) == ["closed"]


@pytest.mark.parametrize(
    ("loudness", "loudest", "expected"),
    [
        (Loudness.AMPLIFIED, Loudness.TALK, ["quiet_time"]),
        (Loudness.TALK, Loudness.TALK, []),
        (Loudness.SILENT, Loudness.TALK, []),
    ],
)
def test_a_quiet_time_refuses_what_is_louder(loudness, loudest, expected):
    hall = facts().spaces[0]
    quiet = QuietTime(span(20, 22), loudest, "Chapel", "evening prayer")
    given = facts(request=asked(hall, loudness=loudness), quiet=[quiet])
    assert codes(given) == expected


@pytest.mark.parametrize(
    ("loudness", "needs_quiet", "other", "expected"),
    [
        (Loudness.AMPLIFIED, False, (Loudness.TALK, True), ["quiet_next_door"]),
        (Loudness.TALK, True, (Loudness.AMPLIFIED, False), ["loud_next_door"]),
        (Loudness.TALK, False, (Loudness.AMPLIFIED, False), []),
        (Loudness.TALK, True, (Loudness.TALK, True), []),
    ],
)
def test_quiet_and_loud_next_door_refuse_each_other(loudness, needs_quiet, other, expected):
    hall = facts().spaces[0]
    near = NextDoor(span(20, 22), other[0], other[1], "Chapel")
    given = facts(request=asked(hall, loudness=loudness, needs_quiet=needs_quiet), next_door=[near])
    assert codes(given) == expected


@pytest.mark.parametrize(("limit", "expected"), [(99, ["building_full"]), (100, [])])
def test_the_fire_limit_counts_the_fullest_moment(limit, expected):
    there = [Presence(span(18, 20), 40), Presence(span(20, 22), 80)]
    given = facts(in_building=there)
    given.venue.fire_limit = limit
    assert codes(given) == expected


def test_people_who_leave_as_others_come_are_not_counted_together():
    given = facts(in_building=[Presence(span(17, 19), 90)])
    given.venue.fire_limit = 100
    assert codes(given) == []


def test_too_many_people_is_told_with_the_number_that_fits():
    hall = facts().spaces[0]
    (breach,) = rules.of_request(facts(request=asked(hall, people=61)))
    assert breach.code == "too_many_people"
    assert "60" in breach.message


def test_a_kitchen_adds_no_places():
    hall = facts().spaces[0]
    kitchen = Space(pk=2, venue=hall.venue, name="Kitchen", kind="kitchen", capacity=10)
    given = facts(request=asked(hall, kitchen, people=65), spaces=[hall, kitchen])
    assert [breach.code for breach in rules.of_request(given)] == ["too_many_people"]


@pytest.mark.parametrize(
    ("adult", "code"),
    [(ContactDetails(""), "adult_not_named"), (ContactDetails("Ada"), "adult_not_reachable")],
)
def test_a_named_adult_who_can_be_reached_is_needed(adult, code):
    hall = facts().spaces[0]
    assert code in codes(facts(request=asked(hall, responsible_adult=adult)))


def test_nobody_holds_a_hall_by_many_unanswered_requests():
    assert codes(facts(waiting=12)) == ["too_many_waiting"]


def test_every_breach_is_told_at_once():
    given = facts(request=asked(facts().spaces[0], people=500), opening={})
    far = span(19, 23, day=date(2029, 1, 1))
    assert codes(given, on=far) == ["too_many_people", "too_far_ahead", "closed"]
