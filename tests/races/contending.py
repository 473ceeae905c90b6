"""What racers do: take a slot the way every writer does, in a transaction of their own."""

from __future__ import annotations

import math
import time as clock
import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from core import owners
from core.owners import Displaced, OwnerKind
from spaces import claims, locks, stock
from spaces.claims import Wanted
from spaces.errors import SpaceTaken, StockShort
from spaces.locks import LockClass
from spaces.models import Claim, StockClaim
from spaces.models.claim import ClaimKind
from spaces.stock import StockWanted

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
FIRST = datetime(2027, 2, 1, 18, tzinfo=UTC)
KIND = "racer"
ROUND_SECONDS = 0.15


def register() -> None:
    """Racers as owners of claims. They keep no record, so nothing of theirs can differ."""
    owners.register(OwnerKind(KIND, _as_they_stand, lambda _ids, _now: None, _describe))


def _as_they_stand(ids: Collection[int] | None) -> Iterator[Wanted]:
    rows = Claim.objects.filter(owner_kind=KIND, active=True)
    for row in rows if ids is None else rows.filter(owner_id__in=ids):
        yield Wanted(
            row.space_id,
            row.starts_at,
            row.ends_at,
            ClaimKind(row.kind),
            KIND,
            row.owner_id,
            row.uid,
            row.sequence,
            row.hold_until,
        )


def _describe(ids: Collection[int]) -> dict[int, Displaced]:
    return {one: Displaced(KIND, one, f"Racer {one}", "Busy") for one in ids}


def wanted(space_ids: Sequence[int], owner: int, days: Sequence[int]) -> list[Wanted]:
    return [
        Wanted(
            space_id,
            FIRST + timedelta(days=day),
            FIRST + timedelta(days=day, hours=3),
            ClaimKind.USE,
            KIND,
            owner,
            uuid.UUID(int=owner),
        )
        for day in days
        for space_id in space_ids
    ]


@transaction.atomic
def take(space_ids: Sequence[int], owner: int, days: Sequence[int]) -> None:
    """Take all of it or nothing, in the written order: lock, let lapsed holds go, claim."""
    locks.take((LockClass.SPACE, space_id) for space_id in space_ids)
    claims.release_lapsed(space_ids, now=NOW)
    claims.sync(KIND, [owner], wanted(space_ids, owner, days), now=NOW)


def try_to_take(space_ids: Sequence[int], owner: int, days: Sequence[int]) -> bool:
    try:
        take(space_ids, owner, days)
    except SpaceTaken as refusal:
        return _silent(bool(refusal.conflicts))
    return True


def contend(space_ids: list[int], first_owner: int, rounds: int) -> list[int]:
    """Try to take a new slot each round, in step with the other processes; the rounds won."""
    register()
    begin = math.ceil(clock.time()) + 1
    won = []
    for n in range(rounds):
        clock.sleep(max(0.0, begin + n * ROUND_SECONDS - clock.time()))
        if try_to_take(space_ids, first_owner + n, [n]):
            won.append(n)
    return won


@transaction.atomic
def borrow(item_id: int, quantity: int, owner: int, day: int) -> None:
    locks.take([(LockClass.STOCK, item_id)])
    stock.release_lapsed([item_id], now=NOW)
    starts = FIRST + timedelta(days=day)
    want = StockWanted(item_id, quantity, starts, starts + timedelta(hours=3), KIND, owner)
    stock.sync(KIND, [owner], [want], now=NOW)


def try_to_borrow(item_id: int, quantity: int, owner: int, day: int) -> bool:
    try:
        borrow(item_id, quantity, owner, day)
    except StockShort as refusal:
        return _silent(item_id in refusal.short)
    return True


def _silent(says_why: bool) -> bool:
    """Lost; but a refusal always says what is in the way."""
    if not says_why:
        message = "refused without a reason"
        raise AssertionError(message)
    return False


def grab_without_asking(item_id: int, quantity: int, owner: int, day: int) -> None:
    """A raw insert that takes no lock and dawdles before it commits."""
    with transaction.atomic():
        starts = FIRST + timedelta(days=day)
        StockClaim.objects.create(
            item_id=item_id,
            quantity=quantity,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            owner_kind=KIND,
            owner_id=owner,
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
