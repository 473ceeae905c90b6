"""Make, revoke and recognise personal tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from api.models import PersonalToken
from core import clock
from core.errors import NotFound, StateConflict

_MARK = "oh_"
_BYTES = 32
MOST_TOKENS = 20
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new token with its secret, which nobody can read again."""

    token: PersonalToken
    secret: str


@transaction.atomic
def create_token(*, name: str, days: int, actor: User, now: datetime) -> Fresh:
    """Make a token for `actor` that works for `days`.

    Raises: StateConflict where the person has MOST_TOKENS that work.
    """
    # Two requests at once must not pass the limit together.
    User.objects.select_for_update().get(pk=actor.pk)
    working = PersonalToken.objects.filter(user=actor, revoked_at=None, expires_at__gt=now)
    if working.count() >= MOST_TOKENS:
        raise StateConflict(_("You have as many tokens as you can. Revoke one you do not use."))
    secret = f"{_MARK}{secrets.token_urlsafe(_BYTES)}"
    token = PersonalToken.objects.create(
        user=actor,
        name=name,
        digest=_digest(secret),
        prefix=secret[:8],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    audit.record("create_token", token, _("A personal token was made"), actor=actor, now=now)
    return Fresh(token, secret)


@transaction.atomic
def revoke_token(token_id: int, *, actor: User, now: datetime) -> PersonalToken:
    """End one of `actor`'s own tokens; a second time changes nothing.

    Raises: NotFound.
    """
    token = PersonalToken.objects.select_for_update().filter(pk=token_id, user=actor).first()
    if token is None:
        raise NotFound
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        audit.record("revoke_token", token, _("A personal token was revoked"), actor=actor, now=now)
    return token


def token_of(secret: str, *, now: datetime) -> PersonalToken | None:
    """The working token with this secret, its person loaded; None where there is none."""
    if not secret.startswith(_MARK) or len(secret) > 100:
        return None
    token = PersonalToken.objects.select_related("user").filter(digest=_digest(secret)).first()
    if token is None or not token.works(now=now) or not token.user.is_active:
        return None
    return token


def note_use(token: PersonalToken, *, now: datetime) -> None:
    """Remember the day of the last use: one write a day, whatever the number of requests."""
    day = clock.london(now).date()
    if token.last_used_on is None or token.last_used_on < day:
        stale = Q(last_used_on=None) | Q(last_used_on__lt=day)
        PersonalToken.objects.filter(stale, pk=token.pk).update(last_used_on=day)


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess from.
    return hashlib.sha256(secret.encode()).hexdigest()
