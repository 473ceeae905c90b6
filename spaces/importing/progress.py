"""How far an import has come, told from outside its transaction so that others can see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from spaces.models import VenueImport

_EVERY = 50


@contextmanager
def told(import_id: int) -> Iterator[Callable[[int, int], None]]:
    """A function of (rows done, all rows), which writes over a connection of its own."""
    beside = connection.copy()
    table = connection.ops.quote_name(VenueImport._meta.db_table)

    def tell(done: int, rows: int) -> None:
        if done % _EVERY and done != rows:
            return
        with beside.cursor() as cursor:
            # The import itself only holds a share of this row, which lets other columns change.
            cursor.execute(
                f"UPDATE {table} SET rows_done = %s, rows_total = %s WHERE id = %s",  # noqa: S608 # our own table
                [min(done, rows), rows, import_id],
            )

    try:
        yield tell
    finally:
        beside.close()
