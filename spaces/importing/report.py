"""What became of each row, and what to do about those that were refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at in a row that was taken. `column`: empty for the row as a whole."""

    code: str
    column: str
    words: str

    def __str__(self) -> str:
        return f"“{self.column}”: {self.words}" if self.column else self.words


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken: what is wrong, and what to do."""

    code: str
    column: str
    what: str
    remedy: str

    def __str__(self) -> str:
        words = f"{self.what} {self.remedy}".strip()
        return f"“{self.column}”: {words}" if self.column else words


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row, by its number in a spreadsheet. `changed`: what an update touched."""

    number: int
    key: str
    name: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Note, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """The whole import. `notes` are about the file and where its venues were put."""

    rows: list[RowReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    profile: str = ""
    encoding: str = ""
    delimiter: str = ""
    council: str = ""
    number: int | None = None
    columns: dict[str, str] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        return Counter(row.outcome for row in self.rows)[outcome]

    def as_data(self) -> dict[str, Any]:
        """For programs: what docs/imports.md promises.

        `rows` is the sum of created, updated, unchanged and the length of refused.
        """
        return {
            "rows": len(self.rows),
            "created": self.count(Outcome.CREATED),
            "updated": self.count(Outcome.UPDATED),
            "unchanged": self.count(Outcome.UNCHANGED),
            "refused": [_refusal(row) for row in self.rows if row.problems],
            "warnings": [
                {
                    "row": row.number,
                    "name": row.name,
                    "column": note.column,
                    "code": note.code,
                    "message": note.words,
                }
                for row in self.rows
                for note in row.warnings
            ],
            "left_out": self.count(Outcome.LEFT_OUT),
            "import": self.number,
            "council": self.council,
            "profile": self.profile,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "columns": self.columns,
            "notes": self.notes,
        }

    def as_record(self) -> dict[str, Any]:
        """What is kept of an import: each row that was not simply taken, and the counts."""
        return self.as_data() | {
            "left_out": self.count(Outcome.LEFT_OUT),
            "rows_refused": self.count(Outcome.REFUSED),
            "refused": [
                _refusal(row) | {"outcome": row.outcome.value} for row in self.rows if row.problems
            ],
        }

    def as_text(self) -> Iterator[str]:
        """For people: a line for each row, its problems below it, the counts at the end."""
        yield from self.notes
        words = outcome_words()
        for row in self.rows:
            head = _("Row %(row)d: %(outcome)s: %(name)s") % {
                "row": row.number,
                "outcome": words[row.outcome],
                "name": row.name or row.key or _("no name"),
            }
            yield f"{head} ({', '.join(row.changed)})" if row.changed else head
            yield from (f"    {problem}" for problem in row.problems)
            yield from (f"    {warning}" for warning in row.warnings)
        yield ", ".join(f"{self.count(outcome)} {words[outcome]}" for outcome in Outcome)


def _refusal(row: RowReport) -> dict[str, Any]:
    first = row.problems[0]
    return {
        "row": row.number,
        "name": row.name,
        "column": first.column,
        "code": first.code,
        "message": " ".join(str(one) for one in row.problems),
    }


def outcome_words() -> dict[Outcome, str]:
    """Each outcome in the reader's language."""
    return {
        Outcome.CREATED: _("added"),
        Outcome.UPDATED: _("changed"),
        Outcome.UNCHANGED: _("as before"),
        Outcome.LEFT_OUT: _("left out"),
        Outcome.REFUSED: _("refused"),
    }
