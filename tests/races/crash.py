"""The database server dies in the middle of things and comes back: `python -m tests.races.crash`.

Runs on a server of its own below OPENHALL_VAR, with everything written to disk as in the demo.
Arguments: for how many seconds, and a folder for mails.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django
import psutil
from django.db import connections

from config.embedded import place, server

_FEWEST = 6


def main(seconds: float, folder: Path) -> int:
    """How many rounds were done."""
    chance = random.Random()
    here = server.Use(place.demo_place())
    here.acquire()
    server.create_database(here.place, "openhall")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    try:
        until = time.monotonic() + seconds
        rounds = 0
        while rounds < _FEWEST or time.monotonic() < until:
            cut = partial(_kill_server if rounds % 2 else _kill_backend, here)
            _round(rounds, cut, chance, folder)
            rounds += 1
        return rounds
    finally:
        connections.close_all()
        here.release()
        server.remove(here.place)


def _round(n: int, cut: Callable[[int], None], chance: random.Random, folder: Path) -> None:
    from spaces.models import Venue
    from tests.factories import UserFactory
    from tests.notices import killed as workers
    from tests.races import victims

    kind = n // 2 % 3
    if kind == 0:
        hall = victims.scene(Venue.Confirmation.INSTANT)
        work = partial(victims.make_series, hall, UserFactory(), 0)
        victims.cut_off(work, cut, after=chance.uniform(0.02, 0.8))
    elif kind == 1:
        hall = victims.scene(Venue.Confirmation.REQUEST)
        ids = [victims.book_slot(hall, slot, UserFactory()).pk for slot in range(3)]
        work = partial(victims.approve_each, hall, ids)
        victims.cut_off(work, cut, after=chance.uniform(0.01, 0.4))
    else:
        mails = folder / str(n)
        mails.mkdir()
        ids = victims.owe(20)
        work = partial(workers.work, str(mails), victims.SLOW)
        try:
            victims.cut_off(work, cut, after=chance.uniform(0.3, 1.2))
        finally:
            connections.close_all()
        victims.deliver_what_is_left(mails)
        victims.each_arrived(ids, mails)
    connections.close_all()
    victims.nothing_is_half_done()


def _kill_server(here: server.Use, _backend: int) -> None:
    """kill -9 of the first process; those it left notice, and it is started again."""
    found = server.server_process(here.place)
    assert found is not None
    left = found.children()
    found.kill()
    psutil.wait_procs([found, *left], timeout=30)
    here.revive()


def _kill_backend(here: server.Use, backend: int) -> None:
    """kill -9 of the process that serves us: the server drops everybody and recovers."""
    try:
        os.kill(backend, signal.SIGKILL)
    except ProcessLookupError:
        return
    psutil.wait_procs([psutil.Process(backend)] if psutil.pid_exists(backend) else [], timeout=30)
    _wait_until_it_answers(here)


def _wait_until_it_answers(here: server.Use) -> None:
    import psycopg

    until = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(here.place.url("openhall")).close()
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = main(float(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{done}\n")
