"""Imported dates as owners of claims."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.retention import RetentionRule, register_retention
from core import owners, words
from core.batches import batched
from core.owners import Displaced
from spaces.claims import Wanted
from spaces.models import ImportedDate
from spaces.models.claim import ClaimKind

OWNER = "imported"


def register() -> None:
    """Make imported dates known to claims."""
    owners.register(owners.OwnerKind(OWNER, derive, _lapse, _describe))
    register_retention(
        RetentionRule(
            code="imported-titles",
            what=gettext_noop("Titles of events in calendars that a venue imports"),
            how_long=gettext_noop("90 days after the event"),
            why=gettext_noop("They may name people; by then nobody asks what the room was for"),
            apply=forget_titles,
        )
    )


def derive(ids: Collection[int] | None) -> Iterator[Wanted]:
    """The claims that imported dates ought to have: one on each atom of the calendar's space."""
    rows = ImportedDate.objects.filter(state=ImportedDate.State.CLAIMED)
    if ids is None:
        yield from _wanted(rows)
        return
    # A statement takes up to 65,535 values; a long calendar has more dates.
    for some in batched(ids):
        yield from _wanted(rows.filter(pk__in=some))


def _wanted(rows: QuerySet[ImportedDate]) -> Iterator[Wanted]:
    found = rows.annotate(atom=F("source__space__atom_rows__part_id")).filter(atom__isnull=False)
    for pk, atom, starts_at, ends_at, uid, revision in found.values_list(
        "pk", "atom", "starts_at", "ends_at", "uid", "revision"
    ).iterator(chunk_size=2000):
        yield Wanted(
            space_id=atom,
            starts_at=starts_at,
            ends_at=ends_at,
            kind=ClaimKind.IMPORTED,
            owner_kind=OWNER,
            owner_id=pk,
            uid=uid,
            sequence=revision,
        )


def forget_titles(now: datetime) -> int:
    """The time stays, because the claim was there; what it was for goes."""
    over = ImportedDate.objects.filter(ends_at__lt=now - timedelta(days=90)).exclude(summary="")
    return over.update(summary="")


def _lapse(ids: Collection[int], now: datetime) -> None:
    """An imported date is never a hold, so there is nothing to lapse."""


def _describe(ids: Collection[int]) -> dict[int, Displaced]:
    rows = ImportedDate.objects.filter(pk__in=list(ids)).select_related("source")
    return {
        row.pk: Displaced(
            owner_kind=OWNER,
            owner_id=row.pk,
            words=_("%(title)s (%(calendar)s), %(when)s")
            % {
                "title": row.summary or _("Busy"),
                "calendar": row.source.name,
                "when": words.when(row.starts_at, row.ends_at),
            },
            public_words=words.when(row.starts_at, row.ends_at),
        )
        for row in rows
    }
