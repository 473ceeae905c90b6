"""The whole demo: as much as was promised, in the time that was promised."""

import time

import pytest

from accounts.models import Organisation
from bookings.models import Occurrence
from core.clock import start_of_day
from demo.load import load
from spaces import drift
from spaces.models import Space, Venue
from tests.demo.conftest import TODAY, in_silence

MOST_SECONDS = 120


@pytest.mark.soak
@pytest.mark.django_db
def test_two_years_of_bookings_are_loaded_in_two_minutes() -> None:
    began = time.monotonic()
    load(today=TODAY, say=in_silence)
    assert time.monotonic() - began < MOST_SECONDS
    assert Venue.objects.count() >= 45
    assert Space.objects.count() >= 130
    assert Organisation.objects.count() >= 70
    assert 25_000 < Occurrence.objects.count() < 36_000
    assert list(drift.differences(now=start_of_day(TODAY))) == []
