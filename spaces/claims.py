"""The only writer of `Claim`.

Owners say what they ought to have (`Wanted`); `sync` makes it so. Callers lock first
(`spaces/locks.py`). The exclusion constraint is the guarantee; the check before it exists to
list every clash in words.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from core import owners
from core.batches import batched
from spaces.errors import Conflict, SpaceTaken
from spaces.models import Claim, Space
from spaces.models.claim import ClaimKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim that an owner ought to have on one atom during [starts_at, ends_at)."""

    space_id: int
    starts_at: datetime
    ends_at: datetime
    kind: ClaimKind
    owner_kind: str
    owner_id: int
    uid: uuid.UUID
    sequence: int = 0
    hold_until: datetime | None = None

    @property
    def key(self) -> tuple[int, datetime, datetime, int, str, int, uuid.UUID]:
        return (
            self.space_id,
            self.starts_at,
            self.ends_at,
            int(self.kind),
            self.owner_kind,
            self.owner_id,
            self.uid,
        )


def release_lapsed(atom_ids: Collection[int], *, now: datetime) -> None:
    """Release holds on these atoms that ran out, and let their owners know, in one transaction.

    Called by every writer after locking, so that a stopped worker never keeps a slot taken.
    """
    lapsed = list(
        Claim.objects.filter(
            space_id__in=list(atom_ids), active=True, hold_until__lte=now
        ).values_list("id", "space_id", "owner_kind", "owner_id")
    )
    if not lapsed:
        return
    Claim.objects.filter(id__in=[row[0] for row in lapsed]).update(active=False, changed_at=now)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for _claim_id, _space_id, owner_kind, owner_id in lapsed:
        by_kind[owner_kind].add(owner_id)
    for owner_kind, ids in sorted(by_kind.items()):
        owners.kind_named(owner_kind).lapse(ids, now)
    _raise_change_numbers(row[1] for row in lapsed)


def spaces_with_lapsed(*, now: datetime) -> list[int]:
    """Atoms on which a hold ran out and nobody has released it yet, for the sweep."""
    rows = Claim.objects.filter(active=True, hold_until__lte=now)
    return list(rows.order_by("space_id").values_list("space_id", flat=True).distinct())


def conflicts(
    wanted: Sequence[Wanted], *, now: datetime, ignoring: Collection[int] = ()
) -> list[Conflict]:
    """Every clash of `wanted` with live claims of other owners.

    `ignoring`: ids of owners of the same kind whose claims are about to be derived anew. One
    statement for any number of spans. A buffer clashes with uses only. The index that guards
    finds them: a claim may be of any length, and by its start alone all history would be read.
    """
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.space_id, w.a, w.b, c.starts_at, c.ends_at, c.kind, w.kind
            FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::int[],
                        %s::text[], %s::bigint[])
                 AS w(space_id, a, b, kind, owner_kind, owner_id)
            JOIN spaces_claim c
              ON c.space_id = w.space_id AND c.active
             AND tstzrange(c.starts_at, c.ends_at, '[)') && tstzrange(w.a, w.b, '[)')
             AND (c.hold_until IS NULL OR c.hold_until > %s)
             AND (c.kind = %s OR w.kind = %s OR (c.kind = %s AND w.kind = %s))
             AND NOT (c.owner_kind = w.owner_kind
                      AND (c.owner_id = w.owner_id OR c.owner_id = ANY(%s::bigint[])))
            ORDER BY w.a, w.space_id, c.starts_at
            """,
            [
                [want.space_id for want in wanted],
                [want.starts_at for want in wanted],
                [want.ends_at for want in wanted],
                [int(want.kind) for want in wanted],
                [want.owner_kind for want in wanted],
                [want.owner_id for want in wanted],
                now,
                int(ClaimKind.USE),
                int(ClaimKind.USE),
                int(ClaimKind.OCCUPATION),
                int(ClaimKind.OCCUPATION),
                list(ignoring),
            ],
        )
        return [Conflict(*row) for row in cursor.fetchall()]


def sync(
    owner_kind: str, owner_ids: Collection[int], wanted: Iterable[Wanted], *, now: datetime
) -> None:
    """Make the live claims of these owners exactly `wanted`: release, change, then take.

    Raises: SpaceTaken where the database refuses a new claim; nothing is then changed.
    """
    want = {item.key: item for item in wanted}
    have = {
        _key(claim): claim
        for some in batched(owner_ids)
        for claim in Claim.objects.filter(owner_kind=owner_kind, owner_id__in=some, active=True)
    }
    gone = [claim for key, claim in have.items() if key not in want]
    changed = [
        (claim, want[key])
        for key, claim in have.items()
        if key in want
        and (claim.hold_until, claim.sequence) != (want[key].hold_until, want[key].sequence)
    ]
    new = [item for key, item in want.items() if key not in have]
    for some in batched(claim.id for claim in gone):
        Claim.objects.filter(id__in=some).update(active=False, changed_at=now)
    for claim, item in changed:
        claim.hold_until, claim.sequence, claim.changed_at = (item.hold_until, item.sequence, now)
    if changed:
        Claim.objects.bulk_update(
            [claim for claim, _item in changed],
            ["hold_until", "sequence", "changed_at"],
            batch_size=500,
        )
    _insert(new, now=now)
    touched = {claim.space_id for claim in gone}
    touched |= {claim.space_id for claim, _item in changed}
    touched |= {item.space_id for item in new}
    _raise_change_numbers(touched)


def take(wanted: Iterable[Wanted], *, now: datetime) -> None:
    """The claims of owners that have none yet. Raises: SpaceTaken."""
    new = list(wanted)
    _insert(new, now=now)
    _raise_change_numbers(item.space_id for item in new)


def _insert(new: Sequence[Wanted], *, now: datetime) -> None:
    rows = [
        Claim(
            space_id=item.space_id,
            starts_at=item.starts_at,
            ends_at=item.ends_at,
            kind=item.kind,
            hold_until=item.hold_until,
            owner_kind=item.owner_kind,
            owner_id=item.owner_id,
            uid=item.uid,
            sequence=item.sequence,
            changed_at=now,
        )
        for item in sorted(new, key=lambda item: (item.space_id, item.kind, item.starts_at))
    ]
    if not rows:
        return
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(rows, batch_size=1000)
    except IntegrityError as error:
        if violated_constraint(error) != Claim.NO_OVERLAP:
            raise
        raise SpaceTaken(conflicts(new, now=now)) from error


def violated_constraint(error: IntegrityError) -> str | None:
    """The name of the constraint that refused, as PostgreSQL reports it."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None)


def _key(claim: Claim) -> tuple[int, datetime, datetime, int, str, int, uuid.UUID]:
    return (
        claim.space_id,
        claim.starts_at,
        claim.ends_at,
        claim.kind,
        claim.owner_kind,
        claim.owner_id,
        claim.uid,
    )


def _raise_change_numbers(atom_ids: Iterable[int]) -> None:
    """One step for each atom whose claims changed; a whole's validator digests its parts'.

    Only atoms, because only their locks are held: raising a whole's number as well would make
    bookings of its two halves wait for each other.
    """
    atoms = sorted(set(atom_ids))
    if atoms:
        Space.objects.filter(id__in=atoms).update(change_no=F("change_no") + 1)
