"""The environment and the database server of a test run."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from config.embedded.place import tests_place
from config.embedded.server import Use

_OURS = re.compile(r"test_openhall_(\d+)(_.*)?")
_use: Use | None = None


def prepare() -> None:
    """Set the environment of this run and of every process it starts."""
    if settings.configured and "OPENHALL_TEST_DATABASE" not in os.environ:
        message = "Unset DJANGO_SETTINGS_MODULE: the tests must choose their own database first."
        raise pytest.UsageError(message)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    url = os.environ.get("OPENHALL_TEST_DATABASE_URL") or tests_place().url("postgres")
    os.environ["DATABASE_URL"] = url
    os.environ["OPENHALL_SECRET_KEY"] = "only-for-tests-and-never-anywhere-else-0123456789"
    os.environ["OPENHALL_HTTPS"] = "0"
    os.environ["OPENHALL_DEMO"] = "0"
    os.environ["OPENHALL_DEBUG"] = "0"
    os.environ["OPENHALL_LOG_LEVEL"] = os.environ.get("OPENHALL_LOG_LEVEL", "WARNING")
    for rate in ("ANON", "USER", "SEARCH", "WRITE", "REPORT"):
        os.environ[f"OPENHALL_RATE_{rate}"] = "100000/min"
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    os.environ.setdefault("OPENHALL_TEST_DATABASE", f"test_openhall_{os.getpid()}")
    for name in ("REDIS_URL", "OPENHALL_SMTP_URL", "OPENHALL_PROXIES", "OPENHALL_HOSTS"):
        os.environ.pop(name, None)


def adjust() -> None:
    """Keep a test run's files apart, and make passwords quick. Nothing else differs."""
    folder = Path(tempfile.mkdtemp(prefix="openhall-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "static").mkdir()
    settings.STATIC_ROOT = folder / "static"
    settings.MEDIA_ROOT = folder / "media"
    settings.EMAIL_FILE_PATH = folder / "mail"
    # Tests and browsers read the files where they are written, not where they are collected.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def start() -> None:
    """Start the embedded server, unless the run brings its own database."""
    global _use
    if not os.environ.get("OPENHALL_TEST_DATABASE_URL"):
        _use = Use(tests_place())
        _use.acquire()
    _drop_left_behind()


def stop() -> None:
    """Let go of the embedded server."""
    if _use is not None:
        _use.release()


def _drop_left_behind() -> None:
    """Drop the databases of runs that were killed."""
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
            for name in names:
                match = _OURS.fullmatch(name)
                if match and not psutil.pid_exists(int(match[1])):
                    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                    connection.execute(drop.format(sql.Identifier(name)))
    except psycopg.OperationalError as error:
        message = f"The test database server does not answer: {error}"
        raise pytest.UsageError(message) from error
