"""By what a row is known again: the list's own number, a UPRN, or the name and the place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from spaces.importing.cells import Cells

_LONGEST_KEY = 60


def shared_keys(rows: Sequence[Mapping[str, str]], column: str, named: str) -> frozenset[str]:
    """Numbers that stand at places whose names have little in common: they tell nothing."""
    first: dict[str, str] = {}
    shared = set()
    for row in rows if column else ():
        cells = Cells(row)
        key = cells.raw(column)
        if not key:
            continue
        name = cells.raw(named)
        if name and not is_alike(first.setdefault(key, name), name):
            shared.add(key)
    return frozenset(shared)


def is_alike(one: str, other: str) -> bool:
    """Whether two names of one property share most of their words."""
    first, second = set(plain_name(one).split()), set(plain_name(other).split())
    return first == second or len(first & second) * 2 > max(len(first), len(second))


def sole_uprns(rows: Sequence[Mapping[str, str]], column: str) -> frozenset[str]:
    """UPRNs that stand in one row only."""
    seen: dict[str, int] = {}
    for row in rows if column else ():
        if uprn := Cells(row).uprn(column):
            seen[uprn] = seen.get(uprn, 0) + 1
    return frozenset(uprn for uprn, count in seen.items() if count == 1)


def plain_name(name: str) -> str:
    """A name to compare by: "The St. Mary's Hall" and "st marys hall" are one."""
    words = re.sub(r"['’`.]", "", name.casefold()).replace("&", " and ")
    return re.sub(r"^the ", "", " ".join(re.sub(r"[^\w]+", " ", words).split()))


def short_key(key: str) -> str:
    """A key that fits; a long one by its digest."""
    if len(key) <= _LONGEST_KEY and key.isprintable():
        return key
    return f"#{sha256(key.encode('utf-8', errors='replace')).hexdigest()[:40]}"
