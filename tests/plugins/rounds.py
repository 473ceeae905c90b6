"""Soaks: every long test gets an equal share of OPENHALL_SOAK_SECONDS, and says what it did."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

_tests = pytest.StashKey[int]()
_done = pytest.StashKey[dict[str, int]]()
# Even the shortest soak does something of everything.
_FEWEST = 2


@dataclass(frozen=True)
class Soak:
    """How long a test may go on; `said` keeps its number of rounds for the end of the run."""

    seconds: float
    name: str
    done: dict[str, int]

    def rounds(self) -> Iterator[int]:
        """Rounds until the share is over."""
        until = time.monotonic() + self.seconds
        n = 0
        while n < _FEWEST or time.monotonic() < until:
            self.said(n + 1)
            yield n
            n += 1

    def said(self, rounds: int) -> None:
        self.done[self.name] = rounds


def pytest_collection_finish(session: pytest.Session) -> None:
    soaks = [item for item in session.items if item.get_closest_marker("soak")]
    session.config.stash[_tests] = max(1, len(soaks))
    session.config.stash[_done] = {}


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> Soak:
    """`for n in soak.rounds(): ...`"""
    stash = request.config.stash
    everything = float(os.environ.get("OPENHALL_SOAK_SECONDS", "60"))
    return Soak(everything / stash[_tests], request.node.nodeid, stash[_done])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    done = config.stash.get(_done, {})
    if done:
        terminalreporter.section("rounds done")
    for name, rounds in done.items():
        terminalreporter.write_line(f"{rounds:>8}  {name}")
