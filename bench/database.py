"""Databases of the bench's own, on the server that DATABASE_URL names or the embedded one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

_SECRET = "only-for-measuring-and-never-anywhere-else-0123456789"  # noqa: S105 - no secret


@contextmanager
def server() -> Iterator[str]:
    """The connection string of a running server, held for the length of the block."""
    url = os.environ.get("DATABASE_URL")
    if url:
        yield url
        return
    from config.embedded.place import demo_place
    from config.embedded.server import running

    with running(demo_place()) as place:
        yield place.url("postgres")


def database_name(claims: int, venues: int = 500) -> str:
    many = f"_of_{venues}_venues" if venues != 500 else ""
    return f"openhall_bench_{claims}{many}"


def url_of(server_url: str, name: str) -> str:
    return make_conninfo(server_url, dbname=name)


def ensure(server_url: str, name: str) -> None:
    """Create the database unless it is there."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def recreate(server_url: str, name: str) -> None:
    """An empty database of that name."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))
    ensure(server_url, name)


def prepare_django(url: str) -> None:
    """Point settings at `url` before anything of Django is imported."""
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["OPENHALL_SECRET_KEY"] = _SECRET
    os.environ["OPENHALL_HTTPS"] = "0"
    os.environ["OPENHALL_DEBUG"] = "0"
    os.environ["OPENHALL_DEMO"] = "0"
    os.environ["OPENHALL_LOG_LEVEL"] = "ERROR"
    import django

    django.setup()


def switch_to(name: str) -> None:
    """Let Django's connection speak to the database `name` from here on."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = url_of(os.environ["DATABASE_URL"], name)
