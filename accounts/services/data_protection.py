"""Giving people what is held about them, and forgetting them, across every app."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import LastOwner
from accounts.models import Membership, User
from core import owners
from core.errors import NotAllowed, StateConflict


def export_person(user: User, *, actor: User, now: datetime) -> dict[str, Any]:
    """Everything any app holds about `user`, by app, as plain JSON values.

    Raises: NotAllowed for anybody but the person and the administrator.
    """
    _require_self(user, actor)
    data = {holder.app: holder.export(user.pk) for holder in owners.holders_of_personal_data()}
    words = _("What is held about a person was given out")
    audit.record("person_exported", user, words, actor=actor, now=now)
    return data


@transaction.atomic
def anonymise_person(user: User, *, actor: User, now: datetime) -> None:
    """Forget `user` everywhere; records of the past stay, without them. Cannot be undone.

    Each app refuses while something of theirs lies ahead, and then nothing is changed.
    Raises: NotAllowed, LastOwner, StateConflict.
    """
    _require_self(user, actor)
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.anonymised_at:
        raise StateConflict
    _require_no_orphans(locked)
    # Written first: the trail keeps that it was done, then forgets by whom.
    words = _("A person was forgotten")
    audit.record("person_anonymised", locked, words, actor=actor, now=now)
    # The account itself goes last: the others find their rows by its address and contacts.
    for holder in sorted(owners.holders_of_personal_data(), key=lambda one: one.app == "accounts"):
        holder.anonymise(locked.pk, now)


def _require_self(user: User, actor: User) -> None:
    if actor.pk != user.pk and not (actor.is_active and actor.is_superuser):
        raise NotAllowed


def _require_no_orphans(user: User) -> None:
    """Nobody leaves members behind in an organisation without an owner."""
    owner = Membership.Role.OWNER
    owned = Membership.objects.filter(user=user, role=owner).values("organisation")
    others = Membership.objects.filter(organisation__in=owned).exclude(user=user)
    shared = set(others.values_list("organisation", flat=True))
    safe = set(others.filter(role=owner).values_list("organisation", flat=True))
    if shared - safe:
        message = _(
            "You are the only owner of an organisation that has other members. "
            "Make one of them an owner first."
        )
        raise LastOwner(message)
