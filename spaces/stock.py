"""The only writer of `StockClaim`: counted things, such as chairs and gazebos.

Owners say what they ought to have out (`StockWanted`); `sync` makes it so. Callers lock the
items first (`spaces/locks.py`). A deferred trigger is the guarantee; the sweep before it exists
to say which date is short, and of how many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from core import owners
from core.errors import BadInput
from core.intervals import Span
from spaces.claims import violated_constraint
from spaces.errors import StockShort
from spaces.models import StockClaim, StockItem

# A series of three years with a dozen items each time still goes in by few statements.
_BATCH = 1000

_Key = tuple[int, datetime, datetime, str, int]


@dataclass(frozen=True, slots=True)
class StockWanted:
    """`quantity` of an item that an owner ought to have out during [starts_at, ends_at).

    `wish`: wishes with different numbers stand for each other, so they are not added up.
    """

    item_id: int
    quantity: int
    starts_at: datetime
    ends_at: datetime
    owner_kind: str
    owner_id: int
    hold_until: datetime | None = None
    wish: int = 0

    @property
    def key(self) -> _Key:
        return (self.item_id, self.starts_at, self.ends_at, self.owner_kind, self.owner_id)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Of an item only `free` are left at some moment of `span`, and more are wanted."""

    item_id: int
    name: str
    span: Span
    free: int
    wish: int = 0


def release_lapsed(item_ids: Collection[int], *, now: datetime) -> None:
    """Release holds on these items that ran out, and let their owners know, in one transaction."""
    lapsed = list(
        StockClaim.objects.filter(
            item_id__in=list(item_ids), active=True, hold_until__lte=now
        ).values_list("id", "owner_kind", "owner_id")
    )
    if not lapsed:
        return
    StockClaim.objects.filter(id__in=[row[0] for row in lapsed]).update(active=False)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for _claim_id, owner_kind, owner_id in lapsed:
        by_kind[owner_kind].add(owner_id)
    for owner_kind, ids in sorted(by_kind.items()):
        owners.kind_named(owner_kind).lapse(ids, now)


_SWEEP = """
WITH wanted AS MATERIALIZED (
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[],
                         %s::text[], %s::bigint[], %s::int[])
        AS w(item_id, quantity, a, b, owner_kind, owner_id, wish)
), about AS (
    SELECT wish, item_id, min(a) AS a, max(b) AS b FROM wanted GROUP BY wish, item_id
), others AS (
    SELECT about.wish, c.item_id, c.starts_at, c.ends_at, c.quantity
    FROM about JOIN spaces_stockclaim c
      ON c.item_id = about.item_id AND c.active AND c.starts_at < about.b AND c.ends_at > about.a
     AND (c.hold_until IS NULL OR c.hold_until > %s)
    WHERE NOT EXISTS (SELECT FROM wanted w
                      WHERE w.owner_kind = c.owner_kind AND w.owner_id = c.owner_id)
), steps AS (
    SELECT wish, item_id, starts_at AS moment, quantity AS other, 0 AS asked FROM others
    UNION ALL SELECT wish, item_id, ends_at, -quantity, 0 FROM others
    UNION ALL SELECT wish, item_id, a, 0, quantity FROM wanted
    UNION ALL SELECT wish, item_id, b, 0, -quantity FROM wanted
), summed AS (
    SELECT wish, item_id, moment, sum(other) AS other, sum(asked) AS asked
    FROM steps GROUP BY wish, item_id, moment
), level AS (
    SELECT wish, item_id, moment, sum(other) OVER up_to AS other, sum(asked) OVER up_to AS asked
    FROM summed WINDOW up_to AS (PARTITION BY wish, item_id ORDER BY moment)
)
SELECT item.id, item.name, w.a, w.b, greatest(item.quantity - max(level.other), 0)::int, w.wish
FROM level
JOIN spaces_stockitem item ON item.id = level.item_id
JOIN (SELECT DISTINCT wish, item_id, a, b FROM wanted) w
  ON w.wish = level.wish AND w.item_id = level.item_id
 AND level.moment >= w.a AND level.moment < w.b
WHERE level.asked > 0 AND level.other + level.asked > item.quantity
GROUP BY item.id, item.name, item.quantity, w.wish, w.a, w.b
ORDER BY w.wish, w.a, item.id
"""


def shortfalls(wanted: Sequence[StockWanted], *, now: datetime) -> list[Shortfall]:
    """Every wanted span at whose peak there would be more out than there are.

    One statement, which walks each item's ups and downs once. Live claims of the owners in
    `wanted` do not count: they are what `wanted` replaces.
    """
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _SWEEP,
            [
                [want.item_id for want in wanted],
                [want.quantity for want in wanted],
                [want.starts_at for want in wanted],
                [want.ends_at for want in wanted],
                [want.owner_kind for want in wanted],
                [want.owner_id for want in wanted],
                [want.wish for want in wanted],
                now,
            ],
        )
        return [
            Shortfall(item_id, name, Span(starts_at, ends_at), free, wish)
            for item_id, name, starts_at, ends_at, free, wish in cursor.fetchall()
        ]


