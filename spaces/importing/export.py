"""The report of an import as a file for a spreadsheet, in which no cell runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def harmless(cell: object) -> str:
    """Words that a spreadsheet shows as words, whatever they begin with."""
    words = str(cell).replace("\x00", "")
    return f"'{words}" if words.startswith(_RUNS) else words


def as_written(words: str) -> str:
    """The words without the mark of `harmless`, which other programs set too."""
    return words[1:] if words[:1] == "'" and words[1:].startswith(_RUNS) else words


def report_as_csv(report: Mapping[str, Any]) -> bytes:
    """Each row that was refused, left out or warned about; with a mark, so that Excel reads it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([_("Row"), _("Place"), _("What became of it"), _("Column"), _("Look at this")])
    became = {"refused": _("Refused"), "left_out": _("Left out")}
    for one in report.get("refused", []):
        _write(writer, one, became.get(one.get("outcome", ""), _("Refused")))
    for one in report.get("warnings", []):
        _write(writer, one, _("Taken"))
    return written.getvalue().encode("utf-8-sig")


def _write(writer: Any, one: Mapping[str, Any], what: str) -> None:
    cells = (one["row"], one["name"], what, one["column"], one["message"])
    writer.writerow([harmless(cell) for cell in cells])
