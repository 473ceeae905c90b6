"""Publish rates, and price what people ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from core import words
from core.clock import london
from core.errors import BadInput, NotAllowed
from spaces.locks import LockClass, take
from spaces.models import Venue
from spaces.policies import VenuePolicy
from tariffs.errors import AlreadyPublished
from tariffs.guide import guide_prices, rebuild
from tariffs.later_vat import Due, Kept, due_on
from tariffs.listening import tell_published
from tariffs.models import Tariff, TariffVersion, item_slug
from tariffs.quoting import (
    DatedRates,
    Quoted,
    Total,
    answers_in_words,
    asked_item,
    asked_space,
    dated_rates,
    quote_dates,
    totals_many,
)
from tariffs.rules import require_valid
from tariffs.rules.editions import stamped
from tariffs.rules.names import shorts
from tariffs.vat.rules import HireFacts
from tariffs.versions import document_of

__all__ = [
    "DatedRates",
    "Due",
    "HireFacts",
    "Kept",
    "Quoted",
    "Total",
    "answers_in_words",
    "asked_item",
    "asked_space",
    "dated_rates",
    "document_of",
    "due_on",
    "export_versions",
    "guide_prices",
    "import_versions",
    "publish_version",
    "put_in_force",
    "quote_dates",
    "rebuild_guide",
    "require_publishable",
    "totals_many",
]

rebuild_guide = rebuild


@transaction.atomic
def publish_version(
    venue: Venue,
    document: dict[str, Any],
    valid_from: date,
    *,
    actor: User | None,
    now: datetime,
    valid_to: date | None = None,
) -> TariffVersion:
    """Put rates in force on [valid_from, valid_to); without an end, until others follow.

    The version before ends where this one begins, and this one before the next. Dates beyond
    the end are estimates. The document keeps the edition of the language it is written in; without
    one it is of the current. `actor` None is the system itself.
    Raises: NotAllowed, BadInput, TariffRefused, AlreadyPublished.
    """
    if actor is not None and not VenuePolicy(actor).can_manage(venue):
        raise NotAllowed
    if valid_to is not None and valid_to <= valid_from:
        raise BadInput(_("The last day of these rates must be after the first."))
    take([(LockClass.VENUE, venue.pk)])
    require_publishable(venue, document)
    tariff, _created = Tariff.objects.get_or_create(venue=venue)
    version = TariffVersion(tariff=tariff, valid_from=valid_from, document=document)
    return put_in_force(venue, version, valid_to=valid_to, actor=actor, now=now)


def require_publishable(venue: Venue, document: Any) -> None:
    """Refuse rates that are wrong, or speak of spaces and things that the venue does not have.

    Raises: TariffRefused.
    """
    require_valid(
        document,
        spaces=shorts(venue.spaces.values_list("slug", flat=True)),
        items={item_slug(name) for name in venue.stock.values_list("name", flat=True)},
    )


def put_in_force(
    venue: Venue,
    version: TariffVersion,
    *,
    valid_to: date | None,
    actor: User | None,
    now: datetime,
) -> TariffVersion:
    """Store `version` as published. The venue is locked, the document checked.

    Raises: AlreadyPublished where other rates start on its first day.
    """
    version.valid_to = _fit_in(version.tariff, version.valid_from, valid_to)
    version.document = stamped(version.document)
    version.published_at = now
    version.save()
    rebuild([venue.pk], on=london(now).date())
    audit.record(
        "publish_tariff",
        version,
        _("Rates of %(venue)s published from %(day)s")
        % {"venue": venue.name, "day": words.long_day(version.valid_from)},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
    tell_published(version, now=now)
    return version


def _fit_in(tariff: Tariff, valid_from: date, valid_to: date | None) -> date | None:
    """End the version before, and say where the new one must end."""
    published = tariff.versions.filter(published_at__isnull=False)
    starts = set(published.values_list("valid_from", flat=True))
    if valid_from in starts:
        raise AlreadyPublished
    published.filter(valid_from__lt=valid_from).exclude(valid_to__lte=valid_from).update(
        valid_to=valid_from
    )
    ends = [start for start in starts if start > valid_from]
    if valid_to is not None:
        ends.append(valid_to)
    return min(ends, default=None)


@transaction.atomic
def import_versions(
    venue: Venue,
    documents: Sequence[dict[str, Any]],
    *,
    first: date | None,
    actor: User | None,
    now: datetime,
) -> list[TariffVersion]:
    """Publish each version of a sheet from its first day; `first` where it names none.

    Raises: NotAllowed, BadInput, TariffRefused, AlreadyPublished.
    """
    made = []
    for document in documents:
        starts = document.get("valid_from")
        day = date.fromisoformat(starts) if starts else first
        if day is None:
            raise BadInput(_("Say from which day these rates hold."))
        ends = document.get("valid_to")
        made.append(
            publish_version(
                venue,
                document,
                day,
                actor=actor,
                now=now,
                valid_to=date.fromisoformat(ends) if ends else None,
            )
        )
    if documents:
        Tariff.objects.filter(venue=venue).update(
            picked_by=documents[-1].get("picked_by", Tariff.PickedBy.EVENT_DATE)
        )
    return made


def export_versions(venue: Venue) -> dict[str, Any]:
    """The published rates of a venue as one sheet; what was imported comes out the same.

    Raises: BadInput where nothing is published.
    """
    rows = TariffVersion.objects.filter(tariff__venue=venue, published_at__isnull=False)
    versions = [_dated(row) for row in rows.order_by("valid_from")]
    if not versions:
        raise BadInput(_("This venue has not published any rates."))
    return versions[0] if len(versions) == 1 else {"versions": versions}


def _dated(version: TariffVersion) -> dict[str, Any]:
    dates = {"valid_from": version.valid_from.isoformat()}
    if version.valid_to:
        dates["valid_to"] = version.valid_to.isoformat()
    return {**dates, **{k: v for k, v in version.document.items() if k not in dates}}
