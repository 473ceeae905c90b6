"""The one place that takes locks, in the one order of docs/locking.md.

Transaction-level advisory locks, sorted by class and id, taken in a single statement before
anything is written: they take no transaction id, so the order of changes is kept, and no two
holders can wait for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum

from django.db import OperationalError, connection

from core import sql
from core.errors import TryAgain
from spaces.models import SpacePart


class LockClass(IntEnum):
    """The written order: a lower class is always locked before a higher one."""

    ORGANISATION = 1
    PRIVATE_HIRER = 2
    VENUE = 3
    SPACE = 4
    STOCK = 5
    VOUCHER = 6


# Written out: every booking asks these, and putting a query together costs more than its answer.
_ATOMS_IN = """
SELECT part.space_id, part.part_id
FROM spaces_spacepart part JOIN spaces_space space ON space.id = part.space_id
WHERE space.venue_id = %s::bigint
ORDER BY part.part_id
"""
_HEARERS_OF = """
SELECT DISTINCT own.part_id, heard.part_id
FROM spaces_spacepart own
JOIN spaces_space_acoustic_neighbours beside ON beside.from_space_id = own.space_id
JOIN spaces_spacepart heard ON heard.space_id = beside.to_space_id
WHERE own.part_id = ANY(%s::bigint[])
"""
# What PostgreSQL says when a lock cannot be had: lock_timeout, and a deadlock it broke.
_NOT_TO_BE_HAD = {"55P03", "40P01"}


def take(keys: Iterable[tuple[LockClass, int]]) -> None:
    """Lock all `keys` until the transaction ends. Call once, first, inside `atomic`.

    Raises: TryAgain where somebody keeps one of them longer than `lock_timeout`; RuntimeError
    outside a transaction, where the locks would be let go at once.
    """
    if not connection.in_atomic_block:
        message = "locks are only held inside a transaction"
        raise RuntimeError(message)
    ordered = sorted(set(keys))
    if not ordered:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(k.class, k.id)"
                " FROM unnest(%s::int[], %s::int[]) AS k(class, id)",
                [[int(cls) for cls, _id in ordered], [_id for _cls, _id in ordered]],
            )
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) not in _NOT_TO_BE_HAD:
            raise
        raise TryAgain from error


def atoms_of(space_ids: Iterable[int]) -> dict[int, list[int]]:
    """For each space, the atoms that a claim on it falls on, in id order."""
    atoms: dict[int, list[int]] = {space_id: [] for space_id in space_ids}
    rows = SpacePart.objects.filter(space_id__in=atoms).order_by("part_id")
    for space_id, part_id in rows.values_list("space_id", "part_id"):
        atoms[space_id].append(part_id)
    return atoms


def atoms_in(venue_id: int) -> dict[int, list[int]]:
    """For each space of the venue, the atoms that a claim on it falls on, in id order."""
    atoms: dict[int, list[int]] = defaultdict(list)
    for space_id, part_id in sql.rows(_ATOMS_IN, [venue_id]):
        atoms[space_id].append(part_id)
    return dict(atoms)


def hearers_of(atom_ids: Iterable[int]) -> set[int]:
    """The other atoms that hear what happens on `atom_ids`, both ways.

    A neighbour named on a whole counts for each of its parts.
    """
    atoms = set(atom_ids)
    return set().union(*hearers_of_each(atoms).values()) - atoms


def hearers_of_each(atom_ids: Iterable[int]) -> dict[int, set[int]]:
    """For each atom that is heard, the atoms that hear it."""
    found: dict[int, set[int]] = defaultdict(set)
    for atom, hearer in sql.rows(_HEARERS_OF, [list(atom_ids)]):
        found[atom].add(hearer)
    return dict(found)
