"""Answers about access: the way there, entrance hours, faults, old and differing reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from core.clock import at
from core.intervals import Span
from spaces import routes
from spaces.access_facts import NEEDS, State
from spaces.models import (
    AccessFact,
    AccessFault,
    AccessLink,
    AccessNode,
    EntranceHours,
    NeedMasks,
    Space,
    SpaceNeed,
    Venue,
)
from spaces.routes.sentences import route_sentence
from spaces.routes.timeline import moment_at
from spaces.routes.words import why
from spaces.search import Question, which_fit, which_to_ask
from spaces.services import needs
from spaces.services.access import FactPlace, Said, record_facts
from spaces.services.faults import end_fault, report_fault, touched_by
from tests.factories import SpaceFactory, VenueFactory, divisible_hall
from tests.factories.access import LONG_SINCE, link, node, room_node, say, work_out

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)  # a Tuesday
TUESDAY, SUNDAY = date(2027, 1, 12), date(2027, 1, 17)
YES, NO, UNKNOWN = State.YES, State.NO, State.UNKNOWN


def hours(day: date, starts: int, ends: int) -> Span:
    return Span(at(day, time(starts)), at(day, time(ends)))


@dataclass
class Hall:
    """Steps at the front; a level side door, open 9am to 5pm on weekdays; a lift to the loft."""

    venue: Venue
    hall: Space
    loft: Space
    side: AccessNode
    lift: AccessNode
    toilet: AccessNode


@pytest.fixture
def place() -> Hall:
    hall = SpaceFactory(name="Hall", floor=0)
    venue = hall.venue
    loft = SpaceFactory(venue=venue, name="Loft", floor=1)
    front = node(venue, "entrance", "Front door", {"entrance_step_free": "no"})
    AccessFact.objects.create(
        venue=venue, node=front, code="entrance_steps", value="yes", measure=3, unit="steps"
    )
    side = node(venue, "entrance", "Side door", {"entrance_step_free": "yes"})
    side.hours = AccessNode.Hours.OWN
    side.save()
    for day in range(5):
        EntranceHours.objects.create(node=side, weekday=day, opens=time(9), closes=time(17))
    hallway = node(venue, "landing", "Hallway")
    lift = node(venue, "lift", "Lift", {"lift": "yes"})
    toilet = node(venue, "toilet", "Toilet", {"accessible_toilet": "yes"})
    hall_node, loft_node = room_node(hall), room_node(loft)
    for one, other in (
        (front, hallway), (side, hallway), (hallway, hall_node), (hallway, lift),
        (lift, loft_node), (hallway, toilet),
    ):  # fmt: skip
        link(one, other)
    work_out(venue, now=NOW)
    return Hall(venue, hall, loft, side, lift, toilet)


def found(need: str, *spans: Span, now: datetime = NOW) -> dict[int, State]:
    fits = which_fit(Question(spans=spans, with_needs=True), now=now)
    return {fit.space_id: fit.facts.state_of(need) for fit in fits}


def told(place: Hall, space: Space, instant: datetime) -> dict[str, object]:
    known = routes.load([place.venue.pk], today=instant.date(), now=instant)[place.venue.pk]
    [room] = [room for room in known.rooms if room.id == space.pk]
    minute = routes.week.minute_at(instant)
    moment = moment_at(known, instant, piece=(minute, minute + 1))
    return route_sentence(routes.route_to(known, room, moment))


def test_a_level_side_door_is_a_yes_while_it_is_open(place: Hall) -> None:
    assert found("step_free", hours(TUESDAY, 10, 12))[place.hall.pk] is YES
    assert found("step_free", hours(TUESDAY, 18, 20))[place.hall.pk] is NO
    assert found("step_free", hours(TUESDAY, 16, 18))[place.hall.pk] is NO
    assert found("step_free", hours(SUNDAY, 10, 12))[place.hall.pk] is NO
    assert found("step_free")[place.hall.pk] is YES
    both = (hours(TUESDAY, 10, 12), hours(SUNDAY, 10, 12))
    assert found("step_free", *both)[place.hall.pk] is NO


def test_a_week_wraps_round_from_sunday_night_to_monday(place: Hall) -> None:
    night = Span(at(SUNDAY, time(22)), at(SUNDAY + timedelta(days=1), time(10)))
    morning = hours(SUNDAY + timedelta(days=1), 9, 10)

    assert found("step_free", night)[place.hall.pk] is NO
    assert found("step_free", morning)[place.hall.pk] is YES


def test_the_weakest_link_is_named_in_plain_words(place: Hall) -> None:
    open_now = told(place, place.hall, at(TUESDAY, time(11)))
    shut = told(place, place.hall, at(SUNDAY, time(11)))

    assert open_now["words"] == (
        "Step-free from the street to the room and on to an accessible toilet."
    )
    assert [stop["words"] for stop in open_now["stops"]] == [
        "Street", "Side door", "Hallway", "Hall", "Toilet"
    ]  # fmt: skip
    assert shut["state"] == "no"
    assert shut["words"] == (
        "Not step-free from the street to the room. Closed at that time: Side door."
    )


def test_a_lift_out_of_order_touches_the_room_it_leads_to_and_only_then(place: Hall) -> None:
    fault = AccessFault(
        venue=place.venue,
        node=place.lift,
        what="lift",
        starts_at=NOW,
        until=NOW + timedelta(days=9),
    )
    report_fault(fault, actor=None, now=NOW)

    assert found("step_free", hours(TUESDAY, 10, 12)) == {place.hall.pk: YES, place.loft.pk: NO}
    later = hours(TUESDAY + timedelta(days=7), 10, 12)
    assert found("step_free", later)[place.loft.pk] is YES
    assert touched_by(fault, now=NOW)[place.loft.pk] >= {"step_free"}
    assert place.hall.pk not in touched_by(fault, now=NOW)
    [row] = SpaceNeed.objects.filter(
        space=place.loft, need="step_free", state="no", starts_at=None, from_minute=9 * 60
    )
    assert why(row.why) == "Lift: out of order until Thursday 14 January 2027."

    end_fault(fault, actor=None, now=NOW)
    assert found("step_free", hours(TUESDAY, 10, 12))[place.loft.pk] is YES
    assert list(needs.differences(now=NOW)) == []


def test_an_accessible_toilet_is_not_an_accessible_way_to_it(place: Hall) -> None:
    way = AccessLink.objects.get(high=place.toilet)
    record_facts(
        FactPlace(place.venue, link=way),
        [Said("internal_route_step_free", "no", NOW.date())],
        actor=None,
        now=NOW,
    )

    assert found("accessible_toilet")[place.hall.pk] is NO
    assert (
        "not on to an accessible toilet" in told(place, place.hall, at(TUESDAY, time(11)))["words"]
    )


def test_where_nobody_drew_the_ways_the_plain_facts_answer() -> None:
    space = SpaceFactory(floor=0)
    upstairs = SpaceFactory(venue=space.venue, floor=2)
    say(space, "entrance_step_free", "yes")
    say(space, "internal_route_step_free", "yes")
    assert set(found("step_free").values()) == {YES}

    fault = AccessFault(venue=space.venue, what="lift", starts_at=NOW)
    report_fault(fault, actor=None, now=NOW)

    assert found("step_free") == {space.pk: YES, upstairs.pk: NO}


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([("yes", "owner", None)], YES),
        ([("yes", "owner", LONG_SINCE)], UNKNOWN),
        ([("yes", "owner", date(2026, 5, 1)), ("no", "visitor", date(2026, 6, 1))], UNKNOWN),
        ([("no", "owner", LONG_SINCE), ("yes", "check", date(2026, 6, 1))], YES),
    ],
)
def test_a_disputed_or_old_fact_counts_as_not_known(
    rows: list[tuple[str, str, date | None]], state: State
) -> None:
    space = SpaceFactory()
    for value, source, day in rows:
        say(space, "hearing_loop", value, source=source, checked_on=day)
    work_out(space.venue, now=NOW)

    assert found("hearing_loop")[space.pk] is state


def test_a_whole_hall_is_reached_by_any_of_its_parts() -> None:
    made = divisible_hall()
    door = node(made.whole.venue, "entrance", "Door", {"entrance_step_free": "yes"})
    link(door, room_node(made.left))
    work_out(made.whole.venue)

    states = found("step_free")
    assert (states[made.whole.pk], states[made.left.pk]) == (YES, YES)
    assert states[made.right.pk] is UNKNOWN


def test_a_venue_that_is_booked_by_phone_is_as_good_as_its_best_room() -> None:
    venue = VenueFactory(booking_mode=Venue.BookingMode.PHONE, phone="020 7946 0000")
    space = SpaceFactory(venue=venue)
    SpaceFactory(venue=venue)
    say(space, "hearing_loop", "yes", space=space)

    [ask] = which_to_ask(Question(with_needs=True), now=NOW)
    assert ask.facts.state_of("hearing_loop") is YES


def test_only_doors_and_ways_that_were_measured_are_wide(place: Hall) -> None:
    assert found("wide_ways")[place.hall.pk] is UNKNOWN
    for code, width, key in (
        ("door_clear_width", 900, {"node": place.side}),
        *(
            ("narrowest_route_width", 1000, {"link": row})
            for row in AccessLink.objects.filter(venue=place.venue)
        ),
    ):
        AccessFact.objects.create(
            venue=place.venue, code=code, value="yes", measure=width, unit="mm", **key
        )
    work_out(place.venue)
    assert found("wide_ways")[place.hall.pk] is YES
    AccessFact.objects.filter(code="door_clear_width").update(measure=700)
    work_out(place.venue)
    assert found("wide_ways")[place.hall.pk] is NO


def test_every_need_has_an_answer_for_every_space_and_for_all_of_time(place: Hall) -> None:
    rows = SpaceNeed.objects.filter(space=place.hall)
    assert {row.need for row in rows} == set(NEEDS)
    for need in NEEDS:
        mine = sorted((row.from_minute, row.to_minute) for row in rows if row.need == need)
        assert mine[0][0] == 0
        assert mine[-1][1] == 7 * 24 * 60
        assert all(one[1] == other[0] for one, other in pairwise(mine))


def test_needs_keep_their_places_in_the_masks_that_are_kept() -> None:
    assert list(NEEDS)[:12] == [
        "step_free", "accessible_toilet", "hearing_loop", "parking", "quiet", "changing_places",
        "wide_ways", "easy_door", "step_free_stop", "assistance_dogs", "soft_light", "way_out",
    ]  # fmt: skip


def test_masks_that_are_not_what_the_answers_say_are_found_and_mended(place: Hall) -> None:
    NeedMasks.objects.filter(space=place.hall).update(yes=0)
    NeedMasks.objects.filter(space=place.loft).delete()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_access", stdout=out)
    told = out.getvalue()
    for space in (place.hall, place.loft):
        assert f"space {space.pk}: the answers in short are out of date" in told

    call_command("audit_access", "--repair", stdout=StringIO())
    call_command("audit_access", stdout=StringIO())
    assert found("accessible_toilet")[place.hall.pk] is YES


def test_answers_that_nobody_kept_are_found_and_mended(place: Hall) -> None:
    SpaceNeed.objects.filter(space=place.hall, need="step_free").update(state="unknown")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("audit_access", stdout=out)
    assert "step_free: kept unknown, ought to be yes" in out.getvalue()

    call_command("audit_access", "--repair", stdout=StringIO())
    call_command("audit_access", stdout=StringIO())


@pytest.mark.parametrize("venues", [1, 8])
def test_working_answers_out_costs_the_same_for_any_number_of_venues(
    venues: int, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    made = []
    for _n in range(venues):
        space = SpaceFactory()
        door = node(space.venue, "entrance", "Door", {"entrance_step_free": "yes"})
        link(door, room_node(space))
        made.append(space.venue.pk)

    assert count_queries(lambda: needs.refresh(made, now=NOW)) == 13
