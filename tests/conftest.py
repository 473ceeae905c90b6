"""Put the tests' surroundings in place before Django reads its settings.

Nothing of Django may be imported before `surroundings.prepare()`.
"""

import pytest

from tests import surroundings

surroundings.prepare()

import django  # noqa: E402

surroundings.adjust()
django.setup()

pytest_plugins = [
    "tests.plugins.budgets",
    "tests.plugins.caches",
    "tests.plugins.rounds",
    "tests.plugins.language",
    "tests.plugins.strictness",
]


def pytest_configure(config: pytest.Config) -> None:
    """Start the test server, once, in the process that starts the workers."""
    if not hasattr(config, "workerinput"):
        surroundings.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the server; the last run that uses it stops it."""
    if not hasattr(config, "workerinput"):
        surroundings.stop()
