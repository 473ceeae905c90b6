"""Answering what checkers claim."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from checks.models import Expenses, Visit
from checks.services.invitations import lock_visit, record_visit
from checks.services.rounds import require_officer
from core.errors import BadInput, NotAllowed, StateConflict


@transaction.atomic
def approve_expenses(visit: Visit, *, actor: User, now: datetime) -> None:
    """Say that they will be paid. Raises: NotAllowed, StateConflict."""
    locked = _claimed(visit, actor)
    _decide(locked, Expenses.APPROVED, reason="", now=now)
    said = _("Expenses were approved: a visit to %(venue)s")
    record_visit("check-expenses-approved", locked, said, actor=actor, now=now)


@transaction.atomic
def refuse_expenses(visit: Visit, *, reason: str, actor: User, now: datetime) -> None:
    """Say why they are not paid. Raises: NotAllowed, BadInput without a reason, StateConflict."""
    locked = _claimed(visit, actor)
    if not reason.strip():
        raise BadInput(_("Say why, so that the checker knows."), field="reason")
    _decide(locked, Expenses.REFUSED, reason=reason.strip(), now=now)
    said = _("Expenses were refused: a visit to %(venue)s")
    record_visit("check-expenses-refused", locked, said, actor=actor, now=now)


def _claimed(visit: Visit, actor: User) -> Visit:
    require_officer(actor, visit.round.council)
    locked = lock_visit(visit)
    if locked.checker_id == actor.pk:
        raise NotAllowed(_("Somebody else must decide on your own expenses."))
    if locked.expenses_state != Expenses.CLAIMED:
        raise StateConflict
    return locked


def _decide(visit: Visit, state: Expenses, *, reason: str, now: datetime) -> None:
    visit.expenses_state, visit.expenses_reason = state, reason
    visit.expenses_decided_at = now
    visit.save(update_fields=["expenses_state", "expenses_reason", "expenses_decided_at"])
