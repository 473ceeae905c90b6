"""From a row of the outbox to a mail that left the house.

A row says until when somebody is sending it, and no transaction is open meanwhile. Whoever is
killed on the way leaves it owed: it is sent once more, with the same Message-ID, and never a
third time unasked.
"""

from __future__ import annotations

import smtplib
from datetime import datetime, timedelta
from email.utils import formataddr
from enum import Enum

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.translation import gettext as _

from notices import queue, rendering
from notices.models import Notice

OWED = (Notice.State.WAITING, Notice.State.FAILED)
# How long to wait after the first, second, ... attempt that failed; then it is given up.
BACK_OFF = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720, 1440))
# A job is missed when its row has been owed this long and nothing is queued for it.
FORGOTTEN_AFTER = timedelta(minutes=10)
_MOST_AT_ONCE = 500
# No conversation with a mail server takes longer; each of its steps has EMAIL_TIMEOUT.
LONGEST_SENDING = timedelta(minutes=5)
_MOST_COPIES = 2
_OUTCOME = ("state", "attempts", "last_error", "begun", "sending_until")
# What signs people in is struck out of the row once it is sent.
_SECRET_EVENTS = ("account_", "mfa_")
_log = structlog.get_logger("openhall.notices")


class Outcome(Enum):
    SENT = "sent"
    FAILED = "failed"
    NOT_OWED = "not_owed"


def deliver(notice_id: int, *, now: datetime) -> Outcome:
    """Send one notice if it is still owed and nobody else is sending it at this moment."""
    notice = _begin(notice_id, now=now)
    if notice is None:
        return Outcome.NOT_OWED
    try:
        message_for(notice).send()
    except Exception as error:
        _note_failure(notice, error, now=now)
        return Outcome.FAILED
    _note_sent(notice, now=now)
    return Outcome.SENT


@transaction.atomic
def _begin(notice_id: int, *, now: datetime) -> Notice | None:
    """The notice, if it is ours to send until `sending_until`."""
    owed = Notice.objects.select_for_update(of=("self",))
    notice = owed.filter(pk=notice_id, state__in=OWED).first()
    if notice is None:
        return None
    if notice.sending_until is not None and notice.sending_until > now:
        # Somebody is at it, or died at it: whoever comes then will know.
        queue.defer(notice.pk, not_before=notice.sending_until)
        return None
    if notice.begun >= _MOST_COPIES:
        _give_up(notice)
        return None
    notice.begun += 1
    notice.sending_until = now + LONGEST_SENDING
    notice.save(update_fields=["begun", "sending_until"])
    return notice


def _give_up(notice: Notice) -> None:
    """Two copies may have left: a third is sent only when somebody on the staff asks for it."""
    notice.state = Notice.State.DEAD
    notice.last_error = _("It is not known whether this arrived.")
    notice.save(update_fields=["state", "last_error"])
    _log.error("notice may not have arrived", notice=notice.pk)


def _note_sent(notice: Notice, *, now: datetime) -> None:
    notice.state = Notice.State.SENT
    notice.sent_at = now
    notice.attempts += 1
    notice.last_error = ""
    notice.begun, notice.sending_until = 0, None
    if notice.event.startswith(_SECRET_EVENTS):
        notice.context = {}
    notice.save(update_fields=[*_OUTCOME, "sent_at", "context"])


def defer_forgotten(*, now: datetime) -> int:
    """Queue again what is owed but has lost its job; says how many."""
    owed = Notice.objects.filter(state__in=OWED, created_at__lt=now - FORGOTTEN_AFTER)
    ids = owed.order_by("created_at").values_list("pk", flat=True)
    queued = queue.queued_ids()
    forgotten = [pk for pk in ids.iterator() if pk not in queued][:_MOST_AT_ONCE]
    queue.defer_all(forgotten)
    return len(forgotten)


def message_for(notice: Notice) -> EmailMultiAlternatives:
    """The mail as it will be sent, the same at every attempt."""
    words = rendering.render(notice.event, _facts(notice), language=notice.language)
    reply_to = notice.context.get("reply_to")
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        to=[formataddr((notice.to_name, notice.to_email))],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": notice.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": notice.language,
        },
    )
    message.attach_alternative(words.html, "text/html")
    if notice.calendar:
        kind = f"text/calendar; method={notice.calendar_method or 'PUBLISH'}"
        message.attach("booking.ics", notice.calendar, kind)
    return message


def _facts(notice: Notice) -> dict[str, object]:
    base = {"name": notice.to_name, "base_url": settings.OPENHALL_BASE_URL}
    return base | {"language": notice.language} | notice.context


@transaction.atomic
def _note_failure(notice: Notice, error: Exception, *, now: datetime) -> None:
    notice.attempts += 1
    notice.begun, notice.sending_until = 0, None
    notice.last_error = _told(error)
    is_last = notice.attempts > len(BACK_OFF)
    notice.state = Notice.State.DEAD if is_last else Notice.State.FAILED
    notice.save(update_fields=_OUTCOME)
    if not is_last:
        queue.defer(notice.pk, not_before=now + BACK_OFF[notice.attempts - 1])
    # What mail servers say repeats the address, so only the kind of failure is kept.
    _log.warning(
        "notice not sent", notice=notice.pk, attempts=notice.attempts, error=notice.last_error
    )


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
        return f"{type(error).__name__} {' '.join(map(str, codes))}"
    return type(error).__name__
