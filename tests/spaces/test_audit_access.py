"""The audit of kept answers about access, beside people who change what is known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from core import clock
from spaces.services import needs
from tests.factories import SpaceFactory
from tests.factories.access import say, work_out

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_fact_that_changes_meanwhile_is_no_difference() -> None:
    space = SpaceFactory()
    work_out(space.venue)
    changes = iter([lambda: say(space, "hearing_loop", "yes", space=space)])

    def beside(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Just before the kept answers are read, somebody else keeps others."""
        if 'FROM "spaces_spaceneed"' in sql:
            for change in changes:
                _in_another_connection(change)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(beside):
        assert list(needs.differences(now=clock.now())) == []
    assert next(changes, None) is None


def _in_another_connection(change: Callable[[], object]) -> None:
    def run() -> None:
        try:
            change()
        finally:
            connection.close()

    other = threading.Thread(target=run)
    other.start()
    other.join()
