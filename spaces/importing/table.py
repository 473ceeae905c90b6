"""From text to rows by column name, within limits; a bad row spoils no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from spaces.importing.errors import FileRefused
from spaces.importing.layout import find_delimiter, find_header, join_header, lines_of, named
from spaces.importing.report import Note, Problem
from spaces.importing.sniffing import MOST_BYTES, decode, read_bytes

MOST_ROWS = 60_000
MOST_COLUMNS = 300
LONGEST_CELL = 4_000
# A cell of more lines than this is a quote that nobody closed.
MOST_LINES_OF_A_ROW = 40
_TOTAL = re.compile(
    r"((grand|overall|sub)[ -]?)?totals?( *[:=(].*| (for|of|number|sites|venues|north|south|east|"
    r"west)\b.*)?$|sub-?totals?\b|averages?$|(sum|mean|count)$|sources?:|notes?:|(produced|printed|"
    r"generated|extracted) (on|at|by)\b|end of (report|list|file)|\(?c\)? crown copyright",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name. `number`: as a spreadsheet shows it, the first row is 1.

    `problem`: why its cells cannot be trusted. `is_note`: a footnote or a header said again.
    """

    number: int
    cells: dict[str, str]
    problem: Problem | None = None
    warnings: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A list that could be read: its columns, its rows, and how it was written."""

    columns: tuple[str, ...]
    rows: list[Row]
    encoding: str
    delimiter: str
    header_row: int
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Lines:
    """Lines to read, from wherever `at` is set."""

    lines: list[str]
    at: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def read_table(data: bytes, *, is_known: Callable[[str], bool]) -> Table:
    """The list in `data`. `is_known`: whether a cell reads like the name of a column.

    Raises: FileRefused where it is no list, has no names of columns, or is too big.
    """
    decoded = decode(data)
    # A huge cell is its row's fault, not the file's; the file itself is bounded.
    csv.field_size_limit(MOST_BYTES)
    lines = lines_of(decoded.text)
    delimiter, skipped = find_delimiter(lines)
    records = _records(lines[skipped:], delimiter)
    at = find_header([cells for cells, _problem in records[:40]], is_known=is_known)
    top = records[at][0]
    below = records[at + 1][0] if at + 1 < len(records) else []
    if (joined := join_header(top, below, is_known=is_known)) is not None:
        at, top = at + 1, joined
    header, notes = named(top, [cells for cells, _problem in records[at + 1 :]])
    if len(header) > MOST_COLUMNS:
        raise FileRefused(_("The file has over %(n)d columns.") % {"n": MOST_COLUMNS})
    first = at + 2 + skipped
    rows = [
        _row(number, header, top, cells, problem)
        for number, (cells, problem) in enumerate(records[at + 1 :], start=first)
        if problem or any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise FileRefused(_("The file has names of columns, but no rows below them."))
    if len(rows) > MOST_ROWS:
        raise FileRefused(_("The file has over %(n)d rows. Split it.") % {"n": MOST_ROWS})
    if at:
        notes.append(_("The names of the columns are in row %(n)d.") % {"n": first - 1})
    return Table(tuple(header), rows, decoded.encoding, delimiter, first - 1, notes)


def _records(lines: list[str], delimiter: str) -> list[tuple[list[str], Problem | None]]:
    """Each record; one that a lost quote has swallowed ends with its own line."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter)
    found: list[tuple[list[str], Problem | None]] = []
    while source.at < len(lines):
        start = source.at
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            cells = []
        taken = source.at - start
        odd = taken > 1 and sum(line.count('"') for line in lines[start : source.at]) % 2
        problem = None
        if odd or taken > MOST_LINES_OF_A_ROW or (not cells and lines[start].strip()):
            problem = Problem(
                "open_quote",
                "",
                _("It has a quote that is never closed."),
                _("Close the quote, or remove it."),
            )
            cells, source.at = lines[start].rstrip("\r\n").split(delimiter), start + 1
            reader = csv.reader(source, delimiter=delimiter)
        found.append((cells, problem))
        if len(found) > MOST_ROWS + 100:
            raise FileRefused(_("The file has over %(n)d rows. Split it.") % {"n": MOST_ROWS})
    return found


def _row(
    number: int, header: list[str], raw_header: list[str], cells: list[str], problem: Problem | None
) -> Row:
    words = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    problem = problem or _problem(header, raw_header, cells)
    if problem:
        return Row(number, {name: printable(cell) for name, cell in words.items()}, problem)
    warnings: list[Note] = []
    if len(cells) < len(header):
        warnings.append(
            Note(
                "short_row",
                "",
                _("It has %(found)d cells of %(wanted)d: the rest were taken as blank.")
                % {"found": len(cells), "wanted": len(header)},
            )
        )
    words = {name: words.get(name, "") for name in header}
    for name, cell in words.items():
        if "\ufffd" in cell:
            warnings.append(Note("lost_letter", name, _("It has a letter that could not be read.")))
    return Row(number, words, None, tuple(warnings))


def _problem(header: list[str], raw_header: list[str], cells: list[str]) -> Problem | None:
    filled = [cell for cell in cells if cell.strip()]
    if [cell.strip() for cell in cells] == [cell.strip() for cell in raw_header]:
        return Problem("header_again", "", _("It says the names of the columns again."), "")
    if filled and _TOTAL.match(filled[0].strip()):
        return Problem(
            "note",
            "",
            _("It is a total or a note below the list."),
            _("If it is a place, write its name in another way."),
        )
    if len(header) > 2 and len(filled) == 1:
        return Problem(
            "note",
            "",
            _("Only one of its cells is filled, as in a heading or a footnote."),
            _("If it is a place, fill in its other cells."),
        )
    too_many = any(cell.strip() for cell in cells[len(header) :])
    if too_many or len(cells) * 2 < len(header):
        return Problem(
            "ragged",
            "",
            _("It has %(found)d cells where %(wanted)d belong.")
            % {"found": len(cells), "wanted": len(header)},
            _("Look for a missing comma or quote."),
        )
    if any("\x00" in cell for cell in cells):
        return Problem("nul", "", _("It holds a NUL character."), _("Export the list again."))
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Problem(
            "long_cell",
            "",
            _("It has a cell of over %(n)d characters.") % {"n": LONGEST_CELL},
            _("Shorten it, or close its quote."),
        )
    return None


def printable(words: str) -> str:
    """Words that can be shown in a report, whatever bytes they came from."""
    safe = words.encode("utf-8", errors="replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "?" for sign in safe)[:200]


__all__ = ["Row", "Table", "printable", "read_bytes", "read_table"]
