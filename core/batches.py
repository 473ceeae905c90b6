"""Long lists of keys in pieces that one statement can take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")

# PostgreSQL takes up to 65,535 values in a statement.
_MOST = 10_000


def batched(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """All of `items`, in order, some at a time."""
    rest = iter(items)
    while some := list(islice(rest, _MOST)):
        yield some
