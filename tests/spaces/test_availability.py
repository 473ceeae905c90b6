"""Free time, answers and the week, against what a careful person would work out by hand."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from core.clock import at, start_of_day
from core.errors import BadInput
from core.intervals import Span
from core.week import State
from spaces import availability
from spaces.availability import Reason
from spaces.models import Claim, Closure, OpeningSpan, QuietSpan, Space, TimeRule
from spaces.models.claim import ClaimKind
from spaces.models.timetable import Loudness
from spaces.timetable import Pattern, store
from tests.factories import SpaceFactory, divisible_hall, open_always, open_daily

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
TUESDAY = date(2027, 1, 12)


def span(day: date, starts: time, ends: time, *, days: int = 0) -> Span:
    return Span(at(day, starts), at(day + timedelta(days=days), ends))


def take(space: Space, taken: Span, kind: ClaimKind = ClaimKind.USE, **fields: Any) -> Claim:
    return Claim.objects.create(
        space=space,
        starts_at=taken.start,
        ends_at=taken.end,
        kind=kind,
        owner_kind="occurrence",
        owner_id=1,
        uid=uuid.uuid4(),
        changed_at=NOW,
        **fields,
    )


def open_room(day: date = TUESDAY, **fields: Any) -> Space:
    """Open 9am to 10pm for a fortnight around `day`."""
    space = SpaceFactory(**fields)
    open_daily(space, day - timedelta(days=7), days=15, opens=time(9), closes=time(22))
    return space


def free(space: Space, window: Span) -> list[Span]:
    return list(availability.free_intervals([space.id], window, now=NOW)[space.id])


def reasons(space: Space, wanted: Span, *, now: datetime = NOW) -> set[Reason]:
    [answer] = availability.is_free([space.id], [wanted], now=now)[space.id]
    return set(answer.reasons)


def the_day(day: date = TUESDAY) -> Span:
    return Span(start_of_day(day), start_of_day(day + timedelta(days=1)))


def test_free_time_is_opening_less_what_is_taken() -> None:
    space = open_room()
    take(space, span(TUESDAY, time(12), time(14)))

    assert free(space, the_day()) == [
        span(TUESDAY, time(9), time(12)),
        span(TUESDAY, time(14), time(22)),
    ]


def test_a_hire_may_start_the_moment_the_previous_one_ends() -> None:
    space = open_room()
    take(space, span(TUESDAY, time(12), time(14)))

    assert reasons(space, span(TUESDAY, time(14), time(15))) == set()
    assert reasons(space, span(TUESDAY, time(11), time(12))) == set()
    assert reasons(space, span(TUESDAY, time(13, 59), time(15))) == {Reason.TAKEN}


def test_two_buffers_of_thirty_minutes_need_a_gap_of_thirty_not_sixty() -> None:
    space = open_room(setup_minutes=30, cleardown_minutes=30)
    take(space, span(TUESDAY, time(12), time(14)))
    take(space, span(TUESDAY, time(11, 30), time(12)), ClaimKind.SETUP)
    take(space, span(TUESDAY, time(14), time(14, 30)), ClaimKind.CLEARDOWN)

    assert reasons(space, span(TUESDAY, time(14, 30), time(15))) == set()
    assert reasons(space, span(TUESDAY, time(14, 29), time(15))) == {Reason.TAKEN}
    assert reasons(space, span(TUESDAY, time(10), time(11, 30))) == set()
    assert free(space, the_day()) == [
        span(TUESDAY, time(9), time(11, 30)),
        span(TUESDAY, time(14, 30), time(22)),
    ]


def test_the_space_s_own_longer_buffer_keeps_its_distance_from_a_use_without_one() -> None:
    space = open_room(setup_minutes=60, cleardown_minutes=15)
    take(space, span(TUESDAY, time(12), time(14)))

    assert free(space, the_day()) == [
        span(TUESDAY, time(9), time(11, 45)),
        span(TUESDAY, time(15), time(22)),
    ]


def test_an_own_buffer_may_lie_over_a_closure() -> None:
    space = open_room(setup_minutes=60)
    take(space, span(TUESDAY, time(12), time(14)), ClaimKind.CLOSURE)

    assert reasons(space, span(TUESDAY, time(14), time(15))) == set()
    assert reasons(space, span(TUESDAY, time(13), time(15))) == {Reason.CLOSED}


def test_half_a_hall_blocks_the_whole_and_leaves_the_other_half_free() -> None:
    hall = divisible_hall()
    for space in (hall.whole, hall.left, hall.right):
        open_daily(space, TUESDAY, days=1, opens=time(9), closes=time(22))
    take(hall.left, span(TUESDAY, time(12), time(14)))

    wanted = span(TUESDAY, time(13), time(15))
    assert reasons(hall.whole, wanted) == {Reason.TAKEN}
    assert reasons(hall.left, wanted) == {Reason.TAKEN}
    assert reasons(hall.right, wanted) == set()


def test_a_hold_that_ran_out_is_free_though_nobody_released_it() -> None:
    space = open_room()
    wanted = span(TUESDAY, time(12), time(14))
    take(space, wanted, hold_until=NOW)

    assert reasons(space, wanted) == set()
    assert reasons(space, wanted, now=NOW - timedelta(seconds=1)) == {Reason.TAKEN}


def test_a_released_claim_is_free() -> None:
    space = open_room()
    take(space, span(TUESDAY, time(12), time(14)), active=False)

    assert free(space, the_day()) == [span(TUESDAY, time(9), time(22))]


def test_unknown_hours_are_not_closed() -> None:
    space = SpaceFactory(hours_known=False)
    take(space, span(TUESDAY, time(12), time(14)))

    found = availability.free_intervals([space.id], the_day(), now=NOW)[space.id]

    assert not found.hours_known
    assert list(found) == [
        Span(the_day().start, at(TUESDAY, time(12))),
        Span(at(TUESDAY, time(14)), the_day().end),
    ]
    [answer] = availability.is_free([space.id], [span(TUESDAY, time(3), time(4))], now=NOW)[
        space.id
    ]
    assert answer.is_for_the_venue_to_say
    assert not answer.is_free


def test_outside_hours_and_beyond_the_horizon_are_told_apart() -> None:
    space = open_room()

    assert reasons(space, span(TUESDAY, time(7), time(10))) == {Reason.OUTSIDE_HOURS}
    later = TUESDAY + timedelta(days=30)
    assert reasons(space, span(later, time(10), time(11))) == {Reason.BEYOND_HORIZON}


def test_several_reasons_are_given_together() -> None:
    space = open_room()
    take(space, span(TUESDAY, time(8), time(12)), ClaimKind.CLOSURE)
    take(space, span(TUESDAY, time(21), time(22)))

    assert reasons(space, span(TUESDAY, time(8), time(23))) == {
        Reason.CLOSED,
        Reason.TAKEN,
        Reason.OUTSIDE_HOURS,
    }


def test_a_night_is_free_where_the_space_never_closes() -> None:
    space = SpaceFactory()
    open_always(space, datetime(2027, 1, 12, 12, tzinfo=UTC))

    assert reasons(space, span(TUESDAY, time(22), time(6), days=1)) == set()
    assert reasons(space, span(TUESDAY, time(10), time(10), days=4)) == set()


def test_an_exhibition_only_needs_an_open_start_and_end() -> None:
    weeks = span(TUESDAY, time(10), time(17), days=5)

    assert reasons(open_room(open_through_closed_hours=True), weeks) == set()
    assert reasons(open_room(), weeks) == {Reason.OUTSIDE_HOURS}
    early = span(TUESDAY, time(8), time(17), days=5)
    assert reasons(open_room(open_through_closed_hours=True), early) == {Reason.OUTSIDE_HOURS}


def test_a_long_claim_that_began_weeks_ago_still_counts() -> None:
    space = open_room()
    take(space, span(TUESDAY - timedelta(days=20), time(9), time(18), days=25))

    assert reasons(space, span(TUESDAY, time(10), time(11))) == {Reason.TAKEN}
    assert availability.busy_intervals([space.id], the_day(), now=NOW)[space.id] == [the_day()]


def test_more_than_fifty_spans_are_refused() -> None:
    with pytest.raises(BadInput):
        availability.is_free([], [the_day()] * 51, now=NOW)


def test_a_naive_answer_and_the_query_agree_on_random_weeks() -> None:
    """Minute by minute, over two clock changes, with buffers, holds and every kind of claim."""
    random = Random(20270328)
    for monday in (date(2027, 3, 22), date(2027, 10, 25)):
        for _round in range(4):
            _check_random_space(random, monday)


def _check_random_space(random: Random, monday: date) -> None:
    space = SpaceFactory(
        setup_minutes=random.choice([0, 15, 45]), cleardown_minutes=random.choice([0, 30])
    )
    closes = random.choice([time(22), time(2)])
    open_daily(space, monday - timedelta(days=1), days=9, opens=time(8), closes=closes)
    week = Span(start_of_day(monday), start_of_day(monday + timedelta(days=7)))
    claims: list[tuple[Span, ClaimKind]] = []
    rows: list[Span] = []
    for _n in range(14):
        start = week.start + timedelta(minutes=15 * random.randrange(7 * 96))
        taken = Span(start, start + timedelta(minutes=random.choice([15, 60, 120, 600])))
        kind = random.choice([ClaimKind.USE, ClaimKind.CLOSURE, ClaimKind.IMPORTED])
        if any(old.overlaps(taken) for old in rows):
            continue
        rows.append(taken)
        lapsed = random.random() < 0.2
        take(space, taken, kind, hold_until=NOW if lapsed else None)
        if not lapsed:
            claims.append((taken, kind))

    found = free(space, week)
    hours = [Span(o.starts_at, o.ends_at) for o in OpeningSpan.objects.filter(space=space)]
    step = timedelta(minutes=15)
    moment = week.start
    while moment < week.end:
        slot = Span(moment, moment + step)
        assert any(f.covers(slot) for f in found) == _may_be_used(space, slot, hours, claims), slot
        moment += step


def _may_be_used(
    space: Space, slot: Span, hours: list[Span], claims: list[tuple[Span, ClaimKind]]
) -> bool:
    if not any(open_.start <= slot.start and slot.end <= open_.end for open_ in hours):
        return False
    before = timedelta(minutes=space.setup_minutes)
    after = timedelta(minutes=space.cleardown_minutes)
    for taken, kind in claims:
        start, end = slot.start, slot.end
        if kind is ClaimKind.USE:
            start, end = start - before, end + after
        if taken.start < end and start < taken.end:
            return False
    return True


@pytest.mark.parametrize(
    ("sunday", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 5, 2), 24)]
)
def test_the_days_of_a_week_are_london_s_on_clock_change_nights(sunday: date, hours: int) -> None:
    space = SpaceFactory()
    open_daily(space, sunday - timedelta(days=7), days=9, opens=time(22), closes=time(6))
    monday = sunday - timedelta(days=6)

    found = availability.week([space.id], monday, now=NOW)[space.id]

    for n, segments in enumerate(found.days):
        day = monday + timedelta(days=n)
        assert segments[0].span.start == start_of_day(day)
        assert segments[-1].span.end == start_of_day(day + timedelta(days=1))
        assert all(one.span.end == two.span.start for one, two in pairwise(segments))
    last = found.days[6]
    assert last[-1].span.end - last[0].span.start == timedelta(hours=hours)
    assert [s.state for s in last] == [State.FREE, State.CLOSED, State.FREE]
    assert last[1].span == span(sunday, time(6), time(22))
    sunday_grid = [s for s in found.grid() if s.day == sunday]
    assert [(s.start, s.end) for s in sunday_grid] == [(0, 360), (360, 1320), (1320, 1440)]


def test_the_week_shows_each_state_and_the_quiet_promise() -> None:
    space = open_room()
    pattern = Pattern(first=TUESDAY, starts=time(9), ends=time(11))
    rule = TimeRule.objects.create(
        space=space,
        kind=TimeRule.Kind.QUIET,
        series=store(pattern, calendar_slug="quiet", title="Quiet"),
        loudest=Loudness.TALK,
        promise="No loud music next door",
    )
    QuietSpan.objects.create(
        space=space,
        rule=rule,
        starts_at=at(TUESDAY, time(9)),
        ends_at=at(TUESDAY, time(11)),
        loudest=Loudness.TALK,
    )
    take(space, span(TUESDAY, time(10), time(10, 30)))
    take(space, span(TUESDAY, time(13), time(14)), hold_until=NOW + timedelta(days=1))
    closed = span(TUESDAY, time(16), time(18))
    take(space, closed, ClaimKind.CLOSURE)
    closure = Closure.objects.create(
        venue=space.venue,
        starts_at=closed.start,
        ends_at=closed.end,
        reason="Boiler repair",
        created_at=NOW,
    )
    closure.spaces.add(space)

    monday = TUESDAY - timedelta(days=1)
    segments = availability.week([space.id], monday, now=NOW)[space.id].days[1]

    promise = "No loud music next door"
    assert [(s.span, s.state, s.words) for s in segments] == [
        (Span(the_day().start, at(TUESDAY, time(9))), State.CLOSED, ""),
        (span(TUESDAY, time(9), time(10)), State.QUIET, promise),
        (span(TUESDAY, time(10), time(10, 30)), State.BUSY, ""),
        (span(TUESDAY, time(10, 30), time(11)), State.QUIET, promise),
        (span(TUESDAY, time(11), time(13)), State.FREE, ""),
        (span(TUESDAY, time(13), time(14)), State.HELD, ""),
        (span(TUESDAY, time(14), time(16)), State.FREE, ""),
        (span(TUESDAY, time(16), time(18)), State.CLOSED, "Boiler repair"),
        (span(TUESDAY, time(18), time(22)), State.FREE, ""),
        (Span(at(TUESDAY, time(22)), the_day().end), State.CLOSED, ""),
    ]


def test_the_week_of_a_space_with_unknown_hours_is_unknown_not_closed() -> None:
    space = SpaceFactory(hours_known=False)

    found = availability.week([space.id], date(2027, 1, 11), now=NOW)[space.id]

    assert {s.state for day in found.days for s in day} == {State.UNKNOWN}


@pytest.mark.parametrize("count", [1, 200])
def test_availability_costs_the_same_for_any_number_of_spaces(count: int, max_queries: Any) -> None:
    spaces = [open_room() for _n in range(count)] if count == 1 else _many(count)
    ids = [space.id for space in spaces]
    with max_queries(3):
        availability.free_intervals(ids, the_day(), now=NOW)
    with max_queries(3):
        availability.is_free(ids, [the_day()] * 50, now=NOW)
    with max_queries(3):
        found = availability.week(ids, TUESDAY - timedelta(days=1), now=NOW)
    assert len(found) == count


def _many(count: int) -> list[Space]:
    venue = SpaceFactory().venue
    return [SpaceFactory(venue=venue, hours_known=True) for _n in range(count)]
