"""What this app holds about a person: tokens and remembered answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from api.models import IdempotencyKey, PersonalToken


def export(user_id: int) -> dict[str, Any]:
    """The person's tokens, without secrets, and the requests we remember."""
    tokens = PersonalToken.objects.filter(user=user_id)
    keys = IdempotencyKey.objects.filter(user=user_id)
    return {
        "tokens": [
            {
                "name": token.name,
                "begins_with": token.prefix,
                "made": token.created_at.isoformat(),
                "runs_out": token.expires_at.isoformat(),
                "last_used": token.last_used_on.isoformat() if token.last_used_on else None,
                "revoked": token.revoked_at.isoformat() if token.revoked_at else None,
            }
            for token in tokens
        ],
        "remembered_requests": [
            {"request": key.route, "at": key.created_at.isoformat()} for key in keys
        ],
    }


def anonymise(user_id: int, now: datetime) -> None:
    """Forget all of it."""
    PersonalToken.objects.filter(user=user_id).delete()
    IdempotencyKey.objects.filter(user=user_id).delete()
