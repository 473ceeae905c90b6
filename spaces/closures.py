"""Closures as owners of claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from core import owners, words
from core.owners import Displaced
from spaces.claims import Wanted
from spaces.models import Closure
from spaces.models.claim import ClaimKind

OWNER = "closure"
_CHUNK = 500


def register() -> None:
    """Make closures known to claims."""
    owners.register(owners.OwnerKind(OWNER, derive, _lapse, _describe))


def derive(ids: Collection[int] | None) -> Iterator[Wanted]:
    """The claims that closures ought to have: one on each atom of each of their spaces."""
    standing = Closure.objects.filter(is_lifted=False)
    if ids is not None:
        standing = standing.filter(pk__in=list(ids))
    last = 0
    while chunk := list(standing.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        yield from _derive(chunk)
        last = chunk[-1].pk


def _derive(closures: list[Closure]) -> Iterator[Wanted]:
    by_id = {closure.pk: closure for closure in closures}
    atoms = (
        Closure.spaces.through.objects.filter(closure_id__in=by_id)
        .values_list("closure_id", "space__atom_rows__part_id")
        .distinct()
        .order_by("closure_id", "space__atom_rows__part_id")
    )
    for closure_id, atom_id in atoms:
        closure = by_id[closure_id]
        yield Wanted(
            space_id=atom_id,
            starts_at=closure.starts_at,
            ends_at=closure.ends_at,
            kind=ClaimKind.CLOSURE,
            owner_kind=OWNER,
            owner_id=closure.pk,
            uid=closure.uid,
        )


def _lapse(ids: Collection[int], now: datetime) -> None:
    """A closure is never a hold, so there is nothing to lapse."""


def _describe(ids: Collection[int]) -> dict[int, Displaced]:
    found = Closure.objects.filter(pk__in=list(ids))
    return {
        closure.pk: Displaced(
            owner_kind=OWNER,
            owner_id=closure.pk,
            words=f"{closure.reason}, {words.when(closure.starts_at, closure.ends_at)}",
            public_words=words.when(closure.starts_at, closure.ends_at),
        )
        for closure in found
    }
