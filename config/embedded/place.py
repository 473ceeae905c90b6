"""Where one embedded server keeps its data, socket and locks. Computes paths, touches nothing."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.environment import VAR

MAJOR = 18
_SHORTEST_LIMIT = 103  # macOS; Linux takes 107 bytes


@dataclass(frozen=True)
class Place:
    """The files of one server: `kind` is "demo" or "test"."""

    kind: str
    base: Path
    socket_folder: Path

    @property
    def data(self) -> Path:
        """The data folder, with the major version in its name."""
        return self.base / f"{self.kind}-{MAJOR}"

    @property
    def lock_file(self) -> Path:
        """Held exclusively while starting or stopping."""
        return self.base / f"{self.kind}.lock"

    @property
    def use_file(self) -> Path:
        """Held shared by everything that uses the server; the kernel lets go after kill -9."""
        return self.base / f"{self.kind}.use"

    @property
    def log_file(self) -> Path:
        """What the server says."""
        return self.data / "server.log"

    @property
    def is_durable(self) -> bool:
        """Tests may lose their data with the power; the demo may not."""
        return self.kind != "test"

    def url(self, database: str) -> str:
        """A connection string, also for psql, for `database` at this place."""
        return f"postgresql://postgres@/{database}?host={self.socket_folder}"


def demo_place() -> Place:
    """Where `make demo` keeps its database."""
    return _place("demo")


def tests_place() -> Place:
    """Where the test runs keep theirs."""
    return _place("test")


def _place(kind: str) -> Place:
    return Place(kind=kind, base=_base(), socket_folder=_socket_folder(kind))


def _base() -> Path:
    # PostgreSQL refuses to run as root, and `nobody` often cannot reach root's own folders.
    if os.geteuid() == 0:
        return Path("/var/tmp") / f"openhall-0-{_mark(str(VAR))}"  # noqa: S108 - owner is checked
    return VAR / "database"


def _socket_folder(kind: str) -> Path:
    name = f"openhall-{os.geteuid()}-{_mark(f'{VAR}:{kind}')}"
    folder = Path(tempfile.gettempdir()) / name
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > _SHORTEST_LIMIT:
        folder = Path("/tmp") / name  # noqa: S108 - owner and mode are checked before use
    return folder


def _mark(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:10]
