"""A column of a file: its name, what it means, and where its value is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from spaces.access_facts.shape import Words

Cell = str | int | float | Decimal | date | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """`words` explain it in the dictionary; `values` names what it can hold, where that is set."""

    name: str
    words: Words
    of: Callable[[Any], Cell]
    values: tuple[str, ...] = ()
    group: str = "plain"
