"""kill -9 at any moment: all of it happened or none of it, and everybody is told."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bookings.models import Booking, State
from config.embedded import place, server
from config.environment import ROOT
from notices.delivery import Outcome, deliver
from spaces.models import Venue
from tests.factories import UserFactory
from tests.factories.bookings import NOW
from tests.notices import killed as workers
from tests.plugins.rounds import Soak
from tests.races import victims

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def of_state(state: State) -> int:
    return Booking.objects.filter(occurrences__state=state).distinct().count()


def one_kill_while_booking(chance: random.Random, *, seconds: float = 0.6) -> None:
    here = victims.scene(Venue.Confirmation.INSTANT)
    work = partial(victims.make_series, here, UserFactory(), 0)
    assert victims.killed(work, after=chance.uniform(0.02, seconds))
    victims.nothing_is_half_done()


def one_kill_while_approving(chance: random.Random, *, series: int = 2) -> None:
    here = victims.scene(Venue.Confirmation.REQUEST)
    ids = [victims.book_slot(here, n, UserFactory()).pk for n in range(series)]
    before = of_state(State.CONFIRMED)
    was_killed = victims.killed(
        partial(victims.approve_each, here, ids), after=chance.uniform(0.01, 0.3)
    )
    victims.nothing_is_half_done()
    done = of_state(State.CONFIRMED) - before
    assert 0 <= done <= series
    assert was_killed or done == series


def one_kill_while_cancelling(chance: random.Random, *, series: int = 2) -> None:
    here = victims.scene(Venue.Confirmation.INSTANT)
    ids = [victims.book_slot(here, n, UserFactory()).pk for n in range(series)]
    before = of_state(State.CANCELLED_BY_HIRER)
    was_killed = victims.killed(partial(victims.cancel_each, ids), after=chance.uniform(0.01, 0.3))
    victims.nothing_is_half_done()
    done = of_state(State.CANCELLED_BY_HIRER) - before
    assert was_killed or done == series


def one_kill_while_expiring(chance: random.Random, *, series: int = 2) -> None:
    here = victims.scene(Venue.Confirmation.REQUEST)
    ids = [victims.book_slot(here, n, UserFactory()).pk for n in range(series)]
    victims.killed(victims.expire_all, after=chance.uniform(0.01, 0.3))
    victims.nothing_is_half_done(now=victims.LATER)
    victims.expire_all()
    victims.nothing_is_half_done(now=victims.LATER)
    left = Booking.objects.filter(pk__in=ids).exclude(occurrences__state=State.EXPIRED)
    assert not left.exists()


KILLS = [
    one_kill_while_booking,
    one_kill_while_approving,
    one_kill_while_cancelling,
    one_kill_while_expiring,
]


@pytest.mark.parametrize("kill", KILLS)
def test_a_killed_process_leaves_nothing_half_done(kill) -> None:
    chance = random.Random(f"{kill.__name__} 2027")
    for _n in range(2):
        kill(chance)


@pytest.mark.soak
@pytest.mark.parametrize("kill", KILLS)
def test_killed_processes_never_leave_anything_half_done(kill, soak: Soak) -> None:
    chance = random.Random()
    for _n in soak.rounds():
        kill(chance)


def end_backend(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


def test_a_lost_connection_leaves_nothing_half_done() -> None:
    chance = random.Random(2027)
    for _n in range(3):
        here = victims.scene(Venue.Confirmation.INSTANT)
        work = partial(victims.make_series, here, UserFactory(), 0)
        victims.cut_off(work, end_backend, after=chance.uniform(0.02, 0.5))
        victims.nothing_is_half_done()


def deliver_with_a_kill(folder: Path, *, mails: int, after: float) -> None:
    """A worker is killed among `mails`, another one takes over: each arrives, at worst twice."""
    ids = victims.owe(mails)
    victims.killed(partial(workers.work, str(folder), victims.SLOW), after=after)
    victims.deliver_what_is_left(folder)
    victims.each_arrived(ids, folder)


def test_a_killed_worker_loses_no_mail_and_repeats_one_at_worst(tmp_path: Path) -> None:
    deliver_with_a_kill(tmp_path, mails=20, after=0.5)


def test_a_mail_server_that_takes_its_time_is_waited_for(tmp_path: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = victims.SLOW, tmp_path
    (one,) = victims.owe(1)
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '10ms'")
    try:
        assert deliver(one, now=NOW) is Outcome.SENT
    finally:
        connection.close()
    victims.each_arrived({one}, tmp_path)


@pytest.mark.soak
def test_killed_workers_never_lose_a_mail(tmp_path: Path, soak: Soak) -> None:
    chance = random.Random()
    for n in soak.rounds():
        folder = tmp_path / str(n)
        folder.mkdir()
        deliver_with_a_kill(folder, mails=20, after=chance.uniform(0.2, 1.2))


@pytest.mark.soak
@pytest.mark.machine
def test_a_database_that_dies_leaves_nothing_half_done(
    tmp_path: Path, soak: Soak, monkeypatch: pytest.MonkeyPatch
) -> None:
    var, mails = tmp_path / "var", tmp_path / "mails"
    var.mkdir()
    mails.mkdir()
    monkeypatch.setattr(place, "VAR", var)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OPENHALL_")}
    kept.pop("DATABASE_URL", None)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.races.crash", str(soak.seconds), str(mails)],
            cwd=ROOT, env=kept | {"OPENHALL_VAR": str(var)}, capture_output=True, text=True,
            check=False, timeout=soak.seconds + 240,
        )  # fmt: skip
    finally:
        server.remove(place.demo_place())
        shutil.rmtree(place.demo_place().base, ignore_errors=True)
    assert ran.returncode == 0, ran.stderr[-4000:]
    soak.said(int(ran.stdout))
