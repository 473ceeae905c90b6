"""What access checks hold about a person: given out on request, and forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from checks.models import UNDER_WAY, CheckRound, Expenses, Visit, VisitState
from core.owners import PersonalData


def export(user_id: int) -> dict[str, Any]:
    """The visits the person made or was invited to, and what they were paid for them."""
    rows = Visit.objects.filter(_of(user_id)).select_related("venue", "round").order_by("pk")
    return {"visits": [_visit(row) for row in rows.prefetch_related("answers")]}


def _visit(row: Visit) -> dict[str, Any]:
    return {
        "venue": row.venue.name,
        "round": row.round.name,
        "state": row.state,
        "invited_at": row.invited_at.isoformat(),
        "visited_on": row.visited_on.isoformat() if row.visited_on else None,
        "words": row.words,
        "answers": [
            {"fact": one.code, "value": one.value, "note": one.note} for one in row.answers.all()
        ],
        "expenses": str(row.expenses) if row.expenses is not None else None,
        "expenses_for": row.expenses_for,
        "expenses_state": row.expenses_state,
    }


def anonymise(user_id: int, now: datetime) -> None:
    """Forget who the checker was. What was found of a venue stays; drafts go."""
    mine = Visit.objects.filter(_of(user_id))
    mine.filter(state__in=UNDER_WAY[:2]).update(state=VisitState.WITHDRAWN, ended_at=now)
    mine.filter(expenses_state=Expenses.CLAIMED).update(
        expenses_state=Expenses.NONE, expenses=None, expenses_for=""
    )
    mine.update(email="", checker=None)
    CheckRound.objects.filter(made_by=user_id).update(made_by=None)


def _of(user_id: int) -> Q:
    emails = EmailAddress.objects.filter(user=user_id, verified=True).values_list(
        "email", flat=True
    )
    invited = Q(pk__in=[])
    for email in emails:
        invited |= Q(checker__isnull=True, email__iexact=email)
    return Q(checker=user_id) | invited


HOLDER = PersonalData(app="checks", export=export, anonymise=anonymise)
