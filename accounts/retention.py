"""How long what is kept, why, and how it goes. The table for people is docs/retention.md.

Each app registers its rules when it starts; a job applies them every night.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import AuditEntry, Concession, Invitation, User


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """`apply(now)` removes what is due and says how many rows. `what` stands in the table."""

    code: str
    what: str
    how_long: str
    why: str
    apply: Callable[[datetime], int]


_rules: dict[str, RetentionRule] = {}
_OVER = (Concession.State.REFUSED, Concession.State.EXPIRED, Concession.State.RENEWED)


def register_retention(rule: RetentionRule) -> None:
    """Make a rule known; called once from an app's `ready()`."""
    _rules[rule.code] = rule


def retention_rules() -> list[RetentionRule]:
    """Every rule, by code."""
    return [_rules[code] for code in sorted(_rules)]


def apply_retention(*, now: datetime) -> dict[str, int]:
    """Apply every rule, each in a transaction of its own; the rows removed, by code."""
    removed = {}
    for rule in retention_rules():
        with transaction.atomic():
            removed[rule.code] = rule.apply(now)
    return removed


def _unconfirmed_accounts(now: datetime) -> int:
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    due = User.objects.filter(
        Exists(addresses),
        ~Exists(addresses.filter(verified=True)),
        last_login__isnull=True,
        joined_at__lt=now - timedelta(days=30),
        is_staff=False,
    )
    count = due.count()
    due.delete()
    return count


def _invitations(now: datetime) -> int:
    return Invitation.objects.filter(created_at__lt=now - timedelta(days=60)).delete()[0]


def _ended_sessions(now: datetime) -> int:
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    return UserSession.objects.filter(~Exists(live)).delete()[0]


def _evidence(now: datetime) -> int:
    over = Concession.objects.filter(state__in=_OVER, decided_at__lt=now - timedelta(days=365))
    return over.exclude(evidence="").update(evidence="")


def _evidence_of_people(now: datetime) -> int:
    """Whether money is short is nobody's business once it was looked at."""
    decided = Concession.objects.filter(
        person__isnull=False, decided_at__lt=now - timedelta(days=30)
    )
    return decided.exclude(evidence="").update(evidence="")


def _concessions_of_people(now: datetime) -> int:
    over = Concession.objects.filter(
        person__isnull=False, state__in=_OVER, decided_at__lt=now - timedelta(days=2 * 365)
    )
    return over.delete()[0]


def _audit_entries(now: datetime) -> int:
    return AuditEntry.objects.filter(at__lt=now - timedelta(days=6 * 365 + 2)).delete()[0]


RULES = [
    RetentionRule(
        code="accounts.unconfirmed",
        what="Accounts whose e-mail address was never confirmed",
        how_long="30 days",
        why="Nobody can use them, and the address may be a stranger's",
        apply=_unconfirmed_accounts,
    ),
    RetentionRule(
        code="accounts.invitations",
        what="Invitations to an organisation that nobody took up",
        how_long="60 days",
        why="Somebody who meant to join has done so by then",
        apply=_invitations,
    ),
    RetentionRule(
        code="accounts.sessions",
        what="Where somebody is signed in: address of the computer and name of the browser",
        how_long="Until the next night after they sign out, or 14 days after they sign in",
        why="So that people can see and end what is not theirs",
        apply=_ended_sessions,
    ),
    RetentionRule(
        code="accounts.evidence",
        what="Words of evidence for a concession that was refused or ran out",
        how_long="1 year after the decision",
        why="Long enough to question the decision",
        apply=_evidence,
    ),
    RetentionRule(
        code="accounts.evidence-people",
        what="Words of evidence that a private person sent for help with the price",
        how_long="30 days after the decision",
        why="They may say that money is short; the answer stays, and that is enough",
        apply=_evidence_of_people,
    ),
    RetentionRule(
        code="accounts.help-people",
        what="That a private person had help with the price, once it was refused or ran out",
        how_long="2 years after the decision",
        why="Long enough to renew it and to question it; then nobody needs to know",
        apply=_concessions_of_people,
    ),
    RetentionRule(
        code="accounts.audit",
        what="The record of changes",
        how_long="6 years",
        why="Claims under a contract can be made for 6 years (Limitation Act 1980, section 5)",
        apply=_audit_entries,
    ),
]
