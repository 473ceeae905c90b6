"""How long tokens that ended and remembered answers are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from accounts.retention import RetentionRule
from api import idempotency
from api.models import PersonalToken


def _ended_tokens(now: datetime) -> int:
    due = now - timedelta(days=365)
    ended = PersonalToken.objects.filter(Q(expires_at__lt=due) | Q(revoked_at__lt=due))
    return ended.delete()[0]


def _answers(now: datetime) -> int:
    return idempotency.forget(now=now)


RULES = [
    RetentionRule(
        code="api.answers",
        what="Answers kept to repeat them to a program that asks twice",
        how_long="1 day",
        why="A program that lost its connection asks again at once",
        apply=_answers,
    ),
    RetentionRule(
        code="api.tokens",
        what="Tokens that were revoked or ran out",
        how_long="1 year",
        why="Somebody may ask which program did something",
        apply=_ended_tokens,
    ),
]
