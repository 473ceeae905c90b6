"""Faults whose planned end has come: those who were told hear of it, and the venue is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from notices import links
from notices.services import Owed, tell_all
from spaces.faults import fault_words, overdue_faults
from spaces.models import AccessFault
from spaces.recipients import to_venue
from spaces.services.faults import Turn, tell_listeners

# Of what ended longer ago, before anybody could be told, nobody wants to hear any more.
_TELL_WITHIN = timedelta(days=7)
_PLAIN = "en-gb"


def tell_overdue(*, now: datetime) -> int:
    """Tell of every fault that is overdue, each once and for itself. Returns of how many.

    Pages and answers show it as over since its planned end; this says so, and that nobody has
    confirmed it.
    """
    return sum(_tell(pk, now=now) for pk in _untold(now=now).values_list("pk", flat=True))


def _untold(*, now: datetime) -> QuerySet[AccessFault]:
    return overdue_faults(now=now).filter(until__gt=now - _TELL_WITHIN, overdue_at__isnull=True)


@transaction.atomic
def _tell(pk: int, *, now: datetime) -> bool:
    """False where another worker has it, or somebody says at this moment that it works."""
    rows = _untold(now=now).select_for_update(of=("self",), skip_locked=True)
    fault = rows.select_related("venue__operator", "node", "space").filter(pk=pk).first()
    if fault is None:
        return False
    fault.overdue_at = now
    fault.save(update_fields=["overdue_at"])
    tell_listeners(fault, Turn.OVERDUE, {}, now=now)
    tell_all([_asked(one, fault, now=now) for one in _to_venue(fault)], now=now)
    return True


def _to_venue(fault: AccessFault) -> list[Owed]:
    address = links.absolute(reverse("manage_faults", args=[fault.venue.slug]))
    context: dict[str, object] = {"venue": fault.venue.name, "faults_url": address}
    return to_venue("fault_overdue", fault.venue, context)


def _asked(owed: Owed, fault: AccessFault, *, now: datetime) -> Owed:
    """The same in the language of whoever reads it."""
    with translation.override(owed.recipient.language if owed.recipient else _PLAIN):
        return replace(owed, context=owed.context | {"fault": fault_words(fault, now=now)})