def shortfalls_for(
    venue_id: int, items: Sequence[tuple[int, int]], spans: Sequence[Span], *, now: datetime
) -> list[Shortfall]:
    """What would be short if somebody new took `items` (id, quantity) during each of `spans`.

    Raises: BadInput for an item of another venue, or a quantity below one.
    """
    return shortfalls_for_each(venue_id, items, [spans], now=now)


def shortfalls_for_each(
    venue_id: int,
    items: Sequence[tuple[int, int]],
    wishes: Sequence[Sequence[Span]],
    *,
    now: datetime,
) -> list[Shortfall]:
    """The same for several wishes, of which one will be had; a shortfall has its wish's number.

    Raises: BadInput, as `shortfalls_for`.
    """
    here = StockItem.objects.filter(venue_id=venue_id, pk__in=[item for item, _n in items])
    if {item for item, _n in items} != set(here.values_list("pk", flat=True)):
        raise BadInput(_("This venue does not lend one of those items."), field="items")
    if any(quantity < 1 for _item, quantity in items):
        raise BadInput(_("Ask for at least one of each item."), field="items")
    wanted = [
        StockWanted(item_id, quantity, span.start, span.end, "", 0, wish=number)
        for number, spans in enumerate(wishes)
        for item_id, quantity in items
        for span in spans
    ]
    return shortfalls(wanted, now=now)


def most_out(item_id: int, *, now: datetime) -> int:
    """The most of an item that is promised at any one moment from `now` on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT spaces_stock_peak(%s, %s, 'infinity')", [item_id, now])
        most: int = cursor.fetchone()[0]
    return most


def sync(
    owner_kind: str, owner_ids: Collection[int], wanted: Iterable[StockWanted], *, now: datetime
) -> None:
    """Make the live stock claims of these owners exactly `wanted`.

    Raises: StockShort where more would be out at once than there are; nothing is then changed.
    """
    want = _added_up(wanted)
    have: dict[_Key, StockClaim] = {}
    gone: list[int] = []
    rows = StockClaim.objects.filter(
        owner_kind=owner_kind, owner_id__in=list(owner_ids), active=True
    )
    for claim in rows.order_by("id"):
        key = _key(claim)
        if key in want and key not in have:
            have[key] = claim
        else:
            gone.append(claim.pk)
    changed = list(_changed(have, want))
    new = [item for key, item in want.items() if key not in have]
    if not (gone or changed or new):
        return
    try:
        with transaction.atomic():
            StockClaim.objects.filter(pk__in=gone).update(active=False)
            StockClaim.objects.bulk_update(changed, ["quantity", "hold_until"], batch_size=_BATCH)
            StockClaim.objects.bulk_create([_row(item) for item in new], batch_size=_BATCH)
            _ask_the_database_now()
    except IntegrityError as error:
        if violated_constraint(error) != StockClaim.OVER_USE:
            raise
        short = shortfalls(list(want.values()), now=now)
        raise StockShort({one.item_id: one.free for one in short}) from error


def _added_up(wanted: Iterable[StockWanted]) -> dict[_Key, StockWanted]:
    """By key; ten chairs and ten more for the same time are twenty."""
    total: dict[_Key, StockWanted] = {}
    for item in wanted:
        seen = total.get(item.key)
        total[item.key] = replace(item, quantity=seen.quantity + item.quantity) if seen else item
    return total


def _changed(have: dict[_Key, StockClaim], want: dict[_Key, StockWanted]) -> Iterator[StockClaim]:
    for key, claim in have.items():
        item = want[key]
        if (claim.quantity, claim.hold_until) != (item.quantity, item.hold_until):
            claim.quantity, claim.hold_until = item.quantity, item.hold_until
            yield claim


def _row(item: StockWanted) -> StockClaim:
    return StockClaim(
        item_id=item.item_id,
        quantity=item.quantity,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        hold_until=item.hold_until,
        owner_kind=item.owner_kind,
        owner_id=item.owner_id,
    )


def _ask_the_database_now() -> None:
    """Fire the deferred trigger inside the savepoint, where its refusal can still be explained.

    The trigger waits for the commit so that a change may pass through a moment of over-use.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS stock_over_use IMMEDIATE")
        cursor.execute("SET CONSTRAINTS stock_over_use DEFERRED")


def _key(claim: StockClaim) -> _Key:
    return (
        claim.item_id,
        claim.starts_at,
        claim.ends_at,
        claim.owner_kind,
        claim.owner_id,
    )
