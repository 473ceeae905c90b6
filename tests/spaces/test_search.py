"""The search statement against a brute-force answer, and the rules it has to keep."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.clock import at
from core.intervals import Span, merge
from spaces import availability
from spaces.access_facts import State, facts_of_spaces, needs_met
from spaces.models import Claim, OpeningSpan, Space, SpacePart, Venue
from spaces.models.claim import ClaimKind
from spaces.search import Circle, Fit, Question, which_fit, which_to_ask
from tests.factories import SpaceFactory, VenueFactory, divisible_hall, open_always, open_daily
from tests.factories.access import say

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
FIRST = date(2027, 3, 8)


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


def ask(*spans: Span, **fields: Any) -> dict[int, Fit]:
    return {fit.space_id: fit for fit in which_fit(Question(spans=spans, **fields), now=NOW)}


def evening(n: int = 0, *, hours: tuple[int, int] = (19, 21)) -> Span:
    day = FIRST + timedelta(weeks=n)
    return Span(at(day, time(hours[0])), at(day, time(hours[1])))


def a_room(**fields: Any) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, FIRST - timedelta(days=1), days=90, opens=time(9), closes=time(22))
    return space


def brute_masks(space: Space, spans: list[Span]) -> tuple[int, int]:
    """(open, busy) by looking at every row for every span."""
    hours = merge(Span(o.starts_at, o.ends_at) for o in OpeningSpan.objects.filter(space=space))
    atoms = SpacePart.objects.filter(space=space).values("part_id")
    claims = [
        claim
        for claim in Claim.objects.filter(space_id__in=atoms, active=True)
        if claim.hold_until is None or claim.hold_until > NOW
    ]
    open_mask = busy_mask = 0
    for n, span in enumerate(spans):
        is_open = any(o.covers(span) for o in hours) or (
            space.open_through_closed_hours
            and any(o.start <= span.start < o.end for o in hours)
            and any(o.start < span.end <= o.end for o in hours)
        )
        open_mask |= is_open << n
        busy_mask |= any(_stands_in_the_way(space, claim, span) for claim in claims) << n
    return open_mask, busy_mask


def _stands_in_the_way(space: Space, claim: Claim, span: Span) -> bool:
    start, end = span.start, span.end
    if claim.kind == ClaimKind.USE:
        start -= timedelta(minutes=space.setup_minutes)
        end += timedelta(minutes=space.cleardown_minutes)
    return claim.starts_at < end and claim.ends_at > start


def a_random_world(random: Random) -> list[Space]:
    spaces = []
    for _n in range(5):
        hall = divisible_hall(
            setup_minutes=random.choice([0, 30, 90]),
            open_through_closed_hours=random.random() < 0.3,
        )
        single = SpaceFactory(cleardown_minutes=random.choice([0, 15, 60]))
        spaces += [hall.whole, hall.left, hall.right, single]
    for space in spaces:
        kind = random.randrange(4)
        if kind == 0:
            open_always(space, datetime(2027, 3, 15, tzinfo=UTC), days=80)
        elif kind == 1:
            open_daily(space, FIRST, days=80, opens=time(17), closes=time(3))
        elif kind == 2:
            open_daily(space, FIRST, days=80, opens=time(8), closes=time(22, 30))
    atoms = [space for space in spaces if SpacePart.objects.filter(part=space).exists()]
    start = at(FIRST, time(0))
    for _n in range(250):
        since = start + timedelta(minutes=15 * random.randrange(75 * 96))
        hours = random.choice([0.5, 1, 2, 4, 6, 6.25, 30, 200])
        kinds = [ClaimKind.USE] * 4 + list(ClaimKind)
        hold = random.choice([None, None, NOW, NOW + timedelta(days=2)])
        try:
            with transaction.atomic():
                take(
                    random.choice(atoms),
                    Span(since, since + timedelta(hours=hours)),
                    random.choice(kinds),
                    hold_until=hold,
                    active=random.random() > 0.1,
                )
        except IntegrityError:
            continue
    return spaces


@pytest.mark.parametrize("seed", range(3))
def test_the_statement_agrees_with_looking_at_every_row(seed: int) -> None:
    random = Random(seed)
    spaces = a_random_world(random)
    spans = []
    for _n in range(70):
        day = FIRST + timedelta(days=random.randrange(75))
        since = at(day, time(random.randrange(24), random.choice([0, 15, 30, 45])))
        spans.append(Span(since, since + timedelta(hours=random.choice([1, 2, 5, 9, 26, 100]))))

    found = ask(*spans)

    assert set(found) == {space.id for space in spaces}
    for space in spaces:
        fit = found[space.id]
        assert (fit.open_mask, fit.busy_mask) == brute_masks(space, spans), space.id


@pytest.mark.parametrize("seed", range(1))
def test_search_and_the_answer_to_is_it_free_never_differ(seed: int) -> None:
    random = Random(100 + seed)
    spaces = a_random_world(random)
    spans = [
        Span(since, since + timedelta(minutes=random.choice([30, 120, 600, 3000])))
        for since in (
            at(FIRST, time(0)) + timedelta(minutes=15 * random.randrange(70 * 96))
            for _n in range(50)
        )
    ]

    found = ask(*spans)
    answers = availability.is_free([space.id for space in spaces], spans, now=NOW)

    for space in spaces:
        free = sum(1 << n for n, answer in enumerate(answers[space.id]) if answer.is_free)
        assert found[space.id].free_mask == free


def test_two_buffers_of_thirty_need_a_gap_of_thirty() -> None:
    space = a_room(setup_minutes=30, cleardown_minutes=30)
    take(space, evening(hours=(17, 18)))
    take(space, Span(evening(hours=(18, 19)).start, at(FIRST, time(18, 30))), ClaimKind.CLEARDOWN)

    close = Span(at(FIRST, time(18, 30)), at(FIRST, time(20)))
    closer = Span(at(FIRST, time(18, 29)), at(FIRST, time(20)))
    assert ask(close, closer)[space.id].free_mask == 0b01


def test_half_a_hall_blocks_the_whole_and_leaves_the_other_half_free() -> None:
    hall = divisible_hall()
    for space in (hall.whole, hall.left, hall.right):
        open_daily(space, FIRST, days=20, opens=time(9), closes=time(22))
    take(hall.left, evening(0))

    found = ask(evening(0), evening(1))

    assert found[hall.whole.id].free_mask == 0b10
    assert found[hall.left.id].free_mask == 0b10
    assert found[hall.right.id].free_mask == 0b11


def test_a_weekly_evening_is_found_free_across_the_clock_change() -> None:
    space = a_room()
    take(space, evening(2))
    take(space, evening(5))

    found = ask(*(evening(n) for n in range(10)))

    assert found[space.id].free_mask == 0b1111011011


def test_a_night_is_found_where_opening_is_cut_at_midnight() -> None:
    space = SpaceFactory()
    open_always(space, datetime(2027, 3, 28, tzinfo=UTC), days=20)
    saturday = date(2027, 3, 27)
    night = Span(at(saturday, time(22)), at(saturday + timedelta(days=1), time(6)))
    four_days = Span(at(saturday, time(12)), at(saturday + timedelta(days=4), time(12)))

    assert night.length == timedelta(hours=7)
    assert ask(night, four_days)[space.id].free_mask == 0b11


def test_a_hundred_and_sixty_dates_can_be_asked_about() -> None:
    space = SpaceFactory()
    open_daily(space, FIRST, days=160, opens=time(9), closes=time(22))
    days = [FIRST + timedelta(days=n) for n in range(160)]
    spans = [Span(at(day, time(19)), at(day, time(20))) for day in days]
    for n in (0, 59, 60, 61, 130, 159):
        take(space, spans[n])

    fit = ask(*spans)[space.id]

    taken = {n for n in range(160) if not fit.free_mask >> n & 1}
    assert taken == {0, 59, 60, 61, 130, 159}
    assert fit.free_count == 154


def test_unknown_hours_are_for_the_venue_to_say() -> None:
    space = SpaceFactory(hours_known=False)
    take(space, evening(0))

    fit = ask(evening(0), evening(1))[space.id]

    assert fit.free_mask == 0
    assert fit.ask_mask(2) == 0b10
    assert fit.reasons(1, evening(1)) == {availability.Reason.HOURS_UNKNOWN}


def test_a_space_too_small_is_left_out_and_one_of_unknown_size_is_not() -> None:
    small, large = a_room(capacity=20), a_room(capacity=80)
    unknown = a_room(capacity=None)

    found = ask(evening(), people=50)

    assert set(found) == {large.id, unknown.id}
    assert small.id not in found


def test_only_public_venues_that_are_booked_here_are_answers() -> None:
    shown = a_room()
    a_room(venue=VenueFactory(visibility=Venue.Visibility.PARTNERS))
    a_room(venue=VenueFactory(visibility=Venue.Visibility.CONFIDENTIAL))
    a_room(is_bookable=False)
    by_phone = VenueFactory(booking_mode=Venue.BookingMode.PHONE, phone="020 7946 0000")
    VenueFactory(booking_mode=Venue.BookingMode.NOT_FOR_HIRE)
    VenueFactory(
        booking_mode=Venue.BookingMode.PHONE,
        phone="020 7946 0001",
        visibility=Venue.Visibility.CONFIDENTIAL,
    )

    assert set(ask(evening())) == {shown.id}
    assert [found.venue_id for found in which_to_ask(Question(), now=NOW)] == [by_phone.id]


def test_distance_is_a_circle_not_a_box() -> None:
    centre = Circle(51.45, 0.15, 1000)
    here = a_room(venue=VenueFactory(latitude=51.45, longitude=0.15))
    north = a_room(venue=VenueFactory(latitude=51.4585, longitude=0.15))
    a_room(venue=VenueFactory(latitude=51.4575, longitude=0.162))
    a_room(venue=VenueFactory(latitude=None, longitude=None))

    found = ask(evening(), near=centre)

    assert set(found) == {here.id, north.id}
    assert found[here.id].metres == pytest.approx(0, abs=1)
    assert found[north.id].metres == pytest.approx(945, abs=5)


def test_each_need_is_yes_no_or_not_known() -> None:
    space = a_room()
    say(space.venue, "entrance_step_free", "yes")
    say(space.venue, "internal_route_step_free", "yes")
    say(space.venue, "parking_blue_badge_count", "no")
    say(space.venue, "hearing_loop", "unknown")
    needs = ("step_free", "parking", "hearing_loop", "accessible_toilet")

    fit = ask(evening(), with_needs=True)[space.id]

    states = [fit.facts.state_of(need) for need in needs]
    assert states == [State.YES, State.NO, State.UNKNOWN, State.UNKNOWN]
    [without_times] = which_fit(Question(with_needs=True), now=NOW)
    assert without_times.facts == fit.facts


@pytest.mark.parametrize(
    ("of_venue", "of_space"),
    [(v, s) for v in ("", "y", "n", "yn", "?") for s in ("", "y", "n", "yn", "?")],
)
def test_search_and_the_venue_page_say_the_same_of_every_fact(of_venue: str, of_space: str) -> None:
    space = a_room()
    values = {"y": "yes", "n": "no", "?": "unknown"}
    for about, marks in ((None, of_venue), (space, of_space)):
        for mark, source in zip(marks, ("owner", "audit"), strict=False):
            say(space.venue, "hearing_loop", values[mark], space=about, source=source)

    fit = ask(evening(), with_needs=True)[space.id]

    known = needs_met(facts_of_spaces([space.id])[space.id], ["hearing_loop"])
    assert fit.facts.state_of("hearing_loop") is known["hearing_loop"].state


@pytest.mark.parametrize("count", [1, 200])
def test_a_question_is_one_statement_for_any_number_of_spaces(
    count: int, max_queries: Callable[[int], Any]
) -> None:
    venue = VenueFactory()
    for _n in range(count):
        SpaceFactory(venue=venue)
    with max_queries(1):
        found = ask(
            *(evening(n) for n in range(10)),
            near=Circle(51.45, 0.15, 5000),
            people=10,
            with_needs=True,
        )
    assert len(found) == count


def test_a_search_is_planned_for_what_is_asked_however_often_it_is_asked() -> None:
    a_room()
    for _n in range(10):
        ask(evening())
    with connection.cursor() as cursor:
        for _n in range(10):
            cursor.execute("SELECT count(*) FROM spaces_space")
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall()]
    assert any("count(*) FROM spaces_space" in statement for statement in kept)
    assert not any("cand AS MATERIALIZED" in statement for statement in kept)
