"""Loading is all or nothing, the same each time, and only where the demo is wanted."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from bookings.models import Occurrence
from core.errors import StateConflict
from demo.content.people import LOG_INS, PASSWORD
from demo.load import Reach, is_loaded, load
from tests.demo.conftest import TODAY, in_silence
from tests.demo.digest import digest

pytestmark = pytest.mark.django_db
A_FORTNIGHT = Reach(days_back=10, days_ahead=4)


class PulledPlugError(Exception):
    """The machine stopped."""


def stop_at_prices(words: str) -> None:
    if words.startswith("prices"):
        raise PulledPlugError


@pytest.mark.parametrize("command", ["load_demo", "demo_logins"])
def test_there_is_no_demo_where_it_is_not_wanted(command: str, settings: Any) -> None:
    settings.OPENHALL_DEMO = False
    with pytest.raises(CommandError, match="OPENHALL_DEMO"):
        call_command(command)
    assert not User.objects.exists()


def test_a_load_that_stops_midway_leaves_nothing_and_can_be_done_again() -> None:
    with pytest.raises(PulledPlugError):
        load(today=TODAY, say=stop_at_prices, reach=A_FORTNIGHT)
    assert not User.objects.exists()
    assert not is_loaded()
    load(today=TODAY, say=in_silence, reach=A_FORTNIGHT)
    assert is_loaded()
    with pytest.raises(StateConflict):
        load(today=TODAY, say=in_silence, reach=A_FORTNIGHT)


def test_the_same_day_gives_the_same_demo() -> None:
    found = []
    for _time in range(2):
        with transaction.atomic():
            load(today=TODAY, say=in_silence, reach=A_FORTNIGHT)
            found.append(digest())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_a_second_load_if_empty_does_nothing(settings: Any) -> None:
    settings.OPENHALL_DEMO = True
    load(today=TODAY, say=in_silence, reach=A_FORTNIGHT)
    before = Occurrence.objects.count()
    call_command("load_demo", "--if-empty", stdout=io.StringIO())
    assert Occurrence.objects.count() == before
    with pytest.raises(CommandError, match="already"):
        call_command("load_demo", stdout=io.StringIO())
    said = io.StringIO()
    call_command("demo_logins", stdout=said)
    assert all(entry.email in said.getvalue() for entry in LOG_INS)
    assert PASSWORD in said.getvalue()
