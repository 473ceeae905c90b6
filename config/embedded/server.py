"""Start, find and stop the embedded server. One lock for both; the last user stops it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.embedded import parameters
from config.embedded.binaries import Programs, find_programs
from config.embedded.errors import EmbeddedError
from config.embedded.folders import make_base_folder, make_private_folder
from config.embedded.place import MAJOR, Place


class Use:
    """A shared hold on a running server. Let go with `release`, or by ending in any way."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Start the server unless it runs, and hold it."""
        make_base_folder(self.place.base)
        with _locked(self.place):
            descriptor = _open(self.place.use_file)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
                _ensure_running(self.place)
            except BaseException:
                os.close(descriptor)
                raise
            self._descriptor = descriptor

    def is_down(self) -> bool:
        """Whether the server died while we hold it."""
        return server_process(self.place) is None

    def revive(self) -> None:
        """Start the server again if it died."""
        with _locked(self.place):
            _ensure_running(self.place)

    def release(self) -> None:
        """Let go, and stop the server when nobody else holds it."""
        if self._descriptor is None:
            return
        with _locked(self.place):
            os.close(self._descriptor)
            self._descriptor = None
            if _is_unused(self.place):
                _stop(self.place)


@contextmanager
def running(place: Place) -> Iterator[Place]:
    """Hold the server at `place` for the length of a block."""
    use = Use(place)
    use.acquire()
    try:
        yield place
    finally:
        use.release()


def stop_unused(place: Place) -> bool:
    """Stop the server at `place` if nobody holds it; whether it is stopped now."""
    if not place.base.exists():
        return True
    with _locked(place):
        if not _is_unused(place):
            return False
        _stop(place)
    return True


def remove(place: Place) -> None:
    """Stop the server and remove its data.

    Raises: EmbeddedError while something still uses it.
    """
    if not stop_unused(place):
        message = "Openhall still runs from this folder. Stop it first, then clean."
        raise EmbeddedError(message)
    # Data of a former major version too: it is in the way of a restore.
    for folder in [place.data, *place.base.glob(f"{place.kind}-*")]:
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(place.socket_folder, ignore_errors=True)


def server_process(place: Place) -> psutil.Process | None:
    """The live server whose working directory is the data folder; a re-used pid is not it."""
    try:
        first_line = (place.data / "postmaster.pid").read_text().splitlines()[0]
        process = psutil.Process(int(first_line))
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return process if Path(process.cwd()) == place.data.resolve() else None
    except (OSError, IndexError, ValueError, psutil.Error):
        return None


def create_database(place: Place, name: str) -> None:
    """Make the database `name` unless it exists."""
    with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _ensure_running(place: Place) -> None:
    programs = find_programs(base=place.base)
    _refuse_other_major(place)
    make_private_folder(place.socket_folder, account=programs.account)
    if server_process(place):
        return
    if not (place.data / "PG_VERSION").exists():
        _create(place, programs)
    for stale in (
        place.data / "postmaster.pid",
        place.socket_folder / ".s.PGSQL.5432",
        place.socket_folder / ".s.PGSQL.5432.lock",
    ):
        stale.unlink(missing_ok=True)
    programs.run("pg_ctl", "-D", str(place.data), "-w", "-t", "60", "-l", str(place.log_file),
                 "-o", parameters.options(place), "start")  # fmt: skip


def _create(place: Place, programs: Programs) -> None:
    # A first start that was killed leaves a half-made folder; it never held anything.
    shutil.rmtree(place.data, ignore_errors=True)
    make_private_folder(place.data, account=programs.account)
    programs.run("initdb", "-D", str(place.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync")  # fmt: skip


def _refuse_other_major(place: Place) -> None:
    kept = place.data / "PG_VERSION"
    found = kept.read_text().strip() if kept.exists() else ""
    others = [p for p in place.base.glob(f"{place.kind}-*") if (p / "PG_VERSION").exists()]
    if (found and found != str(MAJOR)) or (not found and others):
        old = found or (others[0] / "PG_VERSION").read_text().strip()
        message = (
            f"The data in {place.data if found else others[0]} was written by PostgreSQL {old};"
            f" this Openhall brings PostgreSQL {MAJOR}. To move it: check out the release you"
            " ran before, run `make backup FILE=old.dump` there, come back, run `make clean`"
            " and then `make restore FILE=old.dump`."
        )
        raise EmbeddedError(message)


def _stop(place: Place) -> None:
    if server_process(place) is None:
        return
    programs = find_programs(base=place.base)
    programs.run("pg_ctl", "-D", str(place.data), "-m", "fast", "-w", "-t", "30", "stop")


def _is_unused(place: Place) -> bool:
    descriptor = _open(place.use_file)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
    finally:
        os.close(descriptor)


@contextmanager
def _locked(place: Place) -> Iterator[None]:
    descriptor = _open(place.lock_file)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
