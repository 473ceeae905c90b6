"""The files themselves: the same bytes for the same catalogue, in whatever language it is read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from accounts.models import Council
from spaces.exporting.column import Cell, Column
from spaces.exporting.columns import SPACES, VENUES
from spaces.exporting.licence import LICENCE, LICENCE_URL
from spaces.exporting.nested import as_feature, as_object
from spaces.exporting.rows import load
from spaces.importing.export import harmless


class What(StrEnum):
    """What a row, a feature or an object of the file is."""

    VENUES = "venues"
    SPACES = "spaces"


class Form(StrEnum):
    CSV = "csv"
    GEOJSON = "geojson"
    JSON = "json"


_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.GEOJSON: "application/geo+json",
    Form.JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class Download:
    """One of the files there are."""

    what: What
    form: Form

    @property
    def name(self) -> str:
        return f"{self.what}.{self.form}"

    @property
    def media_type(self) -> str:
        return _TYPES[self.form]


DOWNLOADS = (
    Download(What.VENUES, Form.CSV),
    Download(What.SPACES, Form.CSV),
    Download(What.VENUES, Form.GEOJSON),
    Download(What.VENUES, Form.JSON),
)


def export(download: Download, *, council: Council | None = None) -> bytes:
    """The public catalogue, or that of one council. The same queries whatever its size."""
    venues = load(council)
    if download.form is Form.GEOJSON:
        features = [as_feature(row) for row in venues]
        return _json({"type": "FeatureCollection", **_terms(), "features": features})
    if download.form is Form.JSON:
        return _json({**_terms(), "venues": [as_object(row) for row in venues]})
    rows: Iterable[Any] = venues
    if download.what is What.SPACES:
        rows = (space for row in venues for space in row.spaces)
    return _csv(columns_of(download), rows)


def cell(value: Cell) -> str:
    """What stands in the cell of a spreadsheet: one line, which never runs as a formula.

    A number stays one: minus 2.3 degrees is no formula.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return f"{value}"
    if isinstance(value, date):
        return value.isoformat()
    return harmless(" ".join(value.split()))


def columns_of(download: Download) -> tuple[Column, ...]:
    """What each row tells."""
    return SPACES if download.what is What.SPACES else VENUES


def _csv(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([cell(column.of(row)) for column in columns])
    # With a mark, so that Excel reads it as UTF-8.
    return written.getvalue().encode("utf-8-sig")


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _terms() -> dict[str, str]:
    return {"licence": LICENCE, "licence_url": LICENCE_URL}
