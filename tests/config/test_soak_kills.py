"""For as long as asked: kill something, at random but repeatably, and see it come back."""

import random
import time

import pytest

from config.embedded import place, server
from tests.config.running import Running
from tests.plugins.rounds import Soak


@pytest.mark.soak
def test_whatever_is_killed_comes_back(running: Running, soak: Soak) -> None:
    chance = random.Random(2027)
    deadline = time.monotonic() + soak.seconds
    running.start()
    rounds = 0
    while time.monotonic() < deadline or rounds < 3:
        victim = ("web", "worker", "database")[rounds] if rounds < 3 else chance.choice(
            ["web", "worker", "database"]
        )  # fmt: skip
        if victim == "database":
            process = server.server_process(place.demo_place())
            found = [process] if process else []
        else:
            found = running.children("gunicorn" if victim == "web" else "procrastinate")
        assert found, f"no {victim} to kill in round {rounds}: {running.said()}"
        found[0].kill()
        found[0].wait(10)
        # The killed server's own children may still answer: wait for the new one first.
        for word in ("gunicorn", "procrastinate"):
            running.wait_until(lambda word=word: len(running.children(word)) == 1)  # type: ignore[misc]
        running.wait_until(lambda: server.server_process(place.demo_place()) is not None)
        running.wait_until(running.answers)
        rounds += 1
        soak.said(rounds)
    running.process.terminate()
    assert running.process.wait(30) == 128 + 15
