"""What each date ought to claim: its uses, and the buffers round them.

A buffer is kept free from everybody but its own hirer: where another live use of the same hirer
falls into it, that part is left out. So back-to-back dates of one group need no gap, and when
one of them is cancelled the buffer it covered can always be taken again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Min, Q, QuerySet

from bookings.models import ItemUse, Use
from bookings.transitions import LIVE
from core import sql
from core.intervals import Span, subtract
from spaces import claims, locks
from spaces.claims import Wanted
from spaces.models import SpacePart
from spaces.models.claim import ClaimKind
from spaces.stock import StockWanted

OWNER = "occurrence"
# No buffer is longer than this, so neighbours are looked for no further away.
FURTHEST_BUFFER = timedelta(hours=24)
# How much time is derived at once where everything is.
SLICE = timedelta(days=14)

HirerKey = tuple[int | None, int | None]


class OwnUse(NamedTuple):
    """A live use of the hirer who asks, on whatever shares an atom with what is asked for."""

    occurrence_id: int
    space_id: int
    starts_at: datetime
    ends_at: datetime
    setup_minutes: int
    cleardown_minutes: int

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)


# The columns are those of OwnUse, in its order.
_OF_HIRER = """
SELECT used.occurrence_id, used.space_id, used.starts_at, used.ends_at,
       used.setup_minutes, used.cleardown_minutes
FROM bookings_use used
JOIN bookings_occurrence date ON date.id = used.occurrence_id
JOIN bookings_booking booking ON booking.id = date.booking_id
WHERE booking.{of_whom} = %(whose)s::bigint AND used.space_id = ANY(%(spaces)s::bigint[])
  AND used.starts_at < %(until)s::timestamptz AND used.ends_at > %(from)s::timestamptz
  AND date.state = ANY(%(states)s::text[])
  AND (date.hold_until IS NULL OR date.hold_until > %(now)s::timestamptz)
