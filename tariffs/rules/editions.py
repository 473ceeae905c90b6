"""Editions of the language: what a document meant when it was published, it means for ever.

A published document carries the number of its edition as `engine`; one from before the numbers
is of the first. Whoever changes what a document comes to adds an edition here, and reads those
before it as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Edition:
    """One reading of the language. `changed`: in what it differs from the one before."""

    number: int
    changed: str
    # Where a sheet is silent, part of an hour beyond what a standing charge includes is whole.
    is_overage_whole: bool = False


EDITIONS = (
    Edition(1, "The first.", is_overage_whole=True),
    Edition(2, "Part of an hour beyond those included is rounded by `overage_step` alone."),
)
CURRENT = EDITIONS[-1]


def edition_of(document: Mapping[str, Any]) -> Edition:
    """The edition by which a document that was checked is read."""
    return EDITIONS[document.get("engine", 1) - 1]


def stamped(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document that says by which edition it is meant; the current one where it does not."""
    return {"engine": CURRENT.number, **document}
