"""Tells hirers what became of their concession, and when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Concession, Membership, User
from core import words
from notices import links
from notices.services import Owed, tell_all


def tell_holders(concession: Concession, outcome: str, now: datetime) -> None:
    """`outcome`: accepted, refused, expired or ends_soon. To the owners, or to the person."""
    owed = []
    for person in _holders(concession):
        with translation.override(person.language):
            owed.append(_owed(concession, outcome, person))
    tell_all(owed, now=now)


def _holders(concession: Concession) -> Sequence[User]:
    if concession.person is not None:
        return [concession.person]
    owners = User.objects.filter(
        memberships__organisation=concession.organisation_id,
        memberships__role=Membership.Role.OWNER,
        is_active=True,
    )
    return list(owners.distinct().order_by("pk"))


def _owed(concession: Concession, outcome: str, person: User) -> Owed:
    """What a private person asked for is not named: others may read over a shoulder."""
    group = concession.organisation
    page = reverse("organisation", args=[group.pk]) if group else reverse("my_concessions")
    return Owed(
        event="concession_decided",
        to_email=person.email,
        to_name=person.name,
        recipient=person,
        subject=group,
        context={
            "hirer": group.name if group else "",
            "what": concession.what if group else _("help with the price"),
            "outcome": outcome,
            "until": words.long_day(concession.valid_to) if concession.valid_to else "",
            "reason": concession.reason,
            "standing_url": links.absolute(page),
        },
    )
