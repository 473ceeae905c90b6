"""Restore into a fresh database, look at it, and only then put it in the old one's place."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.backup.errors import BackupError
from config.backup.server import Server, run_tool

Known = frozenset[tuple[str, str]]
_TRIES = 20


def restore(server: Server, *, database: str, file: Path, known: Known, mark: str) -> str:
    """Replace `database` by what `file` holds; the name under which the old one is kept.

    `known` are the migrations of this release, `mark` makes the kept name unlike others.
    Raises: BackupError; then the old database is as it was.
    """
    if not file.is_file():
        message = f"There is no file {file}."
        raise BackupError(message)
    incoming, kept = f"{database}_incoming_{mark}", f"{database}_before_{mark}"
    with server.connect("postgres") as maintenance:
        _create_like(maintenance, database=database, fresh=incoming)
        try:
            run_tool(server, "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
                     f"--dbname={incoming}", str(file.resolve()))  # fmt: skip
            _require_ours(server, database=incoming, known=known)
            _swap(maintenance, old=database, fresh=incoming, kept=kept)
        except BaseException:
            _drop(maintenance, incoming)
            raise
    return kept


def drop(server: Server, database: str) -> None:
    """Drop a database that a restore has kept."""
    with server.connect("postgres") as maintenance:
        _drop(maintenance, database)


def _create_like(maintenance: psycopg.Connection[Any], *, database: str, fresh: str) -> None:
    row = maintenance.execute(
        "SELECT datcollate, datctype FROM pg_database WHERE datname = %s", [database]
    ).fetchone()
    if row is None:
        message = f"There is no database {database} to replace. Run `manage.py migrate` first."
        raise BackupError(message)
    create = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
    )
    maintenance.execute(create.format(sql.Identifier(fresh), sql.Literal(row[0]),
                                      sql.Literal(row[1])))  # fmt: skip


def _require_ours(server: Server, *, database: str, known: Known) -> None:
    with server.connect(database) as connection:
        try:
            applied = set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
        except psycopg.errors.UndefinedTable as error:
            message = "The file is a database, but not one of Openhall."
            raise BackupError(message) from error
    unknown = sorted(f"{app}.{name}" for app, name in applied - known)
    if unknown:
        message = (
            "The backup was made by a newer Openhall than this one. Update first; it has:"
            f" {', '.join(unknown[:5])}"
        )
        raise BackupError(message)


def _swap(maintenance: psycopg.Connection[Any], *, old: str, fresh: str, kept: str) -> None:
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    _allow(maintenance, database=old, allowed="false")
    try:
        for _turn in range(_TRIES):
            _end_sessions(maintenance, old, fresh)
            try:
                # Both or neither: a rename, unlike making a database, is transactional.
                with maintenance.transaction():
                    maintenance.execute(rename.format(sql.Identifier(old), sql.Identifier(kept)))
                    maintenance.execute(rename.format(sql.Identifier(fresh), sql.Identifier(old)))
            except psycopg.errors.ObjectInUse:
                continue
            return
        message = "Others would not let go of the database. Stop the web server and the worker."
        raise BackupError(message)
    finally:
        # Whichever name it has now, it may be used again.
        for name in (old, kept):
            if _exists(maintenance, name):
                _allow(maintenance, database=name, allowed="true")


def _end_sessions(maintenance: psycopg.Connection[Any], *databases: str) -> None:
    maintenance.execute(
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
        " WHERE datname = ANY(%s) AND pid <> pg_backend_pid()",
        [list(databases)],
    )


def _allow(maintenance: psycopg.Connection[Any], *, database: str, allowed: str) -> None:
    alter = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
    maintenance.execute(alter.format(sql.Identifier(database), sql.SQL(allowed)))


def _exists(maintenance: psycopg.Connection[Any], name: str) -> bool:
    found = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


def _drop(maintenance: psycopg.Connection[Any], name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    maintenance.execute(statement.format(sql.Identifier(name)))
