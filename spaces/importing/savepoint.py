"""A savepoint that costs nothing where nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def saved_if_written() -> Iterator[None]:
    """Undo what was written inside, and nothing else, when an error leaves the block.

    As `transaction.atomic`, but the savepoint is set before the first statement that writes:
    most rows of a list that is read again write nothing.
    """
    points: list[str] = []

    def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 # Django calls it so
        if not points and not str(sql).lstrip().upper().startswith("SELECT"):
            points.append("")  # Its own statement comes here too.
            points[0] = transaction.savepoint()
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(watch):
            yield
    except BaseException:
        if points:
            transaction.set_rollback(False)
            transaction.savepoint_rollback(points[0])
        raise
    if points:
        transaction.savepoint_commit(points[0])
