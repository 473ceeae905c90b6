"""Desks that are alike: people ask for a number, and get desks that are free."""

from datetime import date, time

import pytest

from bookings.errors import DatesTaken
from bookings.models import Use
from bookings.requests import BookingRequest
from bookings.services import preview_booking, request_booking
from core.errors import BadInput, NotFound
from spaces.models import Pool
from tests.factories import SpaceFactory, UserFactory, VenueFactory, open_daily
from tests.factories.bookings import ADULT, NOW, book, evening, weekly

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)


def desks(count: int = 3) -> Pool:
    venue = VenueFactory()
    pool = Pool.objects.create(venue=venue, name="Desks")
    for n in range(count):
        desk = SpaceFactory(venue=venue, pool=pool, name=f"Desk {n + 1}", position=n, capacity=1)
        open_daily(desk, date(2027, 1, 4), days=60, opens=time(8), closes=time(23))
    return pool


def ask(pool: Pool, quantity: int, **fields: object) -> BookingRequest:
    return BookingRequest(
        venue_id=pool.venue_id,
        space_ids=(),
        pools=((pool.pk, quantity),),
        pattern=fields.pop("pattern", evening(DAY)),
        title="Work",
        people=1,
        responsible_adult=ADULT,
        **fields,
    )


def names() -> list[str]:
    return sorted(Use.objects.values_list("space__name", flat=True))


def test_each_gets_another_desk_until_there_is_none():
    pool = desks()
    for _n in range(3):
        request_booking(ask(pool, 1), actor=UserFactory(), now=NOW)
    assert names() == ["Desk 1", "Desk 2", "Desk 3"]
    with pytest.raises(DatesTaken):
        request_booking(ask(pool, 1), actor=UserFactory(), now=NOW)


def test_two_desks_at_once_pass_over_the_one_that_is_taken():
    pool = desks()
    book(pool.spaces.get(name="Desk 1"), people=1)
    request_booking(ask(pool, 2), actor=UserFactory(), now=NOW)
    assert names() == ["Desk 1", "Desk 2", "Desk 3"]


def test_a_series_gets_the_desk_that_is_free_on_all_its_dates():
    pool = desks(2)
    book(pool.spaces.get(name="Desk 1"), people=1, pattern=evening(date(2027, 1, 19)))
    booking = request_booking(ask(pool, 1, pattern=weekly(DAY, 3)), actor=UserFactory(), now=NOW)
    used = Use.objects.filter(occurrence__booking=booking).values_list("space__name", flat=True)
    assert set(used) == {"Desk 2"}


def test_looking_ahead_names_the_desk():
    plan = preview_booking(ask(desks(), 1), actor=UserFactory(), now=NOW)
    assert [space.name for space in plan.land.spaces] == ["Desk 1"]


@pytest.mark.parametrize("quantity", [0, -1, 4, 1000])
def test_more_or_fewer_than_there_are_is_refused(quantity):
    with pytest.raises(BadInput):
        request_booking(ask(desks(), quantity), actor=UserFactory(), now=NOW)


def test_a_pool_of_another_venue_is_not_found():
    pool, other = desks(), desks()
    request = ask(pool, 1)
    wrong = BookingRequest(
        venue_id=other.venue_id,
        space_ids=(),
        pools=request.pools,
        pattern=request.pattern,
        title="Work",
        people=1,
        responsible_adult=ADULT,
    )
    with pytest.raises(NotFound):
        request_booking(wrong, actor=UserFactory(), now=NOW)
