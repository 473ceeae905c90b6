"""Publish rates, and price what people ask for."""

from __future__ import annotations

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
from tariffs.models import Tariff, TariffVersion, item_slug
from tariffs.quoting import Quoted, Total, asked_item, asked_space, quote_dates, totals_many
from tariffs.rules import require_valid

__all__ = [
    "Quoted",
    "Total",
    "asked_item",
    "asked_space",
    "guide_prices",
    "publish_version",
    "quote_dates",
    "rebuild_guide",
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
    the end are estimates. `actor` None is the system itself.
    Raises: NotAllowed, BadInput, TariffRefused, AlreadyPublished.
    """
    if actor is not None and not VenuePolicy(actor).can_manage(venue):
        raise NotAllowed
    if valid_to is not None and valid_to <= valid_from:
        raise BadInput(_("The last day of these rates must be after the first."))
    take([(LockClass.VENUE, venue.pk)])
    require_valid(
        document,
        spaces=set(venue.spaces.values_list("slug", flat=True)),
        items={item_slug(name) for name in venue.stock.values_list("name", flat=True)},
    )
    tariff, _created = Tariff.objects.get_or_create(venue=venue)
    version = TariffVersion.objects.create(
        tariff=tariff,
        valid_from=valid_from,
        valid_to=_fit_in(tariff, valid_from, valid_to),
        document=document,
        published_at=now,
    )
    rebuild([venue.pk], on=london(now).date())
    audit.record(
        "publish_tariff",
        version,
        _("Rates of %(venue)s published from %(day)s")
        % {"venue": venue.name, "day": words.long_day(valid_from)},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
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
