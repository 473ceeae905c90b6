"""Lock, and let go of holds that ran out on what was locked: how every writer of claims begins.

A date that lapses frees all its spaces and items at once, and the buffers of its neighbours may
come back: so what it touches is locked along with the writer's own, in the one statement that
keeps the order. Nobody decides on a lapsed hold without ending it: an answer that was given in
time but waited for the lock then finds the date expired, and never a second taker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from core import owners, sql
from core.errors import TryAgain
from spaces import claims, locks, stock
from spaces.locks import LockClass

_Owners = set[tuple[str, int]]
_LAPSED = """
SELECT owner_kind, owner_id FROM spaces_claim
WHERE space_id = ANY(%(atoms)s::bigint[]) AND active AND hold_until <= %(now)s::timestamptz
UNION
SELECT owner_kind, owner_id FROM spaces_stockclaim
WHERE item_id = ANY(%(items)s::bigint[]) AND active AND hold_until <= %(now)s::timestamptz
"""


def lock(
    keys: Iterable[tuple[LockClass, int]], *, looks_at: Collection[int] = (), now: datetime
) -> None:
    """Take `keys` and expire every lapsed hold on their spaces and items.

    `looks_at`: atoms on which nothing is written, but whose live uses count for the decision.
    Call once, first, inside `atomic`. Raises: TryAgain.
    """
    own = set(keys)
    atoms = {one for cls, one in own if cls is LockClass.SPACE} | set(looks_at)
    items = {one for cls, one in own if cls is LockClass.STOCK}
    found = _lapsed(atoms, items, now=now)
    locks.take(own | _touched_by(found))
    still = _lapsed(atoms, items, now=now)
    if not still <= found:
        # A hold of a few seconds was made and ran out while we waited.
        raise TryAgain
    if still:
        claims.release_lapsed(atoms, now=now)
        stock.release_lapsed(items, now=now)


def _lapsed(atoms: Collection[int], items: Collection[int], *, now: datetime) -> _Owners:
    return set(sql.rows(_LAPSED, {"atoms": list(atoms), "items": list(items), "now": now}))


def _touched_by(found: _Owners) -> set[tuple[LockClass, int]]:
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, owner_id in found:
        by_kind[kind].add(owner_id)
    return {
        (LockClass(cls), one)
        for kind, ids in by_kind.items()
        for cls, one in owners.kind_named(kind).locks(ids)
    }
