"""How long the outbox keeps what people were told."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.retention import RetentionRule
from notices.models import Notice


def _ended(now: datetime) -> int:
    ended = Notice.objects.filter(
        state__in=[Notice.State.SENT, Notice.State.DEAD],
        created_at__lt=now - timedelta(days=180),
    )
    return ended.delete()[0]


RULE = RetentionRule(
    code="notices.ended",
    what="Mails that were sent or given up",
    how_long="180 days",
    why="Long enough to see whether somebody was told",
    apply=_ended,
)
