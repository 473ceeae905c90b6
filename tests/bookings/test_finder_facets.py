"""Narrowing a list: words, kinds, marks, layouts and price, counted before anybody chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

import pytest

from accounts.models import HirerCategory
from bookings.finder import CEILINGS, LAYOUTS, FindQuery, FindResult, Mark, Unknowns, find
from spaces.access_facts import NEEDS
from spaces.models import Facility, Layout, QuietSpan, Space, TimeRule, VenueKind
from spaces.timetable import Pattern, store
from tariffs.models import GuidePrice
from tests.factories import SpaceFactory, VenueFactory, divisible_hall, open_daily
from tests.factories.access import say

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
MONDAY = date(2027, 1, 4)
_KINDS = ("library", "pub", "school", "cafe")
EVENING = Pattern(first=date(2027, 1, 12), starts=time(19), ends=time(21))


def search(**fields: Any) -> FindResult:
    return find(FindQuery(with_facets=True, **fields), now=NOW)


def counts(result: FindResult, slug: str) -> dict[str, int]:
    (facet,) = [facet for facet in result.facets if facet.slug == slug]
    return {option.value: option.count for option in facet.options}


def names(result: FindResult) -> list[str]:
    return [found.venue.name for found in result.places]


def guide(space: Space, amount: str | None, category: str = HirerCategory.COMMUNITY) -> None:
    for daypart in GuidePrice.Daypart.values:
        GuidePrice.objects.create(
            space=space,
            category=category,
            daypart=daypart,
            amount=None if amount is None else Decimal(amount),
        )


def open_from(space: Space, opens: int, closes: int, *, days: int = 60) -> None:
    open_daily(space, MONDAY, days=days, opens=time(opens), closes=time(closes))


def quiet(space: Space, starts: datetime, hours: int, loudest: int = 2) -> None:
    QuietSpan.objects.create(
        space=space,
        rule=TimeRule.objects.create(
            space=space,
            kind=TimeRule.Kind.QUIET,
            series=store(EVENING, calendar_slug="quiet", title="Quiet"),
            loudest=loudest,
        ),
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        loudest=loudest,
    )


def a_place_of(random: Random, number: int) -> None:
    """One space of its own, with everything that a list may be narrowed by."""
    space = SpaceFactory(
        venue__name=f"Place {number}",
        venue__kind=random.choice(["library", "pub", "school"]),
        kind=random.choice([Space.Kind.HALL, Space.Kind.ROOM]),
        capacity=random.choice([None, 20, 60]),
    )
    open_from(space, 9, random.choice([18, 23]), days=random.choice([4, 60]))
    for code in ("study_space", "free_to_use"):
        if random.random() < 0.6:
            of = space if random.random() < 0.3 else None
            value = random.choice(["yes", "yes", "no", "unknown"])
            Facility.objects.create(venue=space.venue, space=of, code=code, value=value)
    for kind in random.sample(LAYOUTS, random.randrange(3)):
        Layout.objects.create(space=space, kind=kind, people=random.choice([10, 30, 60]))
    if random.random() < 0.7:
        guide(space, random.choice([None, "0", "9.50", "15", "40"]))
    for code in ("entrance_step_free", "internal_route_step_free", "hearing_loop"):
        if random.random() < 0.7:
            say(space, code, random.choice(["yes", "yes", "no"]))
    if random.random() < 0.4:
        quiet(space, datetime(2027, 1, 12, random.choice([10, 18]), tzinfo=UTC), 4)


def _choices(base: FindQuery) -> list[tuple[str, str, FindQuery]]:
    """Choices of each group, with the search that has them."""
    return [
        *(("kinds", kind, replace(base, venue_kinds=(kind,))) for kind in _KINDS),
        *(("rooms", kind, replace(base, space_kinds=(kind,))) for kind in ("hall", "desk")),
        *(
            ("needs", need, replace(base, needs=tuple(dict.fromkeys((*base.needs, need)))))
            for need in ("step_free", "hearing_loop", "parking")
        ),
        *(
            ("marks", mark.value, replace(base, marks=tuple({*base.marks, mark.value})))
            for mark in Mark
        ),
        *(("layout", layout, replace(base, layout=layout)) for layout in LAYOUTS),
        *(("price", str(most), replace(base, most_an_hour=most)) for most in CEILINGS),
    ]


@pytest.mark.parametrize(
    "base",
    [
        FindQuery(),
        FindQuery(pattern=EVENING, people=20, unknowns=Unknowns.LEAVE_OUT),
        FindQuery(venue_kinds=("library", "pub"), needs=("step_free",), layout="theatre"),
        FindQuery(people=25, most_an_hour=15, marks=("open_late",)),
    ],
)
def test_every_count_is_what_choosing_it_would_leave(base: FindQuery) -> None:
    random = Random(27)
    for number in range(40):
        a_place_of(random, number)
    result = find(replace(base, with_facets=True), now=NOW)
    assert sum(counts(result, "kinds").values()) > 5

    for slug, value, query in _choices(base):
        assert counts(result, slug)[value] == find(query, now=NOW).count, (slug, value)
    any_price = replace(base, most_an_hour=None)
    priced = replace(any_price, most_an_hour=1_000_000)
    unpriced = find(any_price, now=NOW).count - find(priced, now=NOW).count
    assert counts(result, "ask_price") == {"on": unpriced}


@pytest.mark.parametrize(
    "asked",
    [
        {"needs": ("step_free", "hearing_loop")},
        {"pattern": EVENING, "people": 20, "needs": ("step_free",)},
        {"pattern": EVENING, "unknowns": Unknowns.LEAVE_OUT, "needs": ("step_free",)},
    ],
)
def test_a_search_that_counts_nothing_finds_the_same(
    asked: dict[str, Any], count_queries: Callable[[Callable[[], object]], int]
) -> None:
    random = Random(28)
    for number in range(40):
        a_place_of(random, number)
    counted = search(**asked)
    plain = FindQuery(**asked)
    found = find(plain, now=NOW)

    assert counted.facets
    assert found.facets == ()
    assert found.count or found.relaxed
    assert found == replace(counted, query=plain, facets=())
    costs = [count_queries(partial(find, q, now=NOW)) for q in (plain, counted.query)]
    assert costs[0] == costs[1] - 1


def test_every_choice_is_offered_once() -> None:
    SpaceFactory()
    offered = {facet.slug: [option.value for option in facet.options] for facet in search().facets}
    assert offered["kinds"] == VenueKind.values
    assert offered["needs"] == list(NEEDS)
    assert list(offered) == ["kinds", "rooms", "needs", "marks", "layout", "price", "ask_price"]


def test_a_venue_is_counted_once_however_many_rooms_it_has() -> None:
    divisible_hall(capacity=100)
    result = search()
    assert result.count == 1
    assert max(counts(result, "kinds").values()) == 1


@pytest.mark.parametrize("typed", ["library", "librarys", "Zoë's", "zoes", "zoës libary"])
def test_words_find_a_place_by_kind_and_name_however_they_are_spelt(typed: str) -> None:
    SpaceFactory(venue__name="Zoë's Library", venue__kind="library")
    SpaceFactory(venue__name="Mill Lane", venue__kind="pub")
    assert names(search(text=typed)) == ["Zoë's Library"]


def test_the_best_match_comes_first_unless_a_place_is_named() -> None:
    SpaceFactory(venue__name="Harbour rooms", venue__description="Near the old chapel.")
    SpaceFactory(venue__name="Chapel chapel", venue__description="A chapel.")
    assert names(search(text="chapel")) == ["Chapel chapel", "Harbour rooms"]


def test_words_that_fit_nothing_say_so_and_what_comes_back_without_them() -> None:
    SpaceFactory()
    result = search(text="zeppelin hangar")
    assert (result.count, result.emptied_by) == (0, "words")
    assert [(one.wish, one.venues) for one in result.relaxed] == [("words", 1)]


def test_words_find_places_that_are_only_asked_for() -> None:
    VenueFactory(name="Mill plots", kind="allotment", booking_mode="ask", how_to_ask="Write to us.")
    assert [one.venue.name for one in search(text="allotment").to_ask] == ["Mill plots"]
    assert not search(text="zeppelin").to_ask


def test_late_and_weekend_opening_are_read_from_the_hours() -> None:
    late = SpaceFactory(venue__name="Late")
    open_from(late, 12, 22, days=2)
    week = SpaceFactory(venue__name="Daily")
    open_from(week, 9, 21)
    assert names(search(marks=("open_late",))) == ["Late"]
    assert names(search(marks=("open_weekend",))) == ["Daily"]
    assert not search(marks=("open_late", "open_weekend")).count


def test_quiet_is_asked_of_the_dates_where_there_are_any() -> None:
    space = SpaceFactory(venue__name="Hushed")
    open_from(space, 9, 23)
    quiet(space, datetime(2027, 1, 12, 18, tzinfo=UTC), 4)
    lively = SpaceFactory()
    open_from(lively, 9, 23)
    quiet(lively, datetime(2027, 1, 12, 18, tzinfo=UTC), 4, loudest=3)
    assert names(search(marks=("quiet_times",))) == ["Hushed"]
    assert names(search(marks=("quiet_times",), pattern=EVENING)) == ["Hushed"]
    morning = replace(EVENING, starts=time(9), ends=time(10))
    assert not search(marks=("quiet_times",), pattern=morning).count


def test_thirty_people_in_rows_of_chairs() -> None:
    space = SpaceFactory(capacity=80, venue__name="Rows")
    Layout.objects.create(space=space, kind="theatre", people=30)
    small = SpaceFactory(capacity=80)
    Layout.objects.create(space=small, kind="theatre", people=29)
    unsaid = SpaceFactory(capacity=80, venue__name="Unsaid")
    assert unsaid
    rows = {"layout": "theatre", "people": 30}
    assert names(search(**rows, unknowns=Unknowns.LEAVE_OUT)) == ["Rows"]
    assert set(names(search(**rows))) == {"Rows", "Unsaid"}


def test_a_price_ceiling_is_for_this_kind_of_hirer_and_keeps_places_to_ask_apart() -> None:
    cheap = SpaceFactory(venue__name="Cheap")
    guide(cheap, "15.00")
    guide(cheap, "30.00", HirerCategory.COMMERCIAL)
    SpaceFactory(venue__name="Unpriced")
    assert names(search(most_an_hour=15)) == ["Cheap"]
    assert not search(most_an_hour=15, category=HirerCategory.COMMERCIAL).count
    assert set(names(search(most_an_hour=15, ask_price=True))) == {"Cheap", "Unpriced"}


def test_somewhere_to_study_that_is_not_booked_here_is_worth_asking() -> None:
    library = VenueFactory(name="Reading room", booking_mode="phone", phone="020 7946 0000")
    Facility.objects.create(venue=library, code="study_space", value="yes")
    VenueFactory(name="Scout hut", booking_mode="phone", phone="020 7946 0000")
    asked = search(marks=("study",)).to_ask
    assert [one.venue.name for one in asked] == ["Reading room"]


def test_a_search_with_everything_costs_the_same_for_one_place_and_for_many(
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    def a_match() -> None:
        space = SpaceFactory(venue__name="Mill hall", venue__kind="library", capacity=50)
        open_from(space, 9, 23)
        guide(space, "5.00")
        Layout.objects.create(space=space, kind="theatre", people=50)
        Facility.objects.create(venue=space.venue, code="study_space", value="yes")

    query = FindQuery(
        with_facets=True,
        text="mill",
        people=30,
        layout="theatre",
        most_an_hour=10,
        marks=("study", "open_late"),
    )
    a_match()
    one = count_queries(lambda: find(query, now=NOW))
    for _n in range(30):
        a_match()
    assert find(query, now=NOW).count == 31
    assert count_queries(lambda: find(query, now=NOW)) == one
