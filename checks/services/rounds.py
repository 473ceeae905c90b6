"""Rounds of visits, and how long venues have to reply."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.audit import record
from accounts.models import Council, User
from checks.models import CheckRound, ReplyPeriod
from checks.policies import CheckPolicy
from core.clock import london
from core.errors import BadInput, NotAllowed, StateConflict

DAYS_TO_REPLY = 14


@transaction.atomic
def make_round(
    council: Council, *, name: str, words: str, visit_by: date, actor: User, now: datetime
) -> CheckRound:
    """Begin a round. Raises: NotAllowed; BadInput for a name that is taken or a day gone by."""
    require_officer(actor, council)
    name = name.strip()
    if visit_by < london(now).date():
        raise BadInput(_("Choose a day that has not passed."), field="visit_by")
    if CheckRound.objects.filter(council=council, name=name).exists():
        raise BadInput(_("There is a round of that name. Choose another."), field="name")
    made = CheckRound.objects.create(
        council=council,
        name=name,
        words=words.strip(),
        visit_by=visit_by,
        made_by=actor,
        created_at=now,
    )
    said = _("A round of access checks was made: %(name)s") % {"name": name}
    record("check-round-made", made, said, actor=actor, now=now)
    return made


@transaction.atomic
def close_round(check_round: CheckRound, *, actor: User, now: datetime) -> None:
    """Invite nobody more; visits under way go on. Raises: NotAllowed, StateConflict."""
    require_officer(actor, check_round.council)
    locked = CheckRound.objects.select_for_update(of=("self",)).get(pk=check_round.pk)
    if locked.closed_at:
        raise StateConflict
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    said = _("A round of access checks was closed: %(name)s") % {"name": locked.name}
    record("check-round-closed", locked, said, actor=actor, now=now)


@transaction.atomic
def set_reply_days(
    council: Council, *, days: int, starts_on: date, actor: User, now: datetime
) -> ReplyPeriod:
    """How long venues have to reply to visits sent in from a day on.

    Visits that were sent in keep the day they were given. Raises: NotAllowed, BadInput.
    """
    require_officer(actor, council)
    if not 1 <= days <= 90:
        raise BadInput(_("Enter a number of days from 1 to 90."), field="days")
    if starts_on < london(now).date():
        raise BadInput(_("Choose today or a day to come."), field="starts_on")
    period, _is_new = ReplyPeriod.objects.update_or_create(
        council=council, starts_on=starts_on, defaults={"days": days}
    )
    said = ngettext(
        "Venues have %(days)s day to reply to an access check",
        "Venues have %(days)s days to reply to an access check",
        days,
    )
    record("check-reply-days", period, said % {"days": days}, actor=actor, now=now)
    return period


def reply_days(council_id: int, *, on: date) -> int:
    """How many days a venue has to reply to a visit that is sent in on that day."""
    periods = ReplyPeriod.objects.filter(council=council_id, starts_on__lte=on)
    found = periods.order_by("-starts_on").values_list("days", flat=True).first()
    return DAYS_TO_REPLY if found is None else found


def require_officer(actor: User, council: Council) -> None:
    """Raises: NotAllowed."""
    if not CheckPolicy(actor).is_officer_of(council.pk):
        raise NotAllowed
