"""New venues of a list, kept back and written many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, connection, models, transaction

from accounts.models import AuditEntry
from spaces.models import (
    AccessFact,
    Facility,
    ImportChange,
    ImportedRecord,
    Space,
    SpacePart,
    Venue,
)

MOST_AT_ONCE = 500
_BATCH = 500
# Those that others point to come first.
_ORDER: tuple[type[models.Model], ...] = (
    Venue,
    Space,
    SpacePart,
    Facility,
    AccessFact,
    ImportedRecord,
    ImportChange,
    AuditEntry,
)


@dataclass(slots=True)
class Fresh:
    """Rows to add, by the venue they belong to. `refused`: venues the database did not accept."""

    waiting: dict[int, list[models.Model]] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    _numbers: dict[type[models.Model], list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_full(self) -> bool:
        return len(self.waiting) >= MOST_AT_ONCE

    def number(self, model: type[models.Model]) -> int:
        """A primary key that nobody else gets, so that rows can name each other unwritten."""
        if not self._numbers[model]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [model._meta.db_table, _BATCH],
                )
                self._numbers[model] = [pk for (pk,) in reversed(cursor.fetchall())]
        return self._numbers[model].pop()

    def add(self, venue_id: int, rows: Iterable[models.Model]) -> None:
        self.waiting.setdefault(venue_id, []).extend(rows)

    def write(self) -> None:
        """Write all that waits; where the database refuses it, each venue by itself."""
        waiting, self.waiting = self.waiting, {}
        if not waiting or _is_written([row for rows in waiting.values() for row in rows]):
            return
        for venue_id, rows in waiting.items():
            if not _is_written(rows):
                self.refused.add(venue_id)


def _is_written(rows: Sequence[models.Model]) -> bool:
    by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    try:
        with transaction.atomic():
            for model in _ORDER:
                model._default_manager.bulk_create(by_model[model], batch_size=_BATCH)
    except (IntegrityError, DataError):
        return False
    return True
