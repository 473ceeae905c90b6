"""The cheapest way to do this: each way costs what it says when it is booked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from random import Random

import pytest

from bookings.errors import DatesTaken
from bookings.models import Use
from bookings.services import preview_booking
from bookings.services.cheaper import Kind, cheaper_ways
from core.clock import at
from spaces.models import AccessFault, Facility, Layout, Space, SpacePart, StockItem, Venue
from spaces.models.timetable import Loudness
from spaces.timetable import Pattern
from tests.bookings.cheaper_sheets import (
    BLOCK,
    DAYPARTS,
    TUESDAY,
    by_hour,
    hourly,
    price_when_booked,
    random_pattern,
    random_sheet,
    room,
    usual_when_booked,
    ways,
)
from tests.factories import SpaceFactory, UserFactory, VenueFactory, open_always, open_daily
from tests.factories.access import say, work_out
from tests.factories.bookings import NOW, asked, book, evening, weekly
from tests.factories.tariffs import flat_rates, publish
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db


def hall(**prices: str) -> Space:
    """£10 an hour, £14 from 6pm, £16 at weekends."""
    space = room()
    publish(space.venue, by_hour("hall", **prices))
    return space


def hire(start: str, end: str, day: date = TUESDAY, **more: object) -> Pattern:
    return Pattern(day, time.fromisoformat(start), time.fromisoformat(end), **more)


@pytest.mark.parametrize("seed", range(8))
def test_each_saving_is_what_booking_it_saves(seed: int) -> None:
    pick = Random(seed)
    venue = VenueFactory()
    names = ["Hall", "Small hall", "Club room"]
    rooms = [room(venue, name=name, capacity=pick.choice([20, 40, None])) for name in names]
    publish(venue, random_sheet(pick, [space.slug for space in rooms]))
    actor = UserFactory()
    shown = 0
    for _n in range(4):
        request = asked(pick.choice(rooms), pattern=random_pattern(pick), people=15)
        if preview_booking(request, actor=actor, now=NOW).refused:
            continue
        for way in ways(request, actor).values():
            assert price_when_booked(way.request, actor) == way.total
            assert usual_when_booked(way, request, actor) - way.total == way.saving > 0
            shown += 1
    assert shown


def test_an_earlier_start_is_named_with_its_reason() -> None:
    way = ways(asked(hall(), pattern=hire("17:30", "20:00")))[Kind.SHIFT]
    assert (way.words, way.why) == (
        "Start at 4:30pm, not 5:30pm",
        "The “evening” rate begins at 6pm.",
    )
    assert (way.usual, way.total, way.saving) == (33, 29, 4)


def test_a_time_off_the_peak_begins_or_ends_where_the_price_changes() -> None:
    way = ways(asked(hall(), pattern=hire("19:00", "21:00")))[Kind.OFF_PEAK]
    assert way.words == "Book 4pm to 6pm, not 7pm to 9pm"
    assert way.saving == 8


def test_the_whole_day_is_named_where_it_costs_less() -> None:
    space = room()
    whole = rule("whole", "45", unit="day", hours="> 6") | {"rank": 1}
    publish(space.venue, sheet(rule("hour", "10"), whole))
    way = ways(asked(space, pattern=hire("10:00", "16:00")))[Kind.LONGER]
    assert (way.saving, way.total) == (15, 45)
    assert way.assumptions == ("You need not use all of the time.",)
    assert Kind.LONGER not in ways(asked(space, pattern=hire("10:00", "12:00")))


def test_a_weekday_costs_less_than_saturday_for_one_date_and_for_all() -> None:
    space = hall()
    saturday = date(2027, 1, 16)
    once = ways(asked(space, pattern=hire("10:00", "12:00", saturday)))[Kind.OTHER_DAY]
    assert once.words == "Come on Friday 15 January 2027, not Saturday 16 January 2027"
    series = weekly(saturday, 5, starts=time(10), ends=time(12))
    weeks = ways(asked(space, pattern=series))[Kind.OTHER_DAY]
    assert weeks.words == "Come each time on Friday, not Saturday"
    assert (once.saving, weeks.saving, weeks.dates) == (12, 60, 5)


def test_of_a_long_series_all_dates_are_priced_before_it_is_shown() -> None:
    space, actor = hall(), UserFactory()
    series = weekly(TUESDAY, 20, starts=time(17, 30), ends=time(20))
    way = ways(asked(space, pattern=series), actor)[Kind.SHIFT]
    assert (way.dates, way.saving) == (20, 80)
    assert price_when_booked(way.request, actor) == way.total


def test_enough_dates_for_the_block_rate_are_set_beside_single_dates() -> None:
    space = room()
    publish(space.venue, sheet(rule("hour", "10"), BLOCK))
    way = ways(asked(space))[Kind.BLOCK]
    assert (way.words, way.dates) == ("Book 6 dates at once", 6)
    assert (way.usual, way.total) == (120, 108)
    assert "from Tuesday 12 January 2027 to Tuesday 16 February 2027" in way.assumptions[0]
    assert Kind.BLOCK not in ways(asked(space, pattern=weekly(TUESDAY, 6)))
    four = ways(asked(space, pattern=weekly(TUESDAY, 4)))[Kind.BLOCK]
    assert (four.usual, four.total, four.dates) == (120, 108, 6)


def cheaper_room(venue: Venue, **fields: object) -> Space:
    """A hall at £20 an hour, and a small hall at £12."""
    room(venue)
    small = room(venue, name="Small hall", **fields)
    rules = [
        rule("hall", "20"),
        rule("small", "12", target={"spaces": ["small-hall"]}),
    ]
    publish(venue, sheet(*rules))
    return small


def test_another_room_is_named_with_what_it_takes_and_has() -> None:
    venue = VenueFactory()
    small = cheaper_room(venue, capacity=40)
    big = venue.spaces.get(slug="hall")
    for kind in (Layout.Kind.DINING, Layout.Kind.DANCE):
        Layout.objects.create(space=big, kind=kind, people=50)
    Layout.objects.create(space=small, kind=Layout.Kind.DINING, people=10)
    Facility.objects.create(venue=venue, space=big, code=Facility.Code.STAGE)
    way = ways(asked(big))[Kind.OTHER_SPACE]
    assert (way.words, way.saving) == ("Take Small hall, not Hall", 16)
    assert way.assumptions == (
        "It takes up to 40 people.",
        "Nobody has said how many it takes like this: Dance or exercise.",
        "Sitting down to eat: it takes only 10.",
        "We do not know that it has: Stage.",
        "Nothing is known yet of the access of Hall; ask about Small hall.",
    )


@pytest.mark.parametrize(
    "unfit",
    [
        {"capacity": 19},
        {"capacity": None},
        {"kind": Space.Kind.KITCHEN},
        {"is_bookable": False},
        {"longest_minutes": 60},
    ],
)
def test_a_room_that_will_not_do_is_not_shown(unfit: dict[str, object]) -> None:
    venue = VenueFactory()
    cheaper_room(venue, **unfit)
    assert not ways(asked(venue.spaces.get(slug="hall"), people=20))


def test_no_room_with_less_known_access() -> None:
    venue = VenueFactory()
    small = cheaper_room(venue)
    big = venue.spaces.get(slug="hall")
    say(big, "hearing_loop", "yes", space=big)
    assert Kind.OTHER_SPACE not in ways(asked(big))
    say(small, "hearing_loop", "yes", space=small)
    work_out(venue, now=NOW)
    way = ways(asked(big))[Kind.OTHER_SPACE]
    assert way.assumptions[-1] == "It has the same access as Hall: Hearing loop."


def test_what_is_out_of_order_is_not_said_to_be_there() -> None:
    venue = VenueFactory()
    cheaper_room(venue)
    big = venue.spaces.get(slug="hall")
    say(venue, "hearing_loop", "yes")
    say(venue, "quiet_space", "yes")
    work_out(venue, now=NOW)
    assert (
        ways(asked(big))[Kind.OTHER_SPACE]
        .assumptions[-1]
        .endswith("Hearing loop, A quiet place to go.")
    )
    AccessFault.objects.create(
        venue=venue, what=AccessFault.What.LOOP, starts_at=NOW, reported_at=NOW
    )
    work_out(venue, now=NOW)
    way = ways(asked(big))[Kind.OTHER_SPACE]
    assert way.assumptions[-1] == "It has the same access as Hall: A quiet place to go."


def test_a_ticked_need_that_is_not_known_never_becomes_a_no() -> None:
    venue = VenueFactory()
    small = cheaper_room(venue)
    big = venue.spaces.get(slug="hall")
    ticked = asked(big, needs=("hearing_loop",), adjustment_consent=True)
    assert Kind.OTHER_SPACE in ways(ticked)
    say(small, "hearing_loop", "no", space=small)
    assert Kind.OTHER_SPACE not in ways(ticked)
    assert Kind.OTHER_SPACE in ways(asked(big))


def test_a_part_of_the_hall_if_the_people_fit() -> None:
    venue = VenueFactory()
    left, right = (room(venue, name=name, capacity=30) for name in ("Left", "Right"))
    whole = room(venue, name="Hall", capacity=60, atoms=False)
    for part in (left, right):
        SpacePart.objects.create(space=whole, part=part)
    flat_rates(venue)
    dear = {"id": "whole", "kind": "rate", "target": {"spaces": ["hall"]}, "amount": "25"}
    halves = rule("half", "12", target={"each": ["left", "right"]})
    publish(venue, sheet(halves, dear | {"quantity": {"unit": "hour"}, "when": {}}))
    book(left)
    way = ways(asked(whole, pattern=evening(date(2027, 1, 13))))[Kind.PART]
    assert way.words == "Take only Left, not all of Hall"
    assert not ways(asked(whole, pattern=evening(date(2027, 1, 13)), people=31))


def test_what_is_taken_is_not_shown() -> None:
    space = hall()
    book(space, pattern=hire("15:00", "17:00"), people=5)
    found = ways(asked(space, pattern=hire("17:30", "20:00")))
    assert found[Kind.SHIFT].words == "Start at 5pm, not 5:30pm"
    assert Kind.OFF_PEAK not in found


def test_what_the_hirer_has_booked_already_is_not_shown() -> None:
    space, actor = hall(), UserFactory()
    book(space, actor=actor, pattern=hire("15:00", "17:00"))
    found = ways(asked(space, pattern=hire("17:30", "20:00")), actor)
    assert found[Kind.SHIFT].words == "Start at 5pm, not 5:30pm"


def test_buffers_count_by_the_kind_of_claim() -> None:
    space = room(setup_minutes=60, cleardown_minutes=60)
    publish(space.venue, by_hour("hall"))
    book(space, pattern=hire("13:00", "15:00"))
    found = ways(asked(space, pattern=hire("17:30", "20:00")))
    assert found[Kind.SHIFT].words == "Start at 4:30pm, not 5:30pm"
    assert Kind.OFF_PEAK not in found


def test_closed_hours_are_kept() -> None:
    space = SpaceFactory(name="Hall", slug="hall")
    open_daily(space, date(2027, 1, 4), days=60, opens=time(17), closes=time(23))
    publish(space.venue, by_hour("hall"))
    found = ways(asked(space, pattern=hire("17:30", "20:00")))
    assert found[Kind.SHIFT].words == "Start at 5pm, not 5:30pm"
    assert Kind.OFF_PEAK not in found


def test_a_quiet_neighbour_is_heard() -> None:
    venue = VenueFactory()
    small = cheaper_room(venue)
    big = venue.spaces.get(slug="hall")
    chapel = room(venue, name="Chapel")
    small.acoustic_neighbours.add(chapel)
    publish(
        venue,
        sheet(
            rule("hall", "20"),
            rule("s", "12", target={"spaces": ["small-hall"]}),
            rule("c", "50", target={"spaces": ["chapel"]}),
        ),
    )
    book(chapel, needs_quiet=True)
    assert Kind.OTHER_SPACE in ways(asked(big))
    assert Kind.OTHER_SPACE not in ways(asked(big, loudness=Loudness.AMPLIFIED))


def test_things_that_are_lent_must_be_there_then_as_well() -> None:
    space = hall()
    chairs = StockItem.objects.create(venue=space.venue, name="Chairs", quantity=10)
    other = room(space.venue, name="Loft")
    lent = rule("chairs", "1", target={"items": ["chairs"]}, unit="item")
    publish(
        space.venue,
        sheet(
            *hourly("hall"),
            rule("loft", "30", target={"spaces": ["loft"]}),
            lent,
            dayparts=DAYPARTS,
        ),
    )
    request = asked(space, pattern=hire("17:30", "20:00"), items=((chairs.pk, 6),))
    assert ways(request)[Kind.SHIFT].words == "Start at 4:30pm, not 5:30pm"
    book(other, pattern=hire("16:00", "17:00"), items=((chairs.pk, 6),))
    assert ways(request)[Kind.SHIFT].words == "Start at 5pm, not 5:30pm"


def test_nothing_is_compared_where_the_price_is_open_or_the_time_is_taken() -> None:
    space = hall()
    request = asked(space, pattern=hire("17:30", "20:00"))
    assert ways(request)
    publish(space.venue, by_hour("loft"))
    assert not ways(request)
    publish(space.venue, by_hour("hall"))
    book(space, pattern=hire("17:00", "18:00"))
    assert not ways(request)


def test_a_guess_and_a_wait_are_said() -> None:
    venue = VenueFactory()
    small = cheaper_room(venue)
    Space.objects.filter(pk=small.pk).update(hours_known=False)
    big = venue.spaces.get(slug="hall")
    way = ways(asked(big))[Kind.OTHER_SPACE]
    assert not way.is_instant
    assert way.assumptions[-1] == (
        "You do not get an answer at once: the venue answers your request."
    )
    document = sheet(rule("hall", "10"), rule("w", "16", day=["weekend"]))
    publish(venue, document, valid_to=date(2027, 1, 11))
    sunday = asked(big, pattern=hire("10:00", "12:00", date(2027, 1, 17)))
    way = ways(sunday)[Kind.OTHER_DAY]
    assert way.is_estimate
    assert "our best guess" in way.assumptions[-1]


def test_a_night_of_the_clock_change_is_priced_as_it_is_booked() -> None:
    space, actor = SpaceFactory(name="Hall", slug="hall"), UserFactory()
    open_always(space, at(date(2027, 3, 20), time(12)), days=30)
    night = rule("night", "5", since="00:00", until="06:00")
    publish(space.venue, sheet(rule("day", "10"), night))
    for first in (date(2027, 3, 27), date(2027, 3, 28)):
        request = asked(space, pattern=hire("23:30", "02:15", first))
        for way in ways(request, actor).values():
            assert price_when_booked(way.request, actor) == way.total
            assert way.saving == price_when_booked(request, actor) - way.total > 0


def test_as_many_queries_for_two_rooms_as_for_twenty(
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    counted = []
    for number in (2, 20):
        venue = VenueFactory(fire_limit=500)
        rooms = [room(venue, name=f"Room {n}") for n in range(number)]
        each = [
            rule(f"r{n}", str(40 - n), target={"spaces": [space.slug]})
            for n, space in enumerate(rooms)
        ]
        publish(venue, sheet(*each))
        actor = UserFactory()
        plan = preview_booking(asked(rooms[0]), actor=actor, now=NOW)
        assert len(cheaper_ways(plan, actor=actor, now=NOW)) == 1
        counted.append(count_queries(lambda: cheaper_ways(plan, actor=actor, now=NOW)))  # noqa: B023
    assert counted[0] == counted[1] <= 30


def test_at_most_five_ways_the_greatest_saving_first_and_nothing_is_written() -> None:
    venue = VenueFactory()
    cheap = room(venue, name="Small hall")
    big = room(venue)
    document = sheet(
        *hourly("hall", day="20", evening="30", weekend="40"),
        rule("small", "5", target={"spaces": [cheap.slug]}),
        BLOCK,
        dayparts=DAYPARTS,
    )
    publish(venue, document)
    found = ways(asked(big, pattern=hire("17:30", "20:00", date(2027, 1, 13))))
    savings = [way.saving for way in found.values() if way.kind is not Kind.BLOCK]
    assert savings == sorted(savings, reverse=True)
    assert 3 <= len(found) <= 5
    assert not Use.objects.exists()
    assert isinstance(savings[0], Decimal)


def test_what_is_shown_is_refused_once_somebody_else_was_faster() -> None:
    space, actor = hall(), UserFactory()
    way = ways(asked(space, pattern=hire("17:30", "20:00")), actor)[Kind.SHIFT]
    book(space, pattern=replace(way.request.pattern))
    with pytest.raises(DatesTaken):
        price_when_booked(way.request, actor)
