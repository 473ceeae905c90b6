"""The rehearsal: back up, break, restore, and find everything as it was."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import now

from config.backup import server as tools
from config.backup.errors import BackupError
from config.backup.files import back_up
from config.backup.server import Server, major_of, tools_folder
from config.backup.swap import drop, restore

pytestmark = [pytest.mark.db15, pytest.mark.django_db(transaction=True)]

KNOWN = frozenset({("one", "0001")})


@pytest.fixture
def server() -> Server:
    return Server.of(settings.DATABASES["default"])


@pytest.fixture
def small(server: Server) -> Iterator[str]:
    """A database of its own, so that the one of the tests is not swapped away."""
    name = f"test_openhall_{os.getpid()}_small"
    with server.connect("postgres") as maintenance:
        maintenance.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        maintenance.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    with server.connect(name) as here:
        here.execute("CREATE EXTENSION btree_gist")
        here.execute("CREATE TABLE django_migrations (app text, name text)")
        here.execute("INSERT INTO django_migrations VALUES ('one', '0001')")
        here.execute(
            "CREATE TABLE claim (space int, during tstzrange, CONSTRAINT no_overlap"
            " EXCLUDE USING gist (space WITH =, during WITH &&))"
        )
        here.execute("INSERT INTO claim VALUES (1, '[2027-01-05 19:00Z,2027-01-05 21:00Z)')")
    yield name
    for found in _named_like(server, name):
        drop(server, found)


def _named_like(server: Server, name: str) -> list[str]:
    with server.connect("postgres") as maintenance:
        rows = maintenance.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [name])
        return [row[0] for row in rows]


def _claims(server: Server, database: str) -> int:
    with server.connect(database) as here:
        row = here.execute("SELECT count(*) FROM claim").fetchone()
        assert row is not None
        return int(row[0])


def test_what_was_backed_up_comes_back_and_still_refuses_overlaps(
    server: Server, small: str, tmp_path: Path
) -> None:
    file = tmp_path / "openhall.dump"
    assert back_up(server, database=small, file=file) > 0
    with server.connect(small) as here:
        here.execute("DELETE FROM claim")
    kept = restore(server, database=small, file=file, known=KNOWN, mark="1")
    assert _claims(server, small) == 1
    assert _claims(server, kept) == 0
    with server.connect(small) as here, pytest.raises(psycopg.errors.ExclusionViolation):
        here.execute("INSERT INTO claim VALUES (1, '[2027-01-05 20:00Z,2027-01-05 22:00Z)')")


def test_a_backup_is_for_its_owner_only_and_never_half_there(
    server: Server, small: str, tmp_path: Path
) -> None:
    file = tmp_path / "openhall.dump"
    back_up(server, database=small, file=file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]
    with pytest.raises(BackupError):
        back_up(server, database="test_openhall_not_there", file=tmp_path / "other.dump")
    assert list(tmp_path.iterdir()) == [file]


def test_people_at_work_do_not_stop_a_restore(server: Server, small: str, tmp_path: Path) -> None:
    file = tmp_path / "openhall.dump"
    back_up(server, database=small, file=file)
    with server.connect(small) as busy:
        busy.execute("SELECT 1")
        restore(server, database=small, file=file, known=KNOWN, mark="1")
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")
    assert _claims(server, small) == 1


@pytest.mark.parametrize("content", [b"", b"this is not a dump", b"PGDMP\x01\x0f\x00cut off"])
def test_a_broken_file_leaves_everything_as_it_was(
    server: Server, small: str, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "broken.dump"
    file.write_bytes(content)
    with pytest.raises(BackupError, match="pg_restore failed"):
        restore(server, database=small, file=file, known=KNOWN, mark="1")
    assert _claims(server, small) == 1
    assert _named_like(server, small) == [small]


def test_a_backup_of_a_newer_release_is_refused(server: Server, small: str, tmp_path: Path) -> None:
    file = tmp_path / "openhall.dump"
    back_up(server, database=small, file=file)
    with pytest.raises(BackupError, match=r"newer Openhall.*one\.0001"):
        restore(server, database=small, file=file, known=frozenset(), mark="1")
    assert _named_like(server, small) == [small]


def test_the_tools_are_of_the_servers_own_version(server: Server) -> None:
    major = major_of(server)
    folder = tools_folder(major)
    assert tools._major_of_tool(folder) == major


def test_without_tools_of_that_version_it_is_refused_with_what_to_install() -> None:
    with pytest.raises(BackupError, match=r"PostgreSQL 99.*postgresql-client-99"):
        tools_folder(99)


def test_the_password_is_not_on_the_command_line() -> None:
    secret = Server(host="db", port="5432", user="u", password="hush",
                    extra={"sslmode": "require", "connect_timeout": "5"})  # fmt: skip
    given = secret.environment()
    assert given["PGPASSWORD"] == "hush"
    assert given["PGSSLMODE"] == "require"
    assert given["PGCONNECT_TIMEOUT"] == "5"


def test_the_commands_carry_the_whole_of_openhall(server: Server, tmp_path: Path) -> None:
    database = connection.settings_dict["NAME"]
    Session.objects.create(session_key="rehearsal", session_data="x", expire_date=now())
    file = tmp_path / "openhall.dump"
    call_command("backup", str(file), verbosity=0)
    Session.objects.all().delete()
    call_command("restore", str(file), "--drop-old", verbosity=0)
    assert connection.settings_dict["NAME"] == database
    assert Session.objects.filter(session_key="rehearsal").exists()
    call_command("migrate", "--check", verbosity=0)
    with pytest.raises(CommandError, match="no file"):
        call_command("restore", str(tmp_path / "missing.dump"))
