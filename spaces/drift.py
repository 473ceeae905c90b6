"""Where claims differ from what their owners ought to have.

Owners are asked for everything once, in a stream that is copied into a table of this
transaction; PostgreSQL then compares, so that a million claims need no memory here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from core import owners
from core.sql import at_one_moment
from spaces import drift_sql as sql
from spaces.claims import Wanted
from spaces.stock import StockWanted

_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it ought to be; `what` is a stable word, `words` say where."""

    what: str
    words: str


def differences(*, now: datetime) -> Iterator[Difference]:
    """Every difference, claims first. Holds that ran out count as free on both sides.

    All is read at one moment, also while people book, unless the caller has a transaction.
    """
    with at_one_moment():
        _execute(sql.TABLES)
        _copy("audit_wanted", _wanted())
        _copy("audit_stock", _stock_wanted())
        _execute("ANALYZE audit_wanted; ANALYZE audit_stock")
        known = [kind.kind for kind in owners.kinds()]
        for query, params in (
            (sql.CLAIMS, {"now": now, "known": known}),
            (sql.ON_WHOLES, {"now": now}),
            (sql.OVERLAPS, {"now": now}),
            (sql.STOCK, {"now": now, "known": known}),
            (sql.STOCK_PEAKS, {"now": now}),
        ):
            yield from _found(query, params)
        _execute("DROP TABLE audit_wanted, audit_stock")


def _wanted() -> Iterator[Sequence[Any]]:
    for kind in owners.kinds():
        for want in kind.derive(None):
            yield _claim_row(want)


def _claim_row(want: Wanted) -> Sequence[Any]:
    return (
        want.space_id,
        want.starts_at,
        want.ends_at,
        int(want.kind),
        want.owner_kind,
        want.owner_id,
        want.uid,
        want.sequence,
        want.hold_until,
    )


def _stock_wanted() -> Iterator[Sequence[Any]]:
    for kind in owners.kinds():
        for want in kind.derive_stock(None):
            yield _stock_row(want)


def _stock_row(want: StockWanted) -> Sequence[Any]:
    return (
        want.item_id,
        want.quantity,
        want.starts_at,
        want.ends_at,
        want.owner_kind,
        want.owner_id,
        want.hold_until,
    )


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _copy(table: str, rows: Iterator[Sequence[Any]]) -> None:
    """In batches: while a copy runs, its connection cannot answer what owners ask."""
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in batch:
                copy.write_row(row)


def _found(query: str, params: dict[str, Any]) -> Iterator[Difference]:
    """Through a cursor on the server: a broken database may differ in every row."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, params)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            for what, words in rows:
                yield Difference(what, words)
