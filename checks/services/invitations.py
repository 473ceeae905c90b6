"""Asking somebody to visit a venue, and what they answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from checks.models import UNDER_WAY, CheckRound, Visit, VisitState
from checks.policies import CheckPolicy
from checks.services.rounds import require_officer
from core import words
from core.errors import BadInput, NotAllowed, NotFound, StateConflict
from notices import links
from notices.services import tell
from spaces.models import Venue


@transaction.atomic
def invite_checker(
    check_round: CheckRound, venue: Venue, *, email: str, actor: User, now: datetime
) -> Visit:
    """Ask whoever reads that mailbox to visit a venue.

    Asking again while an invitation or visit is under way changes nothing and sends nothing.
    Raises: NotAllowed; BadInput for a venue that is not checked; StateConflict for a closed round.
    """
    require_officer(actor, check_round.council)
    locked = CheckRound.objects.select_for_update(of=("self",)).get(pk=check_round.pk)
    if locked.closed_at:
        raise StateConflict(_("This round is closed. Make a new one."))
    found = CheckPolicy(actor).checkable().filter(pk=venue.pk, council=locked.council_id)
    if not found.exists():
        raise BadInput(_("Choose a venue from the list."), field="venue")
    same = Visit.objects.filter(
        round=locked, venue=venue, email__iexact=email, state__in=UNDER_WAY
    ).first()
    if same is not None:
        return same
    visit = Visit.objects.create(round=locked, venue=venue, email=email, invited_at=now)
    context = {
        "venue": venue.name,
        "round": locked.name,
        "council": locked.council.name,
        "words": locked.words,
        "visit_by": words.long_day(locked.visit_by),
        "visits_url": links.absolute(reverse("my_visits")),
    }
    tell("check_invited", to_email=email, now=now, subject=visit, context=context)
    said = _("Somebody was asked to check the access of %(venue)s")
    record_visit("check-invited", visit, said, actor=actor, now=now)
    return visit


@transaction.atomic
def accept_invitation(visit: Visit, *, actor: User, now: datetime) -> None:
    """Take the visit up.

    Raises: NotFound where the address is not one the person has confirmed; NotAllowed for
    those who run the venue; StateConflict.
    """
    locked = _own(visit, actor)
    if CheckPolicy(actor).of_venues.can_manage(locked.venue):
        message = _("You run this venue, so somebody else must check it.")
        raise NotAllowed(message)
    _require(locked, VisitState.INVITED)
    locked.state, locked.checker, locked.accepted_at = VisitState.ACCEPTED, actor, now
    locked.save(update_fields=["state", "checker", "accepted_at"])
    said = _("A checker will visit %(venue)s")
    record_visit("check-accepted", locked, said, actor=actor, now=now)


@transaction.atomic
def decline_invitation(visit: Visit, *, actor: User, now: datetime) -> None:
    """Turn an invitation down, or give a visit back that was not sent in.

    Raises: NotFound, StateConflict.
    """
    locked = _own(visit, actor)
    _require(locked, VisitState.INVITED, VisitState.ACCEPTED)
    locked.state, locked.checker, locked.ended_at = VisitState.DECLINED, actor, now
    locked.save(update_fields=["state", "checker", "ended_at"])
    said = _("A checker will not visit %(venue)s")
    record_visit("check-declined", locked, said, actor=actor, now=now)


@transaction.atomic
def withdraw_visit(visit: Visit, *, reason: str, actor: User, now: datetime) -> None:
    """Take an invitation back, or keep a visit from being published.

    Raises: NotAllowed, BadInput without a reason, StateConflict for what is published.
    """
    require_officer(actor, visit.round.council)
    locked = lock_visit(visit)
    _require(locked, *UNDER_WAY)
    if not reason.strip():
        raise BadInput(_("Say why. Those who run access checks can read it."), field="reason")
    locked.state, locked.ended_at, locked.end_reason = VisitState.WITHDRAWN, now, reason.strip()
    locked.save(update_fields=["state", "ended_at", "end_reason"])
    said = _("An access check of %(venue)s was taken back")
    record_visit("check-withdrawn", locked, said, actor=actor, now=now)


def lock_visit(visit: Visit) -> Visit:
    """As it is now, and nobody else changes it until we are done."""
    rows = Visit.objects.select_related("round__council", "venue__operator")
    return rows.select_for_update(of=("self",)).get(pk=visit.pk)


def record_visit(
    verb: str, visit: Visit, sentence: str, *, actor: User | None, now: datetime
) -> None:
    """Write it down for the council that runs the round."""
    said = sentence % {"venue": visit.venue.name}
    record(verb, visit, said, actor=actor, now=now, council=visit.round.council)


def _own(visit: Visit, actor: User) -> Visit:
    if not CheckPolicy(actor).own_visits().filter(pk=visit.pk).exists():
        raise NotFound
    return lock_visit(visit)


def _require(visit: Visit, *states: VisitState) -> None:
    if visit.state not in states:
        raise StateConflict
