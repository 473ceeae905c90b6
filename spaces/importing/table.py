"""From the bytes of a file to rows of text, within limits; a bad row spoils no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from spaces.importing.errors import FileRefused
from spaces.importing.report import Problem

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 4_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name. `problem`: why its cells cannot be trusted."""

    line: int
    cells: dict[str, str]
    problem: Problem | None = None


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises: FileRefused where there is none, or too many."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileRefused(_("This is not a file. Name a CSV file."))
        if size > MOST_BYTES:
            raise FileRefused(
                _("The file has over %(n)d million bytes. Split it.") % {"n": MOST_BYTES // 10**6}
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileRefused(_("There is no such file, or it may not be read.")) from error


def read_rows(data: bytes, *, needed: Collection[str]) -> list[Row]:
    """The rows of a CSV file in UTF-8 that has at least the `needed` columns.

    Raises: FileRefused for another encoding, missing columns, or more than 20,000 rows.
    """
    if data[:2] in _UTF16 or b"\x00" in data[:64]:
        raise FileRefused(_("The file is not in UTF-8. Save it as “CSV UTF-8” and try again."))
    # Bytes that are not UTF-8 become surrogates, so that only their own row is refused.
    text = data.decode("utf-8-sig", errors="surrogateescape")
    # A huge cell is its row's fault, not the file's; the file itself is bounded above.
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, needed)
        rows: list[Row] = []
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(line, header, cells))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise FileRefused(_("The file has over %(n)d rows. Split it.") % {"n": MOST_ROWS})
    except csv.Error as error:
        raise FileRefused(
            _("Line %(line)d cannot be read: look for a quote that is never closed.")
            % {"line": reader.line_num}
        ) from error
    return rows


def _check_header(header: list[str], needed: Collection[str]) -> None:
    missing = [name for name in needed if name not in header]
    if missing:
        raise FileRefused(
            _("The file lacks these columns: %(names)s. Is it the right list?")
            % {"names": ", ".join(missing)}
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise FileRefused(
            _("These columns are there twice: %(names)s. Remove one of each.")
            % {"names": ", ".join(twice)[:200]}
        )


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    problem = None
    if len(cells) != len(header):
        problem = Problem(
            _("It has %(found)d cells where %(wanted)d belong.")
            % {"found": len(cells), "wanted": len(header)},
            _("Look for a missing comma or quote."),
        )
    elif any("\x00" in cell for cell in cells):
        problem = Problem(_("It holds a NUL character."), _("Export the list again."))
    elif any("\udc80" <= sign <= "\udcff" for cell in cells for sign in cell):
        problem = Problem(
            _("It holds letters that are not in UTF-8."),
            _("Save the list as “CSV UTF-8” and try again."),
        )
    elif any(len(cell) > LONGEST_CELL for cell in cells):
        problem = Problem(
            _("It has a cell of over %(n)d characters.") % {"n": LONGEST_CELL},
            _("Shorten it, or close its quote."),
        )
    if problem:
        named = {name: printable(cell) for name, cell in named.items()}
    return Row(line, named, problem)


def printable(words: str) -> str:
    """Words that can be shown in a report, whatever bytes they came from."""
    safe = words.encode("utf-8", errors="replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "?" for sign in safe)[:200]