"""


def live_uses() -> QuerySet[Use]:
    """Uses of dates that hold claims, with what deriving needs."""
    return Use.objects.filter(occurrence__state__in=LIVE).select_related("occurrence__booking")


def hirer_of(use: Use) -> HirerKey:
    booking = use.occurrence.booking
    return (booking.organisation_id, booking.private_hirer_id)


def uses_around(uses: Collection[Use]) -> list[Use]:
    """All live uses of the same hirers near these, on whatever their claims could touch.

    Wide enough for the neighbours of neighbours: twice the furthest buffer, and spaces that
    share an atom with a space that shares one.
    """
    if not uses:
        return []
    near = _sharing({use.space_id for use in uses})
    organisations = {key[0] for use in uses if (key := hirer_of(use))[0] is not None}
    people = {key[1] for use in uses if (key := hirer_of(use))[1] is not None}
    return list(
        live_uses()
        .filter(
            Q(occurrence__booking__organisation_id__in=organisations)
            | Q(occurrence__booking__private_hirer_id__in=people),
            space_id__in=_sharing(near),
            starts_at__lt=max(use.ends_at for use in uses) + 2 * FURTHEST_BUFFER,
            ends_at__gt=min(use.starts_at for use in uses) - 2 * FURTHEST_BUFFER,
        )
        .order_by("starts_at", "id")
    )


def uses_of_hirer(
    *,
    organisation_id: int | None,
    person_id: int | None,
    space_ids: Collection[int],
    window: Span,
    now: datetime,
) -> list[OwnUse]:
    """Live uses of one hirer in these spaces in or near `window`, lapsed holds left out."""
    of_whom = "private_hirer_id" if organisation_id is None else "organisation_id"
    near = {
        "whose": person_id if organisation_id is None else organisation_id,
        "spaces": list(space_ids),
        "states": sorted(state.value for state in LIVE),
        "now": now,
        "from": window.start - FURTHEST_BUFFER,
        "until": window.end + FURTHEST_BUFFER,
    }
    return [OwnUse(*row) for row in sql.rows(_OF_HIRER.format(of_whom=of_whom), near)]


def take(
    new: Collection[Use],
    own: Collection[OwnUse],
    atoms: Mapping[int, Sequence[int]],
    *,
    now: datetime,
) -> None:
    """Claim for dates that were just written.

    `own`: what `uses_of_hirer` said under the locks. Where none of it is within a buffer of the
    new dates nothing else changes, and nothing is read again. Raises: SpaceTaken.
    """
    if any(_touch(one, use) and _share(one, use, atoms) for one in own for use in new):
        apply({use.occurrence_id for use in new}, now=now)
    else:
        claims.take(_derive(new, new, atoms), now=now)


def _touch(one: OwnUse, use: Use) -> bool:
    """Whether the two overlap, or one of them stands in a buffer of the other."""
    before = timedelta(minutes=max(use.setup_minutes, one.cleardown_minutes))
    after = timedelta(minutes=max(use.cleardown_minutes, one.setup_minutes))
    return use.starts_at - before < one.ends_at and one.starts_at < use.ends_at + after


def _share(one: OwnUse | Use, use: Use, atoms: Mapping[int, Sequence[int]]) -> bool:
    return not set(atoms[one.space_id]).isdisjoint(atoms[use.space_id])


def apply(occurrence_ids: Collection[int], *, now: datetime) -> None:
    """Make the claims of these dates, and of those whose buffers they touch, what they ought to be.

    A neighbour whose hold ran out is left to whoever expires it. Raises: SpaceTaken.
    """
    changed = list(
        Use.objects.filter(occurrence_id__in=occurrence_ids).select_related("occurrence__booking")
    )
    around = {use.pk: use for use in uses_around(changed)}
    atoms = locks.atoms_of({use.space_id for use in [*changed, *around.values()]})
    owners = set(occurrence_ids) | {
        use.occurrence_id
        for use in around.values()
        if (use.occurrence.hold_until is None or use.occurrence.hold_until > now)
        and _buffer_touches(use, changed, atoms)
    }
    elsewhere = _uses_elsewhere(owners - set(occurrence_ids), around)
    if elsewhere:
        around |= {use.pk: use for use in [*elsewhere, *uses_around(elsewhere)]}
        atoms = locks.atoms_of({use.space_id for use in around.values()})
    mine = [use for use in around.values() if use.occurrence_id in owners]
    claims.sync(OWNER, owners, _derive(mine, around.values(), atoms), now=now)


def _uses_elsewhere(occurrence_ids: Collection[int], known: Collection[int]) -> list[Use]:
    """The uses of neighbours in spaces that have nothing to do with the change.

    A date is claimed as a whole: what is left out of it would be released.
    """
    if not occurrence_ids:
        return []
    return list(live_uses().filter(occurrence_id__in=occurrence_ids).exclude(pk__in=list(known)))


def _buffer_touches(use: Use, changed: Collection[Use], atoms: Mapping[int, Sequence[int]]) -> bool:
    """Whether a buffer of `use` reaches into one of the changed uses of the same hirer."""
    starts_at = use.starts_at - timedelta(minutes=use.setup_minutes)
    ends_at = use.ends_at + timedelta(minutes=use.cleardown_minutes)
    return any(
        other.starts_at < ends_at and starts_at < other.ends_at and _share(use, other, atoms)
        for other in changed
    )


def derive(occurrence_ids: Collection[int] | None) -> Iterator[Wanted]:
    """The claims these dates ought to have now; None: all dates, a slice of time after another."""
    if occurrence_ids is not None:
        yield from _derived(list(live_uses().filter(occurrence_id__in=occurrence_ids)))
        return
    bounds = live_uses().aggregate(first=Min("starts_at"), last=Max("starts_at"))
    start = bounds["first"]
    while start is not None and start <= bounds["last"]:
        end = start + SLICE
        slice_ = live_uses().filter(starts_at__gte=start, starts_at__lt=end)
        yield from _derived(list(slice_))
        start = end


def derive_stock(occurrence_ids: Collection[int] | None) -> Iterator[StockWanted]:
    """The stock these dates ought to have out now; None: all dates."""
    rows = ItemUse.objects.filter(occurrence__state__in=LIVE).select_related("occurrence")
    if occurrence_ids is not None:
        rows = rows.filter(occurrence_id__in=occurrence_ids)
    for row in rows.iterator():
        yield StockWanted(
            item_id=row.item_id,
            quantity=row.quantity,
            starts_at=row.occurrence.starts_at,
            ends_at=row.occurrence.ends_at,
            owner_kind=OWNER,
            owner_id=row.occurrence_id,
            hold_until=row.occurrence.hold_until,
        )


def _derived(uses: list[Use]) -> Iterator[Wanted]:
    around = uses_around(uses)
    atoms = locks.atoms_of({use.space_id for use in [*uses, *around]})
    yield from _derive(uses, around, atoms)


def _derive(
    uses: Collection[Use], around: Collection[Use], atoms: Mapping[int, Sequence[int]]
) -> Iterator[Wanted]:
    by_hirer: dict[tuple[HirerKey, int], list[Span]] = defaultdict(list)
    for use in around:
        for atom_id in atoms[use.space_id]:
            by_hirer[hirer_of(use), atom_id].append(Span(use.starts_at, use.ends_at))
    for use in uses:
        for atom_id in atoms[use.space_id]:
            yield from claims_of(use, atom_id, own=by_hirer[hirer_of(use), atom_id])


def _sharing(space_ids: Collection[int] | QuerySet[SpacePart, Any]) -> QuerySet[SpacePart, Any]:
    """The spaces that share an atom with these."""
    parts = SpacePart.objects.filter(space_id__in=space_ids).values("part_id")
    return SpacePart.objects.filter(part_id__in=parts).values("space_id")


def claims_of(use: Use, atom_id: int, *, own: Collection[Span]) -> Iterator[Wanted]:
    """The claims of one use on one atom. `own`: all live uses of the same hirer there."""
    span = Span(use.starts_at, use.ends_at)
    yield _wanted(use, atom_id, span, ClaimKind.USE)
    if use.setup_minutes:
        before = Span(span.start - timedelta(minutes=use.setup_minutes), span.start)
        for piece in _outside(before, own):
            yield _wanted(use, atom_id, piece, ClaimKind.SETUP)
    if use.cleardown_minutes:
        after = Span(span.end, span.end + timedelta(minutes=use.cleardown_minutes))
        for piece in _outside(after, own):
            yield _wanted(use, atom_id, piece, ClaimKind.CLEARDOWN)


def _outside(buffer: Span, own: Collection[Span]) -> list[Span]:
    return subtract([buffer], [span for span in own if span.overlaps(buffer)])


def _wanted(use: Use, atom_id: int, span: Span, kind: ClaimKind) -> Wanted:
    return Wanted(
        space_id=atom_id,
        starts_at=span.start,
        ends_at=span.end,
        kind=kind,
        owner_kind=OWNER,
        owner_id=use.occurrence_id,
        uid=use.uid,
        sequence=use.occurrence.sequence,
        hold_until=use.occurrence.hold_until,
    )
