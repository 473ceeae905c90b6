"""Who changed what, in words, in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from accounts.models import AuditEntry, Council, Operator, User

_LONGEST_WORDS = 500


def record(
    verb: str,
    subject: Model,
    words: str,
    *,
    actor: User | AnonymousUser | None,
    now: datetime,
    council: Council | None = None,
    operator: Operator | None = None,
) -> AuditEntry:
    """Write that `actor` did `verb` to `subject`; None is the system itself.

    `words` name things and roles, never private people. Council and operator are the
    subject's own where it has them and none is given.
    """
    made = entry(verb, subject, words, actor=actor, now=now, council=council, operator=operator)
    made.save()
    return made


def entry(
    verb: str,
    subject: Model,
    words: str,
    *,
    actor: User | AnonymousUser | None,
    now: datetime,
    council: Council | None = None,
    operator: Operator | None = None,
) -> AuditEntry:
    """As `record`, but not stored yet, for those who write many at once."""
    return AuditEntry(
        at=now,
        actor_id=actor.pk if actor else None,
        council_id=council.pk if council else _key_of(subject, Council, "council_id"),
        operator_id=operator.pk if operator else _key_of(subject, Operator, "operator_id"),
        verb=verb,
        subject_kind=kind_of(subject),
        subject_id=subject.pk,
        words=words.replace("\x00", "")[:_LONGEST_WORDS],
    )


def kind_of(subject: Model) -> str:
    """The kind an entry is filed under: bookings.booking."""
    return subject._meta.label_lower


def _key_of(subject: Model, model: type[Model], field: str) -> int | None:
    key = subject.pk if isinstance(subject, model) else getattr(subject, field, None)
    return key if isinstance(key, int) else None
