"""Real clients read what we serve, by HTTP from a live server.

`make contracts` installs what they need: node-ical and ical.js below tests/contracts/node_modules,
and khal, vdirsyncer and schemathesis in an environment of their own below var/contracts. Without
the first of these the tests that need clients are left out, so `make test` stays light.
"""

import hashlib
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from core import clock
from core.intervals import Span
from spaces import claims
from spaces.claims import Wanted
from spaces.models.claim import ClaimKind
from tests.factories import SpaceFactory, VenueFactory, open_daily
from tests.factories.tariffs import flat_rates

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
_VENV = ROOT / "var" / "contracts" / "venv"
_IS_INSTALLED = (HERE / "node_modules").is_dir()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs clients where they are not installed."""
    if _IS_INSTALLED:
        return
    needing = [
        item for item in items if HERE in item.path.parents and "clients" in item.fixturenames
    ]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


@dataclass(frozen=True)
class Clients:
    """Where the clients' programs are."""

    folder: Path

    def run(self, name: str, *arguments: str, **options: object) -> str:
        """What the program printed; a failure shows all it said."""
        command = [str(self.folder / name), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=240, check=False, **options
        )
        assert done.returncode == 0, f"{name}: {done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout


@pytest.fixture(scope="session")
def clients() -> Clients:
    """Install the Python clients once, again when requirements.txt changes."""
    wanted = HERE / "requirements.txt"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    mark = _VENV / "installed"
    if not mark.exists() or mark.read_text() != digest:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_VENV)], check=True)
        pip = [str(_VENV / "bin" / "pip"), "install", "--quiet", "--only-binary", ":all:"]
        subprocess.run([*pip, "--requirement", str(wanted)], check=True)
        mark.write_text(digest)
    return Clients(_VENV / "bin")


@dataclass(frozen=True)
class Served:
    """A feed on a live server, and what is in it."""

    url: str
    site: str
    spans: list[Span]


@pytest.fixture
def served(live_server: LiveServer) -> Served:
    """A hall with a winter and a summer evening, one night over, and a hold."""
    venue = VenueFactory(name="Elm Road Centre, the old; one")
    hall = SpaceFactory(venue=venue, name="Main hall, Größe 1")
    open_daily(hall, clock.today(), days=120, opens=time(8), closes=time(23))
    flat_rates(venue)
    winter, summer = date(clock.today().year + 1, 1, 12), date(clock.today().year + 1, 6, 8)
    spans = [
        Span(*clock.between(winter, time(19), time(21))),
        Span(*clock.between(summer, time(19), time(21))),
        Span(*clock.between(summer + timedelta(days=3), time(22), time(6))),
        Span(*clock.between(summer + timedelta(days=9), time(10), time(12))),
    ]
    last = spans[-1]
    claims.sync(
        "occurrence",
        [1],
        [
            Wanted(
                hall.pk,
                span.start,
                span.end,
                ClaimKind.USE,
                "occurrence",
                1,
                uuid.uuid4(),
                hold_until=span.start if span is last else None,
            )
            for span in spans
        ],
        now=clock.now(),
    )
    return Served(f"{live_server.url}/feeds/spaces/{hall.pk}/busy.ics", live_server.url, spans)
