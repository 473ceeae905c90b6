"""What the outbox holds about a person: given out on request, and forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from core.owners import PersonalData
from notices.models import Notice

OWED = (Notice.State.WAITING, Notice.State.FAILED)


def export(user_id: int) -> dict[str, Any]:
    """Every mail the person was sent."""
    rows = Notice.objects.filter(recipient=user_id).order_by("pk")
    return {
        "mails": [
            {
                "event": row.event,
                "to": row.to_email,
                "facts": row.context,
                "owed_since": row.created_at.isoformat(),
                "sent_at": row.sent_at.isoformat() if row.sent_at else None,
            }
            for row in rows
        ]
    }


def anonymise(user_id: int, now: datetime) -> None:
    """Strike out address and words; what was still owed is no longer sent."""
    user = User.objects.get(pk=user_id)
    rows = Notice.objects.filter(recipient=user_id)
    rows = rows | Notice.objects.filter(to_email__iexact=user.email)
    ids = list(rows.values_list("pk", flat=True))
    mine = Notice.objects.filter(pk__in=ids)
    mine.filter(state__in=OWED).update(state=Notice.State.DEAD)
    mine.update(
        recipient=None,
        to_email="nobody@forgotten.invalid",
        to_name="",
        context={},
        calendar="",
    )


HOLDER = PersonalData(app="notices", export=export, anonymise=anonymise)
