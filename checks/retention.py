"""How long it is known who checked a venue, and what strangers reported."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from accounts.retention import RetentionRule
from checks.models import ChangeReport, Expenses, Visit, VisitState
from core.clock import london


def _checkers(now: datetime) -> int:
    due = Visit.objects.filter(
        Q(published_at__lt=now - timedelta(days=365)) | Q(ended_at__lt=now - timedelta(days=365)),
    ).exclude(expenses_state=Expenses.CLAIMED)
    return due.exclude(checker=None, email="").update(checker=None, email="")


def _invitations(now: datetime) -> int:
    long_over = london(now).date() - timedelta(days=60)
    due = Visit.objects.filter(state=VisitState.INVITED, round__visit_by__lt=long_over)
    return due.delete()[0]


def _addresses(now: datetime) -> int:
    due = ChangeReport.objects.filter(reported_at__lt=now - timedelta(days=180))
    return due.exclude(email="").update(email="")


def _reports(now: datetime) -> int:
    return ChangeReport.objects.filter(decided_at__lt=now - timedelta(days=2 * 365)).delete()[0]


RULES = [
    RetentionRule(
        code="checks.checkers",
        what="Who made an access check, and the address they were invited by",
        how_long="1 year after it was published, turned down or taken back",
        why="The council may ask once more; what was found stays without a name",
        apply=_checkers,
    ),
    RetentionRule(
        code="checks.invitations",
        what="Invitations to an access check that nobody took up",
        how_long="60 days after the last day for the visit",
        why="The round is over",
        apply=_invitations,
    ),
    RetentionRule(
        code="checks.addresses",
        what="The address of somebody who told us that something has changed",
        how_long="Until the venue decides, and 180 days at most",
        why="It is only kept to tell them what came of it",
        apply=_addresses,
    ),
    RetentionRule(
        code="checks.reports",
        what="What people told us has changed, once the venue decided",
        how_long="2 years after the decision",
        why="As long as the fact counts as fresh",
        apply=_reports,
    ),
]
