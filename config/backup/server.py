"""The server that holds the database, and the client tools that suit it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from config.backup.errors import BackupError
from config.embedded.binaries import wheel_folder
from config.embedded.errors import EmbeddedError

_TOOLS = ("pg_dump", "pg_restore")
# Where Debian, Red Hat and Homebrew put each major version.
_FOLDERS = (
    "/usr/lib/postgresql/{major}/bin",
    "/usr/pgsql-{major}/bin",
    "/opt/homebrew/opt/postgresql@{major}/bin",
    "/usr/local/opt/postgresql@{major}/bin",
)
# What only our own sessions are told.
_NOT_OF_LIBPQ = {"options", "pool", "server_side_binding", "prepare_threshold"}
_KEYS = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}


@dataclass(frozen=True)
class Server:
    """How to reach one server; `extra` is what libpq is told besides, such as sslmode."""

    host: str
    port: str
    user: str
    password: str
    extra: dict[str, str]

    @classmethod
    def of(cls, settings: dict[str, Any]) -> "Server":
        """The server of one entry of Django's DATABASES."""
        options = {
            k: str(v) for k, v in settings.get("OPTIONS", {}).items() if k not in _NOT_OF_LIBPQ
        }
        values = {name: str(settings.get(key) or "") for key, name in _KEYS.items()}
        return cls(extra=options, **values)

    def connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        """An autocommit connection to `database`.

        Raises: BackupError when the server does not answer.
        """
        given: dict[str, Any] = {**self.extra, "dbname": database}
        for name in _KEYS.values():
            if getattr(self, name):
                given[name] = getattr(self, name)
        try:
            return psycopg.connect(autocommit=True, **given)
        except psycopg.OperationalError as error:
            message = f"The database server does not answer: {error}"
            raise BackupError(message) from error

    def environment(self) -> dict[str, str]:
        """The environment of a client tool: a password on a command line could be read by all."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        given = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user,
                 "PGPASSWORD": self.password}  # fmt: skip
        kept.update({name: value for name, value in given.items() if value})
        for option in psycopg.pq.Conninfo.get_defaults():
            value = self.extra.get(option.keyword.decode())
            if value and option.envvar:
                kept[option.envvar.decode()] = value
        return kept


def run_tool(server: Server, name: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore of the server's own major version.

    Raises: BackupError with the tool's own words.
    """
    tool = tools_folder(major_of(server)) / name
    done = subprocess.run(  # noqa: S603 - a tool found by us, arguments as a list
        [str(tool), *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=server.environment(),
    )
    if done.returncode:
        message = f"{name} failed: {done.stderr.strip()[-2000:]}"
        raise BackupError(message)


def major_of(server: Server) -> int:
    """The server's major version."""
    with server.connect("postgres") as connection:
        return connection.info.server_version // 10_000


def tools_folder(major: int) -> Path:
    """The folder of pg_dump and pg_restore of exactly this major version.

    Raises: BackupError, naming what to install.
    """
    for folder in _candidates(major):
        if all((folder / tool).is_file() for tool in _TOOLS) and _major_of_tool(folder) == major:
            return folder
    message = (
        f"The database server is PostgreSQL {major}, and a backup needs pg_dump and pg_restore of"
        f" the same major version; newer ones write what an older server cannot read back."
        f" Install them, on Debian: apt-get install postgresql-client-{major}"
    )
    raise BackupError(message)


def _candidates(major: int) -> list[Path]:
    folders = [Path(pattern.format(major=major)) for pattern in _FOLDERS]
    found = shutil.which("pg_dump")
    if found:
        folders.append(Path(found).parent)
    try:
        folders.append(wheel_folder())
    except EmbeddedError:
        return folders
    return folders


def _major_of_tool(folder: Path) -> int:
    said = subprocess.run(  # noqa: S603
        [str(folder / "pg_dump"), "--version"], check=False, capture_output=True, text=True
    )
    words = said.stdout.split()
    return int(words[2].split(".")[0]) if len(words) > 2 else 0
