"""Rounds of access checks, the visits of each, and reports of what has changed."""

from checks.models.answer import Answer, Answered
from checks.models.photo import VisitPhoto
from checks.models.report import ChangeReport
from checks.models.round import CheckRound, ReplyPeriod
from checks.models.visit import UNDER_WAY, Expenses, Visit, VisitState

__all__ = [
    "UNDER_WAY",
    "Answer",
    "Answered",
    "ChangeReport",
    "CheckRound",
    "Expenses",
    "ReplyPeriod",
    "Visit",
    "VisitPhoto",
    "VisitState",
]
