"""Callers of the programming interface: anybody, and a person with a token."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from api import tokens
from core import clock
from spaces.models import Space
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.tariffs import flat_rates

# A Tuesday; far enough from both clock changes.
NOW = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`frozen(instant)` sets the one clock of the project."""

    def at(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    at(NOW)
    return at


@pytest.fixture
def anybody() -> APIClient:
    return APIClient()


@pytest.fixture
def signed() -> Callable[[User], APIClient]:
    """A client that sends a token of the person."""

    def with_token(user: User) -> APIClient:
        fresh = tokens.create_token(name="tests", days=30, actor=user, now=clock.now())
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {fresh.secret}")
        return client

    return with_token


@pytest.fixture
def person(db: None) -> User:
    return UserFactory()


@pytest.fixture
def hall(db: None) -> Space:
    """Open every day from 8am to 11pm, £10 an hour."""
    space = SpaceFactory(capacity=80)
    open_daily(space, date(2027, 1, 1), days=200, opens=time(8), closes=time(23))
    flat_rates(space.venue)
    return space


@pytest.fixture
def no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the limits, whose counters are rows of the database too."""
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)
