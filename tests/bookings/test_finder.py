"""The public search as a group meets it: free, suitable, priced, and honest about the rest."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bookings.finder import (
    FindQuery,
    FindResult,
    PriceKind,
    Unknowns,
    WhyNot,
    find,
    record_miss,
)
from bookings.models import SearchMiss
from core.clock import at
from core.errors import BadInput
from core.intervals import Span
from spaces.access_facts import State
from spaces.models import Claim, Place, Space, Venue, Ward
from spaces.models.claim import ClaimKind
from spaces.places import search_key
from spaces.timetable import Frequency, Pattern
from tariffs.models import TariffVersion
from tests.factories import SpaceFactory, VenueFactory, divisible_hall, open_daily
from tests.factories.access import say
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
TUESDAY = date(2027, 3, 2)
WEEKLY = Pattern(
    first=TUESDAY, starts=time(19), ends=time(21), frequency=Frequency.WEEKLY, count=10
)


def search(**fields: Any) -> FindResult:
    return find(FindQuery(**fields), now=NOW)


def a_room(**fields: Any) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, TUESDAY - timedelta(days=1), days=90, opens=time(9), closes=time(22))
    return space


def take(space: Space, week: int) -> None:
    day = TUESDAY + timedelta(weeks=week)
    Claim.objects.create(
        space=space,
        starts_at=at(day, time(19)),
        ends_at=at(day, time(20)),
        kind=ClaimKind.USE,
        owner_kind="occurrence",
        owner_id=1,
        changed_at=NOW,
    )


def a_postcode() -> Place:
    ward = Ward.objects.create(council=VenueFactory().council, name="Mill")
    return Place.objects.create(
        name="ZE7 4QB",
        kind=Place.Kind.POSTCODE,
        search_key=search_key("ZE7 4QB"),
        latitude=51.45,
        longitude=0.15,
        ward=ward,
    )


def test_a_place_free_on_eight_of_ten_dates_says_which_are_taken() -> None:
    space = a_room()
    take(space, 2)
    take(space, 5)

    [found] = search(pattern=WEEKLY).places

    assert (found.space, found.free_count, len(found.dates)) == (space, 8, 10)
    taken = [TUESDAY + timedelta(weeks=week) for week in (2, 5)]
    assert [answer.span.start for answer in found.not_free] == [at(day, time(19)) for day in taken]
    assert {answer.reasons for answer in found.not_free} == {(WhyNot.TAKEN,)}


def test_the_price_is_this_hirer_s_for_the_dates_that_are_free() -> None:
    space = a_room()
    flat_rates(space.venue, amount="12.50")
    take(space, 0)

    [found] = search(pattern=WEEKLY).places

    assert found.price.kind is PriceKind.QUOTE
    assert (found.price.total, found.price.each) == (Decimal("225.00"), Decimal("25.00"))
    assert found.price.dates == 9


def test_the_price_of_many_dates_is_the_sum_of_each_when_rates_change() -> None:
    space = a_room()
    first = flat_rates(space.venue, amount="10.00")
    dearer = copy.deepcopy(first.document)
    for rule in dearer["rules"]:
        rule["amount"] = "15.00"
    TariffVersion.objects.filter(pk=first.pk).update(valid_to=date(2027, 4, 1))
    TariffVersion.objects.create(
        tariff=first.tariff,
        valid_from=date(2027, 4, 1),
        document=dearer,
        published_at=NOW,
    )

    [found] = search(pattern=WEEKLY).places

    # Five Tuesdays in March, five from April on, two hours each.
    assert (found.price.total, found.price.each) == (Decimal("250.00"), None)


def test_a_venue_without_rates_is_asked_for_its_price_never_free() -> None:
    a_room()

    [found] = search(pattern=WEEKLY).places

    assert found.price.kind is PriceKind.ASK
    assert found.price.total is None


def test_the_place_with_most_free_dates_comes_first() -> None:
    busy, free = a_room(), a_room()
    take(busy, 1)

    assert [found.space for found in search(pattern=WEEKLY).places] == [free, busy]


def test_the_nearer_of_two_equal_places_comes_first_with_its_walk() -> None:
    a_postcode()
    far = a_room(venue=VenueFactory(latitude=51.47))
    near = a_room(venue=VenueFactory(latitude=51.455))
    a_room(venue=VenueFactory(latitude=51.6))

    result = search(pattern=WEEKLY, near="ze74qb")

    assert [found.space for found in result.places] == [near, far]
    assert [found.walk_minutes for found in result.places] == [10, 37]


def test_a_small_group_is_led_to_half_the_hall_with_the_whole_named_too() -> None:
    hall = divisible_hall(capacity=100)
    for space in (hall.whole, hall.left, hall.right):
        open_daily(space, TUESDAY, days=80, opens=time(9), closes=time(22))
    take(hall.left, 0)

    [small] = search(pattern=WEEKLY, people=30).places
    [large] = search(pattern=WEEKLY, people=90).places

    assert small.space == hall.right
    assert [(also.space, also.free_count) for also in small.also] == [
        (hall.left, 9),
        (hall.whole, 9),
    ]
    assert (large.space, large.also) == (hall.whole, ())


def test_a_need_not_met_rules_out_and_one_not_checked_is_said_to_be_so() -> None:
    yes, unknown, no = a_room(), a_room(), a_room()
    say(yes, "hearing_loop", "yes")
    say(no, "hearing_loop", "no")

    shown = search(pattern=WEEKLY, needs=("hearing_loop",)).places
    certain = search(pattern=WEEKLY, needs=("hearing_loop",), unknowns=Unknowns.LEAVE_OUT).places

    assert [(found.space, found.needs[0].state) for found in shown] == [
        (yes, State.YES),
        (unknown, State.UNKNOWN),
    ]
    assert [found.space for found in certain] == [yes]


def test_unknown_hours_come_after_and_are_for_the_venue_to_say() -> None:
    unknown = SpaceFactory(hours_known=False)
    known = a_room()

    shown = search(pattern=WEEKLY).places

    assert [found.space for found in shown] == [known, unknown]
    assert shown[1].is_for_the_venue_to_say
    assert shown[1].free_count == 0
    assert search(pattern=WEEKLY, unknowns=Unknowns.LEAVE_OUT).count == 1


def test_dates_that_the_venue_s_rules_refuse_are_not_called_free() -> None:
    a_room(venue=VenueFactory(notice_hours=24 * 58))
    a_room(venue=VenueFactory(booking_window_days=60))
    a_room(least_minutes=180)

    shown = search(pattern=WEEKLY).places

    answers = [[answer.reasons for answer in found.not_free] for found in shown]
    assert answers == [[(WhyNot.TOO_LITTLE_NOTICE,)], [(WhyNot.TOO_FAR_AHEAD,)] * 9]


def test_places_booked_elsewhere_are_returned_apart() -> None:
    here = a_room()
    by_phone = VenueFactory(booking_mode=Venue.BookingMode.PHONE, phone="020 7946 0000")

    result = search(pattern=WEEKLY)

    assert [found.space for found in result.places] == [here]
    assert [ask.venue for ask in result.to_ask] == [by_phone]


def test_words_for_a_place_that_mean_nothing_are_said_to_mean_nothing() -> None:
    a_room()

    result = search(near="Atlantis")

    assert result.is_place_unknown
    assert result.count == 1
    assert result.places[0].metres is None


def test_nothing_found_says_which_wish_stands_in_the_way() -> None:
    a_postcode()
    space = a_room(capacity=40)
    say(space, "hearing_loop", "no")
    a_room(venue=VenueFactory(latitude=51.9), capacity=40)

    result = search(pattern=WEEKLY, near="ZE7 4QB", people=20, needs=("hearing_loop",))

    assert result.count == 0
    assert result.emptied_by == "hearing_loop"
    assert [(r.wish, r.venues) for r in result.relaxed] == [("hearing_loop", 1), ("near", 1)]


@pytest.mark.parametrize(
    ("fields", "wish"),
    [
        ({"people": 500}, "people"),
        ({"pattern": Pattern(first=TUESDAY, starts=time(3), ends=time(4))}, "times"),
        ({"space_kinds": ("pitch",)}, "rooms"),
        ({"venue_kinds": ("pub",)}, "kinds"),
        ({"text": "zeppelin hangar"}, "words"),
        ({"marks": ("study",)}, "study"),
        ({"layout": "theatre", "unknowns": Unknowns.LEAVE_OUT}, "layout"),
        ({"most_an_hour": 10}, "price"),
    ],
)
def test_each_wish_that_finds_nothing_is_named(fields: dict[str, Any], wish: str) -> None:
    a_room()

    result = search(**fields)

    assert result.count == 0
    assert result.emptied_by == wish
    assert [r.wish for r in result.relaxed] == [wish]


def test_searches_that_found_nothing_are_counted_without_a_person() -> None:
    place = a_postcode()
    space = a_room()
    say(space, "hearing_loop", "no")
    empty = search(pattern=WEEKLY, near="ZE7 4QB", needs=("hearing_loop",))

    assert record_miss(empty, now=NOW)
    assert record_miss(empty, now=NOW + timedelta(days=3))
    assert not record_miss(search(pattern=WEEKLY), now=NOW)

    [row] = SearchMiss.objects.all()
    assert (row.month, row.ward_id, row.daypart) == (date(2027, 1, 1), place.ward_id, "evening")
    assert (row.need, row.times) == ("hearing_loop", 2)


@pytest.mark.parametrize(
    "fields",
    [{"needs": ("teleport",)}, {"page": 0}, {"people": 0}, {"people": -4}, {"radius_m": 0}],
)
def test_malformed_questions_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        search(**fields)


def test_pages_hold_twenty_places_each_once() -> None:
    rooms = {a_room().pk for _n in range(45)}

    pages = [search(pattern=WEEKLY, page=page) for page in (1, 2, 3, 4)]

    assert [len(page.places) for page in pages] == [20, 20, 5, 0]
    assert (pages[0].count, pages[0].pages) == (45, 3)
    assert {found.space.pk for page in pages for found in page.places} == rooms


@pytest.mark.parametrize("count", [1, 200])
def test_a_search_costs_the_same_for_any_number_of_places(
    count: int, max_queries: Callable[[int], Any]
) -> None:
    a_postcode()
    for _n in range(count):
        space = a_room() if count == 1 else SpaceFactory(hours_known=False)
        if space.pk % 10 == 0:
            flat_rates(space.venue)
    VenueFactory(booking_mode=Venue.BookingMode.PHONE, phone="020 7946 0000")
    with max_queries(10):
        result = search(pattern=WEEKLY, near="ZE7 4QB", people=20, needs=("step_free",))
    assert result.count == count
    with max_queries(7):
        search(people=20)
    assert Span(at(TUESDAY, time(19)), at(TUESDAY, time(21))) == result.spans[0]
