"""Standing as a kind of hirer: claimed with evidence, decided by the council, kept for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import AlreadyClaimed, AlreadyDecided
from accounts.models import Concession, Organisation, User
from accounts.policies import OrganisationPolicy
from accounts.services.organisations import category_without_evidence
from core import clock
from core.errors import NotAllowed

_State = Concession.State


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionClaim:
    category: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionDecision:
    """`valid_to` is the last day on which an acceptance counts; None means until withdrawn."""

    state: str
    valid_to: date | None = None


@transaction.atomic
def claim_concession(
    organisation: Organisation, claim: ConcessionClaim, *, actor: User, now: datetime
) -> Concession:
    """Ask to count as a category. Until somebody has checked the evidence nothing changes.

    Raises: NotAllowed, AlreadyClaimed.
    """
    if not OrganisationPolicy(actor).can_manage(organisation):
        raise NotAllowed
    try:
        with transaction.atomic():
            concession = Concession.objects.create(
                organisation=organisation, category=claim.category, evidence=claim.evidence
            )
    except IntegrityError as error:
        raise AlreadyClaimed from error
    words = _("%(name)s asks to count as: %(category)s") % {
        "name": organisation.name,
        "category": concession.get_category_display(),
    }
    audit.record("concession_claimed", organisation, words, actor=actor, now=now)
    return concession


@transaction.atomic
def decide_concession(
    concession: Concession, decision: ConcessionDecision, *, actor: User, now: datetime
) -> None:
    """Accept, which sets the organisation's category for rates, or refuse.

    Raises: NotAllowed, AlreadyDecided; ValueError for a decision that is neither.
    """
    if decision.state not in {_State.ACCEPTED, _State.REFUSED}:
        message = "a decision accepts or refuses"
        raise ValueError(message)
    locked = Concession.objects.select_for_update().get(pk=concession.pk)
    organisation = Organisation.objects.select_for_update().get(pk=locked.organisation_id)
    if not OrganisationPolicy(actor).can_decide_concession(organisation):
        raise NotAllowed
    if locked.state != _State.CLAIMED:
        raise AlreadyDecided
    locked.state = decision.state
    locked.decided_by = actor
    locked.decided_at = now
    locked.valid_to = decision.valid_to
    locked.save(update_fields=["state", "decided_by", "decided_at", "valid_to"])
    if decision.state == _State.ACCEPTED:
        organisation.category = locked.category
        organisation.save(update_fields=["category"])
    words = _("%(name)s as %(category)s: %(state)s") % {
        "name": organisation.name,
        "category": locked.get_category_display(),
        "state": locked.get_state_display(),
    }
    audit.record("concession_decided", organisation, words, actor=actor, now=now)
    concession.refresh_from_db()


@transaction.atomic
def expire_concessions(*, now: datetime) -> int:
    """End what ran out before today; those organisations are priced by their kind again."""
    today = clock.london(now).date()
    rows = Concession.objects.select_for_update(of=("self",)).select_related("organisation")
    over = list(rows.filter(state=_State.ACCEPTED, valid_to__lt=today))
    for concession in over:
        concession.state = _State.EXPIRED
        concession.save(update_fields=["state"])
        organisation = concession.organisation
        if organisation.category == concession.category:
            organisation.category = category_without_evidence(organisation.kind)
            organisation.save(update_fields=["category"])
        words = _("%(name)s no longer counts as: %(category)s") % {
            "name": organisation.name,
            "category": concession.get_category_display(),
        }
        audit.record("concession_expired", organisation, words, actor=None, now=now)
    return len(over)
