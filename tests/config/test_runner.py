"""The runner on a database of its own: starts, survives kills, and leaves nothing behind."""

import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from config.embedded import place, server
from config.environment import ROOT
from tests.config.running import Running

pytestmark = pytest.mark.machine


def test_it_serves_survives_kills_and_stops_at_ctrl_c(running: Running) -> None:
    runner = running.start()
    assert running.answers()

    (web,) = running.children("gunicorn")
    web.kill()
    running.wait_until(lambda: "The web server had stopped" in running.said())
    running.wait_until(running.answers)

    (worker,) = running.children("procrastinate")
    worker.kill()
    running.wait_until(lambda: "The worker had stopped" in running.said())
    running.wait_until(lambda: bool(running.children("procrastinate")))

    database = server.server_process(place.demo_place())
    assert database is not None
    database.kill()
    running.wait_until(lambda: "The database had stopped" in running.said())
    running.wait_until(running.answers)

    begun = time.monotonic()
    family = psutil.Process(runner.pid).children(recursive=True)
    runner.send_signal(signal.SIGINT)
    assert runner.wait(30) == 0
    assert time.monotonic() - begun < 10
    assert "Openhall has stopped." in running.said()
    assert not [process for process in family if process.is_running()]
    assert server.server_process(place.demo_place()) is None


def test_killing_the_runner_ends_everything(running: Running) -> None:
    runner = running.start()
    family = psutil.Process(runner.pid).children(recursive=True)
    assert len(family) >= 4
    runner.kill()
    runner.wait(10)
    _gone, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    running.wait_until(lambda: server.server_process(place.demo_place()) is None, 20)


def test_a_taken_port_is_told_in_a_sentence_and_nothing_is_started(running: Running) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", running.port))
        taken.listen()
        running.process = subprocess.Popen(
            [sys.executable, "-m", "config.runner", "serve"],
            cwd=ROOT, env=running.variables, stdout=subprocess.PIPE,
        )  # fmt: skip
        said, _ = running.process.communicate(timeout=30)
    assert running.process.returncode == 1
    assert f"PORT={running.port + 1} make demo" in said.decode()
    assert server.server_process(place.demo_place()) is None
