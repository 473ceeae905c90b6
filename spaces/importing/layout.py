"""How a list is laid out: what stands between its cells, and which row names its columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from spaces.importing.errors import FileRefused

DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 60


def lines_of(text: str) -> list[str]:
    """Lines with their ends; only the ends that a spreadsheet knows."""
    return list(io.StringIO(text, newline=""))


def find_delimiter(lines: Sequence[str]) -> tuple[str, int]:
    """What stands between cells, and how many lines to skip: Excel may say it in the first."""
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return lines[0].strip()[4], 1
    if first == "sep=":
        return "\t", 1
    return max(DELIMITERS, key=lambda sign: _fits(lines, sign)), 0


def _fits(lines: Sequence[str], sign: str) -> tuple[float, int]:
    """How evenly `sign` cuts the first lines, and into how many cells."""
    try:
        records = [row for row in csv.reader(lines[:_LOOKED_AT], delimiter=sign) if any(row)]
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(row) for row in records)
    width = max(widths, key=lambda n: (widths[n] * min(n, 8), n), default=1)
    if width < 2:
        return 0.0, 0
    return round(widths[width] / len(records), 1) * min(width, 8), width


def find_header(records: Sequence[Sequence[str]], *, is_known: Callable[[str], bool]) -> int:
    """Which record names the columns: the first with many words that columns are called.

    Raises: FileRefused where none does.
    """
    hits = [sum(is_known(cell) for cell in cells if cell.strip()) for cells in records]
    most = max(hits, default=0)
    if hits and max(hits[:-1], default=0) == 0 and len(records) > 2:
        most = 0  # Names of columns below all else are words in a row.
    width = Counter(len(cells) for cells in records).most_common(1)[0][0] if records else 0
    if most >= 2 or (most == 1 and width <= 2):
        return next(n for n, count in enumerate(hits) if count * 2 > most or count == most)
    for n, cells in enumerate(records[:10]):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) > 1 and len(filled) >= 0.8 * width and all(map(_could_be_name, filled)):
            return n
    raise FileRefused(
        _("No row has the names of the columns, such as name, address and postcode. Add one.")
    )


def join_header(
    top: Sequence[str], below: Sequence[str], *, is_known: Callable[[str], bool]
) -> list[str] | None:
    """The names of columns in two rows ("Post" above "code") as one; None where one is enough."""
    if not 0 < len(below) <= len(top) or not all(_could_be_name(cell.strip()) for cell in below):
        return None
    beside = [*below, *[""] * (len(top) - len(below))]
    joined = [" ".join(pair).strip() for pair in zip(top, beside, strict=True)]
    before, after = (sum(is_known(cell) for cell in cells) for cells in (top, joined))
    # A place of the list, joined to the names of its columns, is no name of a column.
    changed = [one for one, other in zip(joined, top, strict=True) if one != other.strip()]
    is_better = after > before and all(is_known(one) for one in changed)
    return joined if is_better else None


def _could_be_name(cell: str) -> bool:
    return len(cell) <= 60 and not any(sign.isdigit() for sign in cell[:3]) and "@" not in cell


def named(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """A name for every column: its own, told apart where it comes twice; and what to say."""
    names = [" ".join(cell.replace("\x00", "").split())[:100] for cell in header]
    while names and not names[-1] and not any(_filled(row, len(names) - 1) for row in rows):
        names.pop()
    seen: Counter[str] = Counter()
    found: list[str] = []
    twice: list[str] = []
    for n, name in enumerate(names, start=1):
        plain = name or _("Column %(n)d") % {"n": n}
        seen[plain.casefold()] += 1
        count = seen[plain.casefold()]
        if count == 2:
            twice.append(plain)
        found.append(plain if count == 1 else f"{plain} ({count})")
    notes = []
    if twice:
        notes.append(
            _("These columns are there more than once; look at which is which: %(names)s.")
            % {"names": ", ".join(twice)[:300]}
        )
    return found, notes


def _filled(row: Sequence[str], at: int) -> bool:
    return at < len(row) and bool(row[at].strip())
