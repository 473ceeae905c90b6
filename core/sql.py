"""Statements that every booking and search asks, written out.

Putting an ORM query together costs more than the database's answer to it; lists and pages that
are asked for rarely stay with the ORM.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def at_one_moment() -> Iterator[None]:
    """All inside is read at one moment, whatever others write; a transaction stays as it is."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def rows(
    statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """What `statement` finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def rows_planned_anew(
    statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """What `statement` finds, by a plan made for these very parameters.

    A statement that is asked often is prepared, and PostgreSQL then keeps one plan for whatever
    is asked. That suits a row by its key; a search for three places and for three thousand need
    plans of their own (docs/decisions/0008-search-reads-a-time-leading-index.md).
    """
    with _unprepared():
        return rows(statement, parameters)


@contextmanager
def _unprepared() -> Iterator[None]:
    connection.ensure_connection()
    driver = connection.connection
    usual = driver.prepare_threshold
    driver.prepare_threshold = None
    try:
        yield
    finally:
        driver.prepare_threshold = usual


def run(statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> int:
    """How many rows `statement` changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
