"""What bookings answer about the claims they own and the people they hold data about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_noop

from accounts.retention import RetentionRule, register_retention
from bookings import claiming, personal_data
from bookings.models import Occurrence
from bookings.services import faults, lapse, settle, steps, what_if
from core import owners, words
from core.owners import Displaced
from spaces.services.faults import on_fault
from tariffs.listening import on_published


def register() -> None:
    """Make bookings known to claims and to the data-protection services."""
    owners.register(
        owners.OwnerKind(
            kind=claiming.OWNER,
            derive=claiming.derive,
            lapse=_lapse,
            describe=_describe,
            derive_stock=claiming.derive_stock,
            locks=steps.keys_of,
        )
    )
    owners.register_personal_data(
        owners.PersonalData(
            app="bookings", export=personal_data.export, anonymise=personal_data.anonymise
        )
    )
    on_fault(faults.tell_hirers)
    on_published(settle.queue)
    register_retention(
        RetentionRule(
            code="access-requests",
            what=gettext_noop("What would help somebody take part in a booking"),
            how_long=gettext_noop("30 days after the last date"),
            why=gettext_noop("It is health data: the venue needs it until then, and nobody after."),
            apply=personal_data.delete_access_requests,
        )
    )
    register_retention(
        RetentionRule(
            code="what-if",
            what=gettext_noop("What rates would have cost whom, where a venue tried them out"),
            how_long=gettext_noop("7 days"),
            why=gettext_noop("It is worked out anew at any time"),
            apply=what_if.forget,
        )
    )


def _lapse(ids: Collection[int], now: datetime) -> None:
    lapse.lapse_dates(ids, now=now)


def _describe(ids: Collection[int]) -> dict[int, Displaced]:
    rows = Occurrence.objects.filter(pk__in=list(ids)).select_related("booking__organisation")
    return {
        row.pk: Displaced(
            owner_kind=claiming.OWNER,
            owner_id=row.pk,
            words=f"{row.booking.reference}: {row.booking.title}, "
            f"{words.when(row.starts_at, row.ends_at)}",
            public_words=words.when(row.starts_at, row.ends_at),
        )
        for row in rows
    }
