"""Takes dates through a step of the transition table; every service that changes a state uses it.

Callers hold the locks. Claims follow the state: they are derived anew, never edited by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bookings import claiming
from bookings.models import Booking, Occurrence
from bookings.services.support import keeping
from bookings.transitions import Claims, Step, require
from core.errors import NotFound
from spaces import lapsing, locks, stock
from spaces.locks import LockClass


def lock(booking: Booking, *, now: datetime) -> None:
    """Everything a change of this booking may touch, in the written order.

    Holds that ran out on its spaces are expired on the way, its own among them.
    """
    keys = keys_of(booking.occurrences.values_list("pk", flat=True))
    if booking.venue.fire_limit is not None:
        keys.add((LockClass.VENUE, booking.venue_id))
    lapsing.lock(keys, now=now)


def keys_of(occurrence_ids: Iterable[int]) -> set[tuple[LockClass, int]]:
    """The hirers, spaces, items and vouchers of these dates."""
    dates = Occurrence.objects.filter(pk__in=list(occurrence_ids))
    hirers = dates.values_list(
        "booking__organisation_id",
        "booking__private_hirer_id",
        "booking__voucher_use__source_id",
    )
    keys = set()
    for organisation_id, person_id, voucher_id in hirers.distinct():
        if voucher_id is not None:
            keys.add((LockClass.VOUCHER, voucher_id))
        if organisation_id is not None:
            keys.add((LockClass.ORGANISATION, organisation_id))
        if person_id is not None:
            keys.add((LockClass.PRIVATE_HIRER, person_id))
    space_ids = set(dates.values_list("uses__space_id", flat=True)) - {None}
    for atoms in locks.atoms_of(space_ids).values():
        keys |= {(LockClass.SPACE, atom) for atom in atoms}
    items = set(dates.values_list("item_uses__item_id", flat=True)) - {None}
    return keys | {(LockClass.STOCK, item) for item in items}


def locked_dates(booking: Booking, ids: Sequence[int] | None = None) -> list[Occurrence]:
    """The booking's dates (or those of `ids`), locked and as they are now.

    Raises: NotFound where one of `ids` is not a date of this booking.
    """
    rows = booking.occurrences.select_for_update().order_by("starts_at", "id")
    if ids is None:
        return list(rows)
    found = list(rows.filter(pk__in=ids))
    if len(found) != len(set(ids)):
        raise NotFound
    return found


def take(step: Step, occurrences: Sequence[Occurrence], *, reason: str = "", now: datetime) -> None:
    """Put `occurrences` through `step` and make their claims follow.

    Raises: StepNotPossible before anything is changed; SpaceTaken, StockShort.
    """
    for occurrence in occurrences:
        require(step, occurrence)
    for occurrence in occurrences:
        occurrence.state = step.after
        occurrence.hold_until = None
        occurrence.sequence += 1
        occurrence.changed_at = now
        occurrence.reason = reason[:300]
    Occurrence.objects.bulk_update(
        occurrences, ["state", "hold_until", "sequence", "changed_at", "reason"]
    )
    ids = [occurrence.pk for occurrence in occurrences]
    stock.sync(claiming.OWNER, ids, claiming.derive_stock(ids), now=now)
    claiming.apply(ids, now=now)
    if step.claims is Claims.RELEASE:
        keeping.give_back(ids, now=now)
