"""The harness itself: racers are real, start together, and report what happened."""

import os

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.timezone import now

from tests.races.harness import race, race_processes


def take(key: str) -> int:
    """What each process does in the test below."""
    Session.objects.create(session_key=key, session_data="", expire_date=now())
    return os.getpid()


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_threads_have_a_connection_each() -> None:
    outcomes = race([backend] * 4)
    assert len({outcome.value for outcome in outcomes}) == 4


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_threads_takes_a_key() -> None:
    outcomes = race([lambda: take("thread")] * 6)
    assert [outcome.won for outcome in outcomes].count(True) == 1
    assert {type(o.error).__name__ for o in outcomes if not o.won} == {"IntegrityError"}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_processes_takes_a_key_in_this_test_database() -> None:
    target = f"{__name__}:take"
    outcomes = race_processes(target, [("process",)] * 3)
    winners = [outcome.value for outcome in outcomes if outcome.won]
    assert len(winners) == 1
    assert winners[0] != os.getpid()
    assert Session.objects.filter(session_key="process").exists()
