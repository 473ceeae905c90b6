"""One round of access checks with visits in each state, and a few messages about changes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from checks.models import (
    Answer,
    ChangeReport,
    CheckRound,
    Expenses,
    ReplyPeriod,
    Visit,
    VisitState,
)
from core.clock import at
from demo.builders.world import World
from demo.content.checks import COUNCIL, FOUND, REPORTS, ROUND, VISITS, VisitSpec
from spaces.models import AccessFact, Venue
from spaces.services.access import FactPlace, Said, record_facts


def build(world: World) -> None:
    """Write the round, its visits with what they found, and the messages."""
    council = world.councils[COUNCIL]
    checker = User.objects.get(email="checker@example.org")
    ReplyPeriod.objects.create(
        council=council, starts_on=world.today - timedelta(days=200), days=14
    )
    made = CheckRound.objects.create(
        council=council,
        name=ROUND.name,
        words=ROUND.words,
        visit_by=world.today + timedelta(days=40),
        made_by=User.objects.get(email="officer.northmere@example.org"),
        created_at=_on(world.today - timedelta(days=60)),
    )
    for spec in VISITS:
        _visit(world, made, checker, spec)
    for number, report in enumerate(REPORTS):
        _report(world, report.venue, number, report.fields)


def _visit(world: World, made: CheckRound, checker: User, spec: VisitSpec) -> None:
    invited = world.today - timedelta(days=spec.days_ago)
    visited = invited + timedelta(days=5)
    state = VisitState(spec.state)
    is_sent = state in {VisitState.SENT, VisitState.PUBLISHED}
    visit = Visit.objects.create(
        round=made,
        venue=world.venues[spec.venue].row,
        email=spec.email,
        checker=checker if spec.email == checker.email and state != VisitState.INVITED else None,
        state=state,
        invited_at=_on(invited),
        accepted_at=None if state == VisitState.INVITED else _on(invited + timedelta(days=1)),
        ended_at=_on(invited + timedelta(days=2)) if state == VisitState.DECLINED else None,
        visited_on=visited if is_sent or state == VisitState.ACCEPTED else None,
        words=spec.words,
        sent_at=_on(visited) if is_sent else None,
        reply_by=visited + timedelta(days=14) if is_sent else None,
        reply=spec.reply,
        replied_at=_on(visited + timedelta(days=3)) if spec.reply else None,
        published_at=_on(visited + timedelta(days=4)) if state == VisitState.PUBLISHED else None,
        **_expenses(spec, visited),
    )
    rows = [Answer(visit=visit, code=code, **said) for code, said in FOUND[spec.found].items()]
    Answer.objects.bulk_create(rows)
    if state == VisitState.PUBLISHED:
        _facts(visit.venue, rows, visited, world.now)


def _expenses(spec: VisitSpec, visited: date) -> dict[str, Any]:
    if not spec.expenses:
        return {}
    decided = spec.expenses_state != Expenses.CLAIMED
    return {
        "expenses": Decimal(spec.expenses),
        "expenses_for": "Bus there and back",
        "expenses_state": spec.expenses_state,
        "expenses_decided_at": _on(visited + timedelta(days=6)) if decided else None,
    }


def _facts(venue: Venue, rows: list[Answer], visited: date, now: datetime) -> None:
    said = [
        Said(row.code, row.value, visited, measure=row.measure, note=row.note)
        for row in rows
        if row.value != Answer.Value.UNKNOWN
    ]
    source = AccessFact.Source.CHECK
    for one in said:
        record_facts(FactPlace(venue), [one], source=source, actor=None, now=now)


def _report(world: World, venue: str, number: int, fields: dict[str, Any]) -> None:
    row = world.venues[venue].row
    reported = _on(world.today - timedelta(days=3 + number))
    state = fields.get("state", ChangeReport.State.WAITING)
    decided = None if state == ChangeReport.State.WAITING else _on(world.today)
    ChangeReport.objects.create(venue=row, reported_at=reported, decided_at=decided, **fields)


def _on(day: date) -> datetime:
    return at(day, time(10, 30))
