"""What a deployment's own check accepts and refuses, asked as an operator asks it."""

import os
import subprocess
import sys

import pytest

from config.environment import ROOT

_OURS = ("OPENHALL_", "DATABASE_", "DJANGO_ALLOW_")
# Passed by `make check` too; none of it is real.
PRODUCTION = {
    "DATABASE_URL": "postgresql://openhall@127.0.0.1/openhall",
    "OPENHALL_HOSTS": "openhall.example",
    "OPENHALL_SECRET_KEY": "for-the-deployment-check-only-0123456789-abcdefghijklmnopqrstuvwxyz",
}


def _run(code: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the settings of a deployment; an empty change unsets a variable."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
    variables = {k: v for k, v in (kept | PRODUCTION | changes).items() if v}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT, env=variables, check=False, capture_output=True, text=True,
    )  # fmt: skip


CHECK = (
    "from django.core.management import call_command\n"
    "call_command('check', deploy=True, fail_level='WARNING')"
)


def test_a_production_deployment_passes_without_a_warning() -> None:
    done = _run(CHECK)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"OPENHALL_DEMO": "1"}, "openhall.E001"),
        ({"OPENHALL_HTTPS": "0"}, "openhall.E002"),
        ({"OPENHALL_DEBUG": "1"}, "security.W018"),
        ({"OPENHALL_SECRET_KEY": "short"}, "security.W009"),
    ],
)
def test_an_unsafe_one_is_refused(changes: dict[str, str], said: str) -> None:
    done = _run(CHECK, **changes)
    assert done.returncode != 0
    assert said in done.stderr


def test_a_real_database_needs_a_secret_of_its_own() -> None:
    done = _run("", OPENHALL_SECRET_KEY="")
    assert done.returncode != 0
    assert "Set OPENHALL_SECRET_KEY" in done.stderr


def test_cookies_are_bound_to_this_host_over_https() -> None:
    code = (
        "from django.conf import settings as s\n"
        "for n in ('SESSION', 'CSRF', 'LANGUAGE'):\n"
        "    print(getattr(s, n + '_COOKIE_NAME'), getattr(s, n + '_COOKIE_SECURE'))"
    )
    done = _run(code)
    assert done.stdout.split("\n")[:3] == [
        "__Host-openhall True",
        "__Host-openhall-csrf True",
        "__Host-openhall-language True",
    ]


def test_what_libpq_knows_may_stand_in_the_database_url() -> None:
    code = "from django.conf import settings as s\nprint(s.DATABASES['default'])"
    url = "postgresql://me:p%40ss@db.example:5433/halls?sslmode=require"
    said = _run(code, DATABASE_URL=url).stdout
    for part in ("'db.example'", "'5433'", "'halls'", "'me'", "'p@ss'", "'sslmode': 'require'"):
        assert part in said
    assert "jit=off" in said
    assert "idle_in_transaction_session_timeout=60s" in said


def test_the_embedded_server_is_used_only_without_a_database_url() -> None:
    code = "from django.conf import settings as s\nprint(s.OPENHALL_EMBEDDED)"
    assert _run(code).stdout.strip() == "False"
    assert _run(code, DATABASE_URL="").stdout.strip() == "True"


def test_redis_is_used_when_it_is_named() -> None:
    code = "from django.conf import settings as s\nprint(s.CACHES['default']['BACKEND'])"
    assert "DatabaseCache" in _run(code).stdout
    assert "RedisCache" in _run(code, REDIS_URL="redis://127.0.0.1:6379/0").stdout


@pytest.mark.django_db
def test_every_session_has_the_planners_compiler_off() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
        cursor.execute("SHOW idle_in_transaction_session_timeout")
        assert cursor.fetchone() == ("1min",)
