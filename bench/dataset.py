"""Build 2,000 spaces and their claims in bulk: the rows first, the indexes after."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from core.clock import now
from spaces import habits
from spaces.services import needs

# The same number of claims a day however long the history is.
CLAIMS_A_DAY = 4_000
DAYS_AHEAD = 100
_SQL = Path(__file__).with_name("dataset.sql")


@dataclass(frozen=True)
class Dataset:
    """`claims` claims on `rooms` spaces of each venue, ending `DAYS_AHEAD` days after `today`."""

    claims: int
    today: date
    venues: int = 500
    rooms: int = 4

    @property
    def days(self) -> int:
        return max(DAYS_AHEAD, self.claims // CLAIMS_A_DAY)

    @property
    def first_day(self) -> date:
        return self.today + timedelta(days=DAYS_AHEAD - self.days)

    @property
    def values(self) -> dict[str, object]:
        """What the statements ask for."""
        return {
            "first": self.first_day,
            "days": self.days,
            "claims": self.claims,
            "venues": self.venues,
            "rooms": self.rooms,
        }

    @property
    def mark(self) -> str:
        places = f"{self.venues} venues of {self.rooms}"
        return f"{self.claims}, {places}, from {self.first_day} with {_newest_migrations()}"


def _newest_migrations() -> str:
    folders = ("accounts", "spaces", "checks", "tariffs", "bookings", "notices")
    root = Path(__file__).parent.parent
    return " ".join(
        (root / f / "migrations/max_migration.txt").read_text().strip() for f in folders
    )


def is_built(dataset: Dataset) -> bool:
    """Whether the present database holds exactly this data set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_mark') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("SELECT mark FROM bench_mark")
        return cursor.fetchone() == (dataset.mark,)


def build(dataset: Dataset) -> None:
    """Fill an empty database."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.27)")
        kept = [*_take_down(cursor, "spaces_claim"), *_take_down(cursor, "spaces_openingspan")]
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for statement in _SQL.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                _say(statement)
                cursor.execute(statement, dataset.values)
        for statement in kept:
            _say(statement)
            cursor.execute(statement)
        _say("The answers to needs, and when places tend to be open")
        needs.refresh_all(now=now())
        habits.refresh_all(now=now())
        _say("VACUUM (ANALYZE)")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CREATE TABLE bench_mark (mark text)")
        cursor.execute("INSERT INTO bench_mark VALUES (%s)", [dataset.mark])


def _say(statement: str) -> None:
    """One line for each step, because some take a minute."""
    lines = (line.strip() for line in statement.splitlines())
    first = next((line for line in lines if line and not line.startswith("--")), "")
    print(f"  {time.strftime('%H:%M:%S')} {first[:80]}", flush=True)


def _take_down(cursor: CursorWrapper, table: str) -> list[str]:
    """Drop the table's indexes and exclusion constraint; the statements that bring them back."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'x'",
        [table],
    )
    again = []
    for name, definition in cursor.fetchall():
        again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname <> %s",
        [table, f"{table}_pkey"],
    )
    for name, definition in cursor.fetchall():
        again.append(definition)
        cursor.execute(f'DROP INDEX "{name}"')
    return again
