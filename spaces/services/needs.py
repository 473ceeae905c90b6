"""The answers to needs are kept, so that search reads them; this is their only writer.

Whoever changes a fact, a way, a fault or which spaces there are calls `refresh` in the same
transaction. (docs/decisions/0015-answers-about-access-are-kept.md)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core.clock import london
from core.sql import at_one_moment
from spaces import routes
from spaces.models import SpaceNeed, Venue
from spaces.routes.timeline import kept_rows
from spaces.services import need_masks as masks

_VENUES_AT_ONCE = 100
_KEY = ("venue_id", "space_id", "need", "starts_at", "from_minute")
_SAID_OF_TIME = ("state", "why", "ends_at", "to_minute")
_SAID = (*_SAID_OF_TIME, "is_always")


@transaction.atomic
def refresh(venue_ids: Collection[int], *, now: datetime) -> None:
    """Work the answers of these venues out anew. The same number of queries for any number."""
    # One at a time for each venue: two refreshes beside each other would write their rows twice.
    ids = sorted(
        Venue.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=venue_ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    wanted = {_key(row): row for row in _wanted(ids, now=now)}
    there = {_key(row): row for row in SpaceNeed.objects.filter(venue__in=ids)}
    gone = [
        row.pk for key, row in there.items() if key not in wanted or not _same(row, wanted[key])
    ]
    added = [row for key, row in wanted.items() if key not in there or not _same(row, there[key])]
    SpaceNeed.objects.filter(pk__in=gone).delete()
    SpaceNeed.objects.bulk_create(added, batch_size=1000)
    masks.refresh(ids)


def refresh_all(*, now: datetime) -> None:
    """All venues: facts grow old without anybody touching them, and faults pass."""
    for ids in _batches():
        refresh(ids, now=now)


def differences(*, now: datetime) -> Iterator[str]:
    """Where the kept answers are not what they ought to be, in words for the log."""
    for ids in _batches():
        yield from masks.differences(ids)
        # Otherwise a fact that somebody changes in between looks like a difference.
        with at_one_moment():
            wanted = _from(now, _wanted(ids, now=now))
            there = _from(now, SpaceNeed.objects.filter(venue__in=ids))
        for key in wanted.keys() | there.keys():
            ought, kept = wanted.get(key), there.get(key)
            if ought is None or kept is None or not _same(ought, kept, _SAID_OF_TIME):
                told = [row.state if row else "nothing" for row in (kept, ought)]
                place = f"venue {key[0]}, space {key[1]}, {key[2]}"
                yield f"{place}: kept {told[0]}, ought to be {told[1]}"


def _batches() -> Iterator[list[int]]:
    ids = list(Venue.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), _VENUES_AT_ONCE):
        yield ids[first : first + _VENUES_AT_ONCE]


def _wanted(venue_ids: Collection[int], *, now: datetime) -> Iterator[SpaceNeed]:
    known = routes.load(venue_ids, today=london(now).date(), now=now)
    for access in known.values():
        yield from kept_rows(access, now=now)


def _key(row: SpaceNeed) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _KEY)


def _from(now: datetime, rows: Iterable[SpaceNeed]) -> dict[tuple[Any, ...], SpaceNeed]:
    """What holds from now on; where what has passed was cut makes no difference."""
    found = {}
    for row in rows:
        if row.ends_at is None or row.ends_at > now:
            if row.starts_at is not None and row.starts_at <= now:
                row.starts_at = None
            found[_key(row)] = row
    return found


def _same(one: SpaceNeed, other: SpaceNeed, fields: Sequence[str] = _SAID) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in fields)
