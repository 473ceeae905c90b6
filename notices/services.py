"""Telling people things: a row and a job of the transaction that made it necessary."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import translation

from accounts import audit
from accounts.models import User
from core.errors import StateConflict
from notices import links, queue, rendering
from notices.models import Notice

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """The mail of `event` that is owed to somebody.

    `context` holds plain JSON values, already worded. `language` is the recipient's own where
    none is given. `calendar` goes along as an .ics with the iTIP `method`.
    """

    event: str
    to_email: str
    to_name: str = ""
    recipient: User | None = None
    language: str = ""
    subject: Model | None = None
    context: dict[str, Any] = field(default_factory=dict)
    calendar: bytes | str = ""
    method: str = ""
    uid: str = ""
    sequence: int = 0


def tell(
    event: str,
    *,
    to_email: str,
    now: datetime,
    to_name: str = "",
    recipient: User | None = None,
    language: str = "",
    subject: Model | None = None,
    context: dict[str, Any] | None = None,
    calendar: bytes | str = "",
    method: str = "",
    uid: str = "",
    sequence: int = 0,
) -> Notice:
    """Owe somebody one mail (`Owed`).

    Raises: ValueError for an event without words in templates/email/.
    """
    (notice,) = tell_all(
        [
            Owed(
                event=event,
                to_email=to_email,
                to_name=to_name,
                recipient=recipient,
                language=language,
                subject=subject,
                context=context or {},
                calendar=calendar,
                method=method,
                uid=uid,
                sequence=sequence,
            )
        ],
        now=now,
    )
    return notice


def tell_all(owed: Sequence[Owed], *, now: datetime) -> list[Notice]:
    """Owe these mails, in two statements; they are sent after the transaction commits, if it does.

    Raises: ValueError for an event without words in templates/email/.
    """
    if not owed:
        return []
    for event in {one.event for one in owed}:
        if not rendering.has_words(event):
            message = f"templates/email/ has no words for {event}"
            raise ValueError(message)
    # A notice without its job, or the other way round, is never right: nothing to go back to.
    with transaction.atomic(savepoint=False):
        notices = Notice.objects.bulk_create(_row(one, now=now) for one in owed)
        queue.defer_all(notice.pk for notice in notices)
    return notices


def _row(owed: Owed, *, now: datetime) -> Notice:
    subject, calendar = owed.subject, owed.calendar
    return Notice(
        event=owed.event,
        recipient=owed.recipient,
        to_email=owed.to_email,
        to_name=rendering.tame(owed.to_name)[:_LONGEST_NAME],
        language=owed.language or _language_of(owed.recipient),
        subject_kind=audit.kind_of(subject) if subject else "",
        subject_id=subject.pk if subject else None,
        context=rendering.tame(owed.context),
        calendar=calendar.decode() if isinstance(calendar, bytes) else calendar,
        calendar_method=owed.method,
        ical_uid=owed.uid,
        ical_sequence=owed.sequence,
        message_id=f"<{uuid.uuid4()}@{links.host()}>",
        created_at=now,
    )


@transaction.atomic
def resend(notice: Notice, *, actor: User, now: datetime) -> None:
    """Try again to deliver what was given up or is waiting for its next attempt.

    Raises: StateConflict for what has been sent: its words may be gone, and once is enough.
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state == Notice.State.SENT:
        raise StateConflict
    locked.state = Notice.State.WAITING
    locked.attempts = locked.begun = 0
    locked.sending_until = None
    locked.save(update_fields=["state", "attempts", "begun", "sending_until"])
    queue.defer(locked.pk)
    audit.record("notice_resent", locked, f"Sent again: {locked.event}", actor=actor, now=now)


def _language_of(recipient: User | None) -> str:
    return recipient.language if recipient else translation.get_language() or "en-gb"
