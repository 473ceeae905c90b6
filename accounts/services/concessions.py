"""Standing as a kind of hirer: claimed with evidence, decided by the council, kept for a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import audit, standing
from accounts.errors import AlreadyClaimed, AlreadyDecided
from accounts.models import PERSONAL_STATUSES, Concession, Council, Organisation, User
from accounts.policies import ConcessionPolicy, OrganisationPolicy
from accounts.services.organisations import category_without_evidence
from core import clock
from core.errors import BadInput, NotAllowed

_State = Concession.State
Listener = Callable[[Concession, str, datetime], None]
# What listeners are told besides the states: that it ends soon.
ENDS_SOON = "ends_soon"
_listeners: list[Listener] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionClaim:
    """Either a category or a status; `evidence` is how that can be checked."""

    evidence: str
    category: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcessionDecision:
    """`valid_to` is the last day on which an acceptance counts; None means until withdrawn.

    `reason` is for a refusal, and the hirer reads it.
    """

    state: str
    valid_to: date | None = None
    reason: str = ""


def on_decided(listener: Listener) -> None:
    """Have `listener` told of decisions, ends and reminders, in the same transaction.

    Called once from an app's `ready()`: apps above know how people are told.
    """
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def claim_concession(
    organisation: Organisation, claim: ConcessionClaim, *, actor: User, now: datetime
) -> Concession:
    """Ask to count as a category or to have a status; also to renew it before it ends.

    Raises: NotAllowed, AlreadyClaimed while the same waits for an answer.
    """
    if not OrganisationPolicy(actor).can_manage(organisation):
        raise NotAllowed
    concession = _ask(Concession(organisation=organisation), claim)
    words = _("%(name)s asks to count as: %(what)s") % {
        "name": organisation.name,
        "what": concession.what,
    }
    audit.record("concession_claimed", organisation, words, actor=actor, now=now)
    return concession


@transaction.atomic
def claim_for_oneself(
    council: Council, claim: ConcessionClaim, *, actor: User, now: datetime
) -> Concession:
    """A private person asks a council for a status.

    Raises: BadInput for what only groups can be, AlreadyClaimed while the same waits.
    """
    if claim.category or claim.status not in PERSONAL_STATUSES:
        raise BadInput(_("Choose what you ask for from the list."), field="what")
    concession = _ask(Concession(person=actor, council=council), claim)
    words = _("A private person asks for help with the price")
    audit.record("concession_claimed", concession, words, actor=actor, now=now)
    return concession


def _ask(concession: Concession, claim: ConcessionClaim) -> Concession:
    concession.category, concession.status = claim.category, claim.status
    concession.evidence = claim.evidence
    try:
        with transaction.atomic():
            concession.save()
    except IntegrityError as error:
        raise AlreadyClaimed from error
    return concession


@transaction.atomic
def decide_concession(
    concession: Concession, decision: ConcessionDecision, *, actor: User, now: datetime
) -> None:
    """Accept, which sets a group's category for rates, or refuse with a reason.

    One that was accepted before is replaced from today, so the price has no gap.
    Raises: NotAllowed, AlreadyDecided, BadInput for a last day that is over or a refusal without
    a reason; ValueError for a decision that is neither.
    """
    _check(decision, today=clock.london(now).date())
    locked = Concession.objects.select_for_update().get(pk=concession.pk)
    if locked.organisation_id is not None:
        # So that two decisions about one group cannot both set its category.
        Organisation.objects.select_for_update().get(pk=locked.organisation_id)
    if not ConcessionPolicy(actor).can_decide(locked):
        raise NotAllowed
    if locked.state != _State.CLAIMED:
        raise AlreadyDecided
    accepts = decision.state == _State.ACCEPTED
    if accepts:
        _same(locked).filter(state=_State.ACCEPTED).update(state=_State.RENEWED)
    locked.state = decision.state
    locked.decided_by, locked.decided_at = actor, now
    locked.valid_to = decision.valid_to if accepts else None
    locked.reason = "" if accepts else decision.reason.strip()
    locked.save()
    _set_category(locked, accepts=accepts)
    _record("concession_decided", locked, actor=actor, now=now)
    for listener in _listeners:
        listener(locked, locked.state, now)
    concession.refresh_from_db()


def _check(decision: ConcessionDecision, *, today: date) -> None:
    if decision.state not in {_State.ACCEPTED, _State.REFUSED}:
        message = "a decision accepts or refuses"
        raise ValueError(message)
    if decision.state == _State.REFUSED and not decision.reason.strip():
        raise BadInput(_("Say why, so that they know what to send you."), field="reason")
    if decision.valid_to is not None and decision.valid_to < today:
        raise BadInput(_("Enter a last day that is not over yet."), field="valid_to")


def _same(concession: Concession) -> QuerySet[Concession]:
    """What the same hirer asked for before, of the same kind."""
    return Concession.objects.filter(
        organisation=concession.organisation_id,
        person=concession.person_id,
        council=concession.council_id,
        category=concession.category,
        status=concession.status,
    ).exclude(pk=concession.pk)


def _set_category(concession: Concession, *, accepts: bool) -> None:
    """The group's category follows the evidence; what was accepted before outlives a refusal."""
    organisation = concession.organisation
    if organisation is None or not concession.category:
        return
    if accepts:
        organisation.category = concession.category
    elif organisation.category == concession.category:
        if _same(concession).filter(state=_State.ACCEPTED).exists():
            return
        organisation.category = category_without_evidence(organisation.kind)
    organisation.save(update_fields=["category"])


def _record(verb: str, concession: Concession, *, actor: User | None, now: datetime) -> None:
    """Never what a private person asked for: that they did is enough."""
    subject = concession.organisation or concession
    name = concession.organisation.name if concession.organisation else _("A private person")
    words = _("%(name)s: %(what)s. %(state)s") % {
        "name": name,
        "what": concession.what if concession.organisation else _("help with the price"),
        "state": concession.get_state_display(),
    }
    audit.record(verb, subject, words, actor=actor, now=now)


@transaction.atomic
def expire_concessions(*, now: datetime) -> int:
    """End what ran out before today; those groups are priced by their kind again.

    Where a newer claim waits, the category stays until it is answered.
    """
    today = clock.london(now).date()
    rows = Concession.objects.select_for_update(of=("self",)).select_related("organisation")
    over = list(rows.filter(state=_State.ACCEPTED, valid_to__lt=today).order_by("pk"))
    for concession in over:
        concession.state = _State.EXPIRED
        concession.save(update_fields=["state"])
        if not _same(concession).filter(state=_State.CLAIMED).exists():
            _set_category(concession, accepts=False)
        _record("concession_expired", concession, actor=None, now=now)
        for listener in _listeners:
            listener(concession, _State.EXPIRED, now)
    return len(over)


@transaction.atomic
def remind_of_ends(*, now: datetime) -> int:
    """Tell those whose price ends soon, once, so that they can renew it in time."""
    today = clock.london(now).date()
    rows = Concession.objects.select_for_update(of=("self",)).select_related("organisation")
    soon = rows.filter(
        state=_State.ACCEPTED,
        valid_to__range=(today, today + standing.SOON),
        reminded_at__isnull=True,
    )
    told = 0
    for concession in soon.order_by("pk"):
        concession.reminded_at = now
        concession.save(update_fields=["reminded_at"])
        if _same(concession).filter(state=_State.CLAIMED).exists():
            continue
        told += 1
        for listener in _listeners:
            listener(concession, ENDS_SOON, now)
    return told
