"""The page of a venue on a Tuesday morning in January, read as people read it."""

import re
from datetime import date, time
from html import unescape

import pytest
from django.test import Client

from core import clock
from spaces.models import Space, Venue
from tests.factories import SpaceFactory, open_daily
from tests.factories.bookings import NOW
from tests.factories.tariffs import flat_rates


@pytest.fixture(autouse=True)
def at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tuesday morning in January."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def hall(**fields: object) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, date(2027, 1, 4), days=430, opens=time(9), closes=time(22))
    flat_rates(space.venue)
    return space


def read(client: Client, venue: Venue, query: str = "") -> str:
    """The page's words as people read them, in one line."""
    answer = client.get(f"/venues/{venue.slug}/{query}")
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def plain(page: str) -> str:
    """Without the tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())
