"""What a checker writes: kept step by step, changed as often as they like, then sent in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from checks.answers import Given, tidied
from checks.models import Answer, Expenses, Visit, VisitState
from checks.policies import CheckPolicy
from checks.services.invitations import lock_visit, record_visit
from checks.services.rounds import reply_days
from checks.steps import Step
from core import words
from core.clock import london
from core.errors import BadInput, NotFound, StateConflict
from notices import links
from notices.services import tell_all
from spaces.recipients import to_venue
from spaces.services.access import CONTRADICTIONS

_MOST_EXPENSES = Decimal(1000)
_MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Story:
    """When the visit was, and what it was like in the checker's own words."""

    visited_on: date | None
    words: str


@transaction.atomic
def save_answers(
    visit: Visit, step: Step, given: Mapping[str, Given], *, actor: User, now: datetime
) -> None:
    """Keep the answers of one page in the place of those that were there.

    Raises: NotFound, StateConflict; BadInput, with the name of the box to mend as `field`.
    """
    locked = _draft(visit, actor)
    rows = []
    for fact in step.facts:
        one = given.get(fact.code, Given())
        if one.is_empty:
            continue
        rows.append(_answer(locked, step, fact.code, _tidied(step, fact.code, one)))
    _require_agreement(rows)
    here = Answer.objects.filter(visit=locked, space=step.space, node=step.node)
    here.filter(code__in=[fact.code for fact in step.facts]).delete()
    Answer.objects.bulk_create(rows)
    locked.saved_at = now
    locked.save(update_fields=["saved_at"])


@transaction.atomic
def save_story(visit: Visit, story: Story, *, actor: User, now: datetime) -> None:
    """Keep the day and the words. Raises: NotFound, StateConflict, BadInput."""
    locked = _draft(visit, actor)
    today = london(now).date()
    if story.visited_on is not None:
        if story.visited_on > today:
            raise BadInput(_("The day of the visit cannot be to come."), field="visited_on")
        if story.visited_on < london(locked.invited_at).date() - timedelta(days=31):
            raise BadInput(_("Choose a day since you were invited."), field="visited_on")
    locked.visited_on, locked.words, locked.saved_at = story.visited_on, story.words.strip(), now
    locked.save(update_fields=["visited_on", "words", "saved_at"])


@transaction.atomic
def claim_expenses(
    visit: Visit, *, amount: Decimal | None, what_for: str, actor: User, now: datetime
) -> None:
    """Say what the visit cost; None takes the claim back. Also after it was sent in.

    Raises: NotFound, StateConflict once they are decided or the visit is off, BadInput.
    """
    locked = _own(visit, actor)
    if locked.expenses_state not in {Expenses.NONE, Expenses.CLAIMED}:
        raise StateConflict
    if locked.state not in {VisitState.ACCEPTED, VisitState.SENT, VisitState.PUBLISHED}:
        raise StateConflict
    if amount is not None and not Decimal(0) < amount <= _MOST_EXPENSES:
        raise BadInput(_("Enter an amount from £0.01 to £1,000."), field="amount")
    if amount is not None and not what_for.strip():
        raise BadInput(_("Say what you paid for, like a bus fare."), field="what_for")
    locked.expenses = amount
    locked.expenses_for = what_for.strip() if amount is not None else ""
    locked.expenses_state = Expenses.NONE if amount is None else Expenses.CLAIMED
    locked.save(update_fields=["expenses", "expenses_for", "expenses_state"])
    said = _("Expenses were claimed for a visit to %(venue)s")
    if amount is None:
        said = _("A claim for expenses was taken back: a visit to %(venue)s")
    record_visit("check-expenses-claimed", locked, said, actor=actor, now=now)


@transaction.atomic
def send_in(visit: Visit, *, actor: User, now: datetime) -> None:
    """Hand the visit over; from now on the venue can reply.

    Raises: NotFound, StateConflict; BadInput without a day, or without anything found.
    """
    locked = _draft(visit, actor)
    if locked.visited_on is None:
        raise BadInput(_("Say which day you were there."), field="visited_on")
    if not locked.words and not locked.answers.exists():
        raise BadInput(_("Answer at least one question, or write what it was like."))
    today = london(now).date()
    days = reply_days(locked.round.council_id, on=today)
    locked.state, locked.sent_at = VisitState.SENT, now
    locked.reply_by = today + timedelta(days=days)
    locked.save(update_fields=["state", "sent_at", "reply_by"])
    address = reverse("venue_check", args=[locked.venue.slug, locked.pk])
    context: dict[str, object] = {
        "venue": locked.venue.name,
        "visited_on": words.long_day(locked.visited_on),
        "reply_by": words.long_day(locked.reply_by),
        "reply_url": links.absolute(address),
    }
    tell_all(to_venue("check_to_reply", locked.venue, context), now=now)
    said = _("An access check of %(venue)s was sent in")
    record_visit("check-sent", locked, said, actor=actor, now=now)


def _own(visit: Visit, actor: User) -> Visit:
    found = CheckPolicy(actor).own_visits().filter(pk=visit.pk, checker=actor)
    if not found.exists():
        raise NotFound
    return lock_visit(visit)


def _draft(visit: Visit, actor: User) -> Visit:
    locked = _own(visit, actor)
    if not locked.is_draft:
        raise StateConflict(_("This visit has been sent in, so it can no longer be changed."))
    return locked


def _tidied(step: Step, code: str, given: Given) -> Given:
    fact = next(one for one in step.facts if one.code == code)
    for name in ("measure", "measure_2"):
        measure = getattr(given, name)
        if measure is not None and not 0 <= measure < _MOST:
            raise BadInput(_("Enter a number from 0 to 99,999."), field=f"{code}_{name}")
    try:
        return tidied(fact, given)
    except BadInput as error:
        part = str(error.details.get("field", "value"))
        field = code if part == "value" else f"{code}_{part}"
        raise BadInput(error.message, field=field) from error


def _answer(visit: Visit, step: Step, code: str, one: Given) -> Answer:
    return Answer(
        visit=visit,
        space=step.space,
        node=step.node,
        code=code,
        value=one.value,
        choice=one.choice,
        measure=one.measure,
        measure_2=one.measure_2,
        note=one.note,
    )


def _require_agreement(rows: list[Answer]) -> None:
    """Two answers about one place that cannot both be right are asked about on the spot."""
    values = {row.code: row.value for row in rows}
    for code, other, value in CONTRADICTIONS:
        is_venue = not rows or not (rows[0].space_id or rows[0].node_id)
        # A venue may well have a level door and another with steps.
        if code == "entrance_step_free" and is_venue:
            continue
        if values.get(code) == Answer.Value.YES and values.get(other) == value:
            message = _("This and another answer on the page cannot both be right. Mend one.")
            raise BadInput(message, field=code)
