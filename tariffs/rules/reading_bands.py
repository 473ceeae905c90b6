"""From the bands of a document to values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tariffs.rules.ranges import Range, range_of
from tariffs.rules.reading_when import Book
from tariffs.rules.shape import Band, Bands, Mode


def bands_of(bands: Mapping[str, Any], book: Book, *, own: str) -> Bands:
    """Bands in order; one without a lower edge begins where the one before ended."""
    mode = Mode(bands.get("mode", Mode.MARGINAL))
    made: list[Band] = []
    before: Range | None = None
    for band in bands["bands"]:
        before = _band_range(band, before)
        made.append(
            Band(before, book.pounds(band["amount"]), bool(band.get("flat", mode is Mode.FLAT)))
        )
    return Bands(
        by=bands.get("by", own),
        mode=mode,
        bands=tuple(made),
        every=Decimal(str(bands.get("every", 0))),
    )


def _band_range(band: Mapping[str, Any], before: Range | None) -> Range:
    if "in" in band:
        return range_of(band["in"])
    low, has_low = None, True
    if "from" in band:
        low = Decimal(str(band["from"]))
    elif "over" in band:
        low, has_low = Decimal(str(band["over"])), False
    elif before is not None:
        low, has_low = before.high, not before.has_high
    if "to" in band:
        return Range(low, Decimal(str(band["to"])), has_low=has_low)
    if "under" in band:
        return Range(low, Decimal(str(band["under"])), has_low=has_low, has_high=False)
    return Range(low, None, has_low=has_low)
