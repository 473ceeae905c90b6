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
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a row: what, and what to do."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row. `line`: where it begins in the file. `changed`: what an update touched."""

    line: int
    key: str
    name: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """The whole import. `notes` are about the file and where its venues were put."""

    rows: list[RowReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return Counter(row.outcome for row in self.rows)[outcome]

    def as_data(self) -> dict[str, Any]:
        """For programs: counts, notes and rows."""
        return {
            "counts": {outcome.value: self.count(outcome) for outcome in Outcome},
            "notes": self.notes,
            "rows": [
                {
                    "line": row.line,
                    "key": row.key,
                    "name": row.name,
                    "outcome": row.outcome.value,
                    "changed": list(row.changed),
                    "problems": [
                        {"what": problem.what, "remedy": problem.remedy} for problem in row.problems
                    ],
                    "warnings": list(row.warnings),
                }
                for row in self.rows
            ],
        }

    def as_text(self) -> Iterator[str]:
        """For people: a line for each row, its problems below it, the counts at the end."""
        yield from self.notes
        words = outcome_words()
        for row in self.rows:
            head = _("Line %(line)d: %(outcome)s: %(name)s") % {
                "line": row.line,
                "outcome": words[row.outcome],
                "name": row.name or row.key or _("no name"),
            }
            yield f"{head} ({', '.join(row.changed)})" if row.changed else head
            yield from (f"    {problem}" for problem in row.problems)
            yield from (f"    {warning}" for warning in row.warnings)
        yield ", ".join(f"{self.count(outcome)} {words[outcome]}" for outcome in Outcome)


def outcome_words() -> dict[Outcome, str]:
    """Each outcome in the reader's language."""
    return {
        Outcome.CREATED: _("added"),
        Outcome.UPDATED: _("changed"),
        Outcome.UNCHANGED: _("as before"),
        Outcome.REFUSED: _("refused"),
    }
