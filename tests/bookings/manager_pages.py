"""A hall, its manager and a Tuesday: what the tests of a manager's time pages share."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Booking
from core import clock
from spaces.models import (
    Space,
)
from tests.factories import SpaceFactory, VenueFactory, open_always
from tests.factories.bookings import book, evening
from tests.factories.roles import VenueRoleFactory
from tests.factories.tariffs import flat_rates


@pytest.fixture
def hall() -> Space:
    space = SpaceFactory(venue=VenueFactory(booking_window_days=120), name="Main Hall")
    open_always(space, clock.now(), days=180)
    flat_rates(space.venue)
    return space


@pytest.fixture
def manager(client: Client, hall: Space) -> Client:
    client.force_login(VenueRoleFactory(venue=hall.venue).user)
    return client


@pytest.fixture
def tuesday() -> date:
    day = clock.today() + timedelta(days=21)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def url(name: str, space: Space, *more: Any) -> str:
    return reverse(name, args=[space.venue.slug, *more])


def date_parts(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def booked(space: Space, day: date, **fields: Any) -> Booking:
    return book(space, now=clock.now(), pattern=evening(day), **fields)


def state(booking: Booking) -> str:
    (only,) = set(booking.occurrences.values_list("state", flat=True))
    return only


def digest(page: Any) -> str:
    return str(page.context["digest"])
