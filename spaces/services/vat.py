"""What VAT has to know of a venue: the option to tax, spaces for sport, and classes of things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.dated import overlapping
from core.errors import BadInput
from spaces import locks
from spaces.locks import LockClass
from spaces.models import OptionToTax, Space, SportsDecision, StockItem, Venue
from spaces.services.permission import require_can_manage

_LONGEST = 200


@transaction.atomic
def keep_option(option: OptionToTax, *, actor: User | None, now: datetime) -> OptionToTax:
    """Add an option to tax of its venue, or change one.

    Raises: NotAllowed; BadInput for days in the wrong order, or opted to tax already.
    """
    venue = option.venue
    require_can_manage(actor, [venue])
    locks.take([(LockClass.VENUE, venue.pk)])
    option.note = _checked(option.note)
    if option.last_on is not None and option.last_on < option.first_on:
        raise BadInput(_("The last day must be on or after the first."), field="last_on")
    others = OptionToTax.objects.filter(venue=venue)
    if overlapping(others, first_on=option.first_on, last_on=option.last_on, besides=option.pk):
        message = _("It is opted to tax on some of these days already. Change the last day there.")
        raise BadInput(message, field="first_on")
    option.save()
    _record("option_to_tax_kept", _("%(name)s is opted to tax"), venue, actor, now)
    return option


@transaction.atomic
def remove_option(option: OptionToTax, *, actor: User | None, now: datetime) -> None:
    """Take an option away, as if it had never held. Raises: NotAllowed."""
    require_can_manage(actor, [option.venue])
    option.delete()
    said = _("%(name)s: an option to tax was removed")
    _record("option_to_tax_removed", said, option.venue, actor, now)


@transaction.atomic
def decide_sports(
    space: Space, *, is_sports: bool | None, note: str, actor: User | None, now: datetime
) -> None:
    """Say that a space is for sport, or is not; None: nobody has decided after all.

    Raises: NotAllowed; BadInput for a decision without a reason.
    """
    require_can_manage(actor, [space.venue])
    note = _checked(note)
    if is_sports is None:
        SportsDecision.objects.filter(space=space).delete()
    elif not note:
        raise BadInput(_("Say why, for whoever asks later."), field="note")
    else:
        said = {
            "is_sports_facility": is_sports,
            "note": note,
            "decided_by": actor,
            "decided_at": now,
        }
        SportsDecision.objects.update_or_create(space=space, defaults=said)
    words = {
        None: _("%(name)s: not decided whether it is for sport"),
        True: _("%(name)s is a space for sport"),
        False: _("%(name)s is no space for sport"),
    }
    record(
        "sports_decided",
        space,
        words[is_sports] % {"name": f"{space.venue.name}, {space.name}"},
        actor=actor,
        now=now,
        council=space.venue.council,
        operator=space.venue.operator,
    )


@transaction.atomic
def classify_stock(
    venue: Venue, classes: Mapping[int, str], *, actor: User | None, now: datetime
) -> None:
    """Say how VAT looks at things that are lent, by id. Raises: NotAllowed, BadInput."""
    require_can_manage(actor, [venue])
    items = list(venue.stock.filter(pk__in=classes))
    if len(items) != len(classes) or not set(classes.values()) <= set(StockItem.VatClass.values):
        raise BadInput(_("Choose one of the answers for each thing."))
    for item in items:
        item.vat_class = classes[item.pk]
    StockItem.objects.bulk_update(items, ["vat_class"])
    _record("stock_classified", _("Things to borrow at %(name)s, for VAT"), venue, actor, now)


def _checked(note: str) -> str:
    if len(note) > _LONGEST or "\x00" in note:
        raise BadInput(_("Use up to 200 letters."), field="note")
    return note.strip()


def _record(verb: str, message: str, venue: Venue, actor: User | None, now: datetime) -> None:
    record(
        verb,
        venue,
        message % {"name": venue.name},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
