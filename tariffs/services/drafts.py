"""Rates that are being written: begun, saved, thrown away, published once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from core import words
from core.clock import london
from core.errors import BadInput, NotAllowed
from spaces.claims import violated_constraint
from spaces.locks import LockClass, take
from spaces.models import Venue
from spaces.policies import VenuePolicy
from tariffs.errors import DraftChanged, DraftExists, DraftGone
from tariffs.models import Tariff, TariffVersion
from tariffs.services import put_in_force, require_publishable

_ONE_DRAFT = "tariff_version_one_draft_per_start"
_DATES = ("valid_from", "valid_to")


@transaction.atomic
def copy_to_draft(
    venue: Venue,
    document: Mapping[str, Any],
    first_day: date,
    *,
    actor: User,
    now: datetime,
    last_day: date | None = None,
) -> TariffVersion:
    """Begin a draft from a published version, a pattern or a file; none of them is changed.

    `last_day` is included. Raises: NotAllowed, BadInput, DraftExists.
    """
    _require_manager(venue, actor)
    _require_order(first_day, last_day)
    tariff, _created = Tariff.objects.get_or_create(venue=venue)
    draft = TariffVersion(
        tariff=tariff,
        valid_from=first_day,
        valid_to=_day_after(last_day),
        document={key: said for key, said in document.items() if key not in _DATES},
    )
    _store(draft)
    said = _("Draft rates of %(venue)s begun, from %(day)s")
    _record("begin_rates_draft", said, draft, venue, actor=actor, now=now)
    return draft


@transaction.atomic
def save_draft(
    draft: TariffVersion,
    document: Mapping[str, Any],
    *,
    revision: int,
    actor: User,
    now: datetime,
) -> TariffVersion:
    """Keep what was written. `revision` is what the writer had read.

    A draft may be unfinished: it is checked when it is published.
    Raises: NotAllowed, DraftGone, DraftChanged.
    """
    venue = draft.tariff.venue
    _require_manager(venue, actor)
    held = _held(draft, revision=revision)
    held.document = {key: said for key, said in document.items() if key not in _DATES}
    held.revision += 1
    held.save(update_fields=["document", "revision"])
    said = _("Draft rates of %(venue)s saved, from %(day)s")
    _record("save_rates_draft", said, held, venue, actor=actor, now=now)
    return held


@transaction.atomic
def discard_draft(draft: TariffVersion, *, actor: User, now: datetime) -> None:
    """Throw a draft away.

    Raises: NotAllowed, DraftGone.
    """
    venue = draft.tariff.venue
    _require_manager(venue, actor)
    held = _held(draft)
    said = _("Draft rates of %(venue)s thrown away, from %(day)s")
    _record("discard_rates_draft", said, held, venue, actor=actor, now=now)
    held.delete()


@transaction.atomic
def publish_draft(
    draft: TariffVersion,
    first_day: date,
    *,
    revision: int,
    actor: User,
    now: datetime,
    last_day: date | None = None,
) -> TariffVersion:
    """Put a draft in force from `first_day` to `last_day`, included, or until others follow.

    Bookings keep the price they agreed. Raises: NotAllowed, BadInput, TariffRefused,
    AlreadyPublished, DraftGone, DraftChanged.
    """
    venue = draft.tariff.venue
    _require_manager(venue, actor)
    if first_day < london(now).date():
        message = _("The first day must be today or later.")
        raise BadInput(message, field="first_day")
    _require_order(first_day, last_day)
    take([(LockClass.VENUE, venue.pk)])
    held = _held(draft, revision=revision)
    require_publishable(venue, held.document)
    held.valid_from = first_day
    picked_by = held.document.get("picked_by")
    if picked_by:
        Tariff.objects.filter(pk=held.tariff_id).update(picked_by=picked_by)
    return put_in_force(venue, held, valid_to=_day_after(last_day), actor=actor, now=now)


def _require_manager(venue: Venue, actor: User) -> None:
    if not VenuePolicy(actor).can_manage(venue):
        raise NotAllowed


def _require_order(first_day: date, last_day: date | None) -> None:
    if last_day is not None and last_day < first_day:
        message = _("The last day must be on or after the first.")
        raise BadInput(message, field="last_day")


def _day_after(last_day: date | None) -> date | None:
    return None if last_day is None else date.fromordinal(last_day.toordinal() + 1)


def _held(draft: TariffVersion, *, revision: int | None = None) -> TariffVersion:
    """The draft, locked and read again."""
    rows = TariffVersion.objects.select_for_update(of=("self",))
    held = rows.filter(pk=draft.pk, published_at__isnull=True).select_related("tariff").first()
    if held is None:
        raise DraftGone
    if revision is not None and held.revision != revision:
        raise DraftChanged(None, revision=held.revision)
    return held


def _store(draft: TariffVersion) -> None:
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        if violated_constraint(error) != _ONE_DRAFT:
            raise
        raise DraftExists(None, field="first_day") from error


def _record(
    verb: str, said: str, draft: TariffVersion, venue: Venue, *, actor: User, now: datetime
) -> None:
    audit.record(
        verb,
        draft,
        said % {"venue": venue.name, "day": words.long_day(draft.valid_from)},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
