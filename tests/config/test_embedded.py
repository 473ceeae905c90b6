"""The embedded server: started once, shared, stopped by the last, careful about what it finds."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config.embedded import binaries, keeper, place, server
from config.embedded.errors import EmbeddedError
from config.embedded.folders import make_private_folder
from config.embedded.place import MAJOR, Place
from config.embedded.server import Use


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Place]:
    """A place as another clone would have it."""
    monkeypatch.setattr(place, "VAR", tmp_path / "clone" / "var")
    made = place.tests_place()
    yield made
    assert server.stop_unused(made)
    shutil.rmtree(made.base, ignore_errors=True)
    shutil.rmtree(made.socket_folder, ignore_errors=True)


def _answers(at: Place) -> bool:
    try:
        with psycopg.connect(at.url("postgres")) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_a_server_starts_and_the_last_user_stops_it(fresh: Place) -> None:
    first, second = Use(fresh), Use(fresh)
    first.acquire()
    second.acquire()
    first.release()
    assert _answers(fresh)
    second.release()
    assert not _answers(fresh)
    assert server.server_process(fresh) is None


def test_it_listens_to_nobody_else(fresh: Place) -> None:
    with server.running(fresh), psycopg.connect(fresh.url("postgres")) as connection:
        shown = {
            name: connection.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]
            for name in ("listen_addresses", "jit", "timezone")
        }
        assert shown == {"listen_addresses": "", "jit": "off", "timezone": "UTC"}
        for folder in (fresh.data, fresh.socket_folder):
            assert folder.stat().st_mode & 0o077 == 0


def test_a_killed_server_is_started_again_with_what_it_held(fresh: Place) -> None:
    use = Use(fresh)
    use.acquire()
    server.create_database(fresh, "kept")
    process = server.server_process(fresh)
    assert process is not None
    process.kill()
    process.wait(10)
    assert use.is_down()
    use.revive()
    with psycopg.connect(fresh.url("kept")) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("kept",)
    use.release()


def test_a_user_that_is_killed_lets_go(fresh: Place) -> None:
    script = (
        "import sys, time\n"
        "from config.embedded.place import tests_place\n"
        "from config.embedded.server import Use\n"
        "use = Use(tests_place()); use.acquire(); print('held', flush=True); time.sleep(60)\n"
    )
    variables = os.environ | {"OPENHALL_VAR": str(place.VAR)}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=variables, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert not server.stop_unused(fresh)
        other.send_signal(signal.SIGKILL)
    assert _answers(fresh)
    assert server.stop_unused(fresh)
    assert not _answers(fresh)


def test_the_keeper_waits_for_a_hold_that_is_let_go_a_moment_later(fresh: Place) -> None:
    use = Use(fresh)
    use.acquire()
    assert not keeper.stop_when_unused(fresh, patience=0.2)
    assert _answers(fresh)
    # As when the kernel closes a killed runner's files: let go, without stopping the server.
    assert use._descriptor is not None
    letting_go = threading.Timer(0.5, os.close, [use._descriptor])
    letting_go.start()
    assert keeper.stop_when_unused(fresh, patience=20)
    letting_go.join()
    assert not _answers(fresh)


def test_a_reused_process_id_is_not_taken_for_the_server(fresh: Place) -> None:
    with server.running(fresh):
        pass
    (fresh.data / "postmaster.pid").write_text(f"{os.getpid()}\n{fresh.data}\n")
    assert server.server_process(fresh) is None
    with server.running(fresh):
        assert _answers(fresh)


def test_data_of_another_major_version_is_refused_with_advice(fresh: Place) -> None:
    with server.running(fresh):
        pass
    old = fresh.base / f"{fresh.kind}-{MAJOR - 1}"
    fresh.data.rename(old)
    (old / "PG_VERSION").write_text(f"{MAJOR - 1}\n")
    with pytest.raises(EmbeddedError, match=rf"PostgreSQL {MAJOR - 1}.*make backup"):
        Use(fresh).acquire()
    assert not fresh.data.exists()


def test_another_version_of_the_programs_is_refused(
    fresh: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "MAJOR", MAJOR + 1)
    with pytest.raises(EmbeddedError, match=f"expects the embedded PostgreSQL {MAJOR + 1}"):
        Use(fresh).acquire()


def test_a_half_made_data_folder_is_made_again(fresh: Place) -> None:
    with server.running(fresh):
        pass
    (fresh.data / "PG_VERSION").unlink()
    with server.running(fresh):
        assert _answers(fresh)


def test_a_folder_that_somebody_prepared_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    trap = tmp_path / "trap"
    trap.symlink_to(tmp_path / "real")
    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        make_private_folder(trap, account=None)


def test_two_clones_have_two_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = []
    for clone in ("one", "two"):
        monkeypatch.setattr(place, "VAR", tmp_path / clone / "var")
        found += [place.demo_place(), place.tests_place()]
    assert len({one.socket_folder for one in found}) == 4
    assert len({one.data for one in found}) == 4
    assert all(len(bytes(one.socket_folder / ".s.PGSQL.5432")) <= 107 for one in found)


def test_cleaning_refuses_while_something_runs(fresh: Place) -> None:
    with server.running(fresh):
        with pytest.raises(EmbeddedError, match="still runs"):
            server.remove(fresh)
        assert _answers(fresh)
    server.remove(fresh)
    assert not fresh.data.exists()
    assert not fresh.socket_folder.exists()


def test_programs_that_nobody_can_reach_are_copied(fresh: Place) -> None:
    if os.geteuid() != 0:
        # An ordinary user runs the server itself, so there is nothing to reach.
        assert binaries.server_account() is None
        return
    fresh.base.mkdir(mode=0o711, parents=True)
    copied = binaries._copy(binaries.wheel_folder(), base=fresh.base)
    programs = binaries.Programs(folder=copied, account=binaries.server_account())
    assert binaries.major_of(programs) == MAJOR


def test_the_server_is_quick(fresh: Place) -> None:
    with server.running(fresh):
        pass
    started = time.perf_counter()
    with server.running(fresh):
        assert time.perf_counter() - started < 5
