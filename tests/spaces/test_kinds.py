"""What fits the kind of a venue, in the services and in the database itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import BadInput, NotAllowed, StateConflict
from spaces.models import Facility, Space, StockItem, Venue, VenueKind
from spaces.models.venue import NOT_BY_THE_HOUR
from spaces.services import catalogue
from spaces.services.lending import set_stock
from spaces.services.publishing import publish_venue
from spaces.services.rooms import NewRoom, add_rooms
from tests.factories import SpaceFactory, UserFactory, VenueFactory, open_always
from tests.factories.bookings import book, evening

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


@pytest.mark.parametrize("kind", NOT_BY_THE_HOUR)
def test_the_database_books_no_plot_street_or_market_here(kind: str) -> None:
    with pytest.raises(IntegrityError, match="not_by_the_hour"), transaction.atomic():
        VenueFactory(kind=kind)
    with pytest.raises(IntegrityError, match="says_how"), transaction.atomic():
        VenueFactory(kind=kind, booking_mode="ask")
    assert VenueFactory(kind=kind, booking_mode="ask", how_to_ask="Write to us.").pk


@pytest.mark.parametrize(
    "wrong",
    [{"website": ""}, {"address": "1 High Street"}, {"postcode": "DA1 1AA"},
     {"latitude": 51.4, "longitude": 0.1}],
)  # fmt: skip
def test_the_database_gives_a_digital_space_a_link_and_no_address(wrong: dict[str, Any]) -> None:
    right = {"website": "https://meet.example.org/", "latitude": None, "longitude": None}
    with pytest.raises(IntegrityError, match="digital"), transaction.atomic():
        VenueFactory(kind=VenueKind.DIGITAL, **(right | wrong))
    assert VenueFactory(kind=VenueKind.DIGITAL, **right).pk


def test_nothing_is_counted_that_is_not_there() -> None:
    with pytest.raises(IntegrityError, match="counted_only"), transaction.atomic():
        Facility.objects.create(venue=VenueFactory(), code="car_park", value="no", quantity=4)


def plots(**fields: Any) -> Venue:
    return VenueFactory(kind="allotment", booking_mode="ask", how_to_ask="Write.", **fields)


def test_a_plot_cannot_be_made_bookable() -> None:
    venue = plots()
    with pytest.raises(BadInput):
        catalogue.create_space(Space(venue=venue, name="Plot 1"), actor=None, now=clock.now())
    [plot] = add_rooms(venue, [NewRoom("Plot", Space.Kind.OUTDOOR)], actor=None, now=clock.now())
    plot.is_bookable = True
    with pytest.raises(BadInput):
        catalogue.update_space(plot, actor=None, now=clock.now())


def become_allotment(venue: Venue) -> None:
    venue.kind, venue.booking_mode, venue.how_to_ask = VenueKind.ALLOTMENT, "ask", "Write."
    catalogue.update_venue(venue, actor=None, now=clock.now())


def test_a_hall_becomes_an_allotment_only_when_nothing_is_booked() -> None:
    space, now = SpaceFactory(), clock.now()
    open_always(space, now)
    become_allotment(SpaceFactory().venue)
    book(space, actor=UserFactory(), now=now, pattern=evening(clock.today() + timedelta(days=2)))
    with pytest.raises(StateConflict):
        become_allotment(space.venue)
    space.refresh_from_db()
    assert space.is_bookable
    assert Space.objects.filter(venue__kind="allotment", is_bookable=True).count() == 0


def test_only_those_who_run_it_publish_a_draft_or_lend_things() -> None:
    venue = SpaceFactory(venue__visibility="draft").venue
    for act in (
        lambda: publish_venue(venue, actor=UserFactory(), now=clock.now()),
        lambda: set_stock(venue, {"Chairs": 3}, actor=UserFactory(), now=clock.now()),
        lambda: add_rooms(venue, [], actor=UserFactory(), now=clock.now()),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not StockItem.objects.exists()


@pytest.mark.parametrize("quantities", [{"": 1}, {"x" * 81: 1}, {"Chairs": 0}, {"Cha\x00irs": 1}])
def test_a_list_of_things_that_makes_no_sense_is_refused(quantities: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        set_stock(VenueFactory(), quantities, actor=None, now=clock.now())
