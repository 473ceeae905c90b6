"""The same request twice is done once: the second answer is the first one again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.models import User
from api.errors import BadIdempotencyKey, IdempotencyMismatch
from api.models import IdempotencyKey

REMEMBERED = timedelta(hours=24)
_SHAPE = re.compile(r"[A-Za-z0-9_.:-]{8,200}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller gets; `is_repeat` where it is the remembered answer."""

    status: int
    body: Any
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as far as sameness goes: its key, its method and address, and its body."""

    key: str
    route: str
    body: Any

    @property
    def digest(self) -> str:
        canonical = json.dumps([self.route, self.body], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def key_from(header: str | None) -> str | None:
    """The key, or None where none was sent.

    Raises: BadIdempotencyKey.
    """
    if header is None:
        return None
    if not _SHAPE.fullmatch(header):
        raise BadIdempotencyKey
    return header


@transaction.atomic
def once(asked: Asked, act: Callable[[], Answer], *, actor: User, now: datetime) -> Answer:
    """Do `act` unless this key was done before, in one transaction with what it changes.

    Two at once: the second waits for the first at the unique key. Where `act` refuses, the
    transaction and the key go back together, so a later try is a fresh one.

    Raises: IdempotencyMismatch, and whatever `act` raises.
    """
    forget(now=now, user=actor)
    row, is_new = IdempotencyKey.objects.get_or_create(
        user=actor,
        key=asked.key,
        defaults={"route": asked.route[:200], "digest": asked.digest, "created_at": now},
    )
    if not is_new:
        if row.digest != asked.digest or row.status is None:
            raise IdempotencyMismatch
        return Answer(row.status, row.body, is_repeat=True)
    answer = act()
    row.status = answer.status
    row.body = json.loads(json.dumps(answer.body, cls=DjangoJSONEncoder))
    row.save(update_fields=["status", "body"])
    return answer


def forget(*, now: datetime, user: User | None = None) -> int:
    """Delete what is older than a day, of one person or of all; how many rows went."""
    rows = IdempotencyKey.objects.filter(created_at__lt=now - REMEMBERED)
    deleted, _by_model = (rows.filter(user=user) if user else rows).delete()
    return deleted
