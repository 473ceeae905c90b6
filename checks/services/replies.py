"""The venue's right of reply, and publishing: what was found becomes access facts."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from checks.models import Answer, Visit, VisitState
from checks.policies import CheckPolicy
from checks.services.invitations import lock_visit, record_visit
from checks.services.rounds import require_officer
from core.clock import london
from core.errors import BadInput, NotAllowed, StateConflict
from notices import links
from notices.services import tell
from spaces.access_facts import FACTS
from spaces.models import AccessFact, Venue
from spaces.services.access import FactPlace, Said, record_facts


@transaction.atomic
def say_fine(visit: Visit, *, actor: User, now: datetime) -> None:
    """The venue has nothing to add: publish at once. Raises: NotAllowed, StateConflict."""
    locked = _to_reply(visit, actor)
    locked.replied_at = now
    locked.save(update_fields=["replied_at"])
    said = _("%(venue)s has nothing to add to an access check")
    record_visit("check-fine", locked, said, actor=actor, now=now)
    _publish(locked, actor=actor, now=now)


@transaction.atomic
def reply(visit: Visit, *, words: str, actor: User, now: datetime) -> None:
    """What the venue says, to stand beside what was found; it may be changed until published.

    Raises: NotAllowed, BadInput without words, StateConflict.
    """
    locked = _to_reply(visit, actor)
    if not words.strip():
        raise BadInput(_("Write your reply, or choose “It is fine”."), field="words")
    locked.reply, locked.replied_at = words.strip(), now
    locked.save(update_fields=["reply", "replied_at"])
    said = _("%(venue)s replied to an access check")
    record_visit("check-replied", locked, said, actor=actor, now=now)


@transaction.atomic
def publish(visit: Visit, *, actor: User, now: datetime) -> None:
    """Publish a visit that the venue replied to, or had its time to.

    Raises: NotAllowed; StateConflict while the venue can still reply.
    """
    require_officer(actor, visit.round.council)
    locked = lock_visit(visit)
    if locked.state != VisitState.SENT:
        raise StateConflict
    if locked.replied_at is None and not _is_over(locked, now):
        raise StateConflict(_("The venue still has time to reply."))
    _publish(locked, actor=actor, now=now)


def publish_due(*, now: datetime) -> int:
    """Publish what venues had their time to reply to; returns how many."""
    due = Visit.objects.filter(
        state=VisitState.SENT,
        reply_by__lt=london(now).date(),
        venue__visibility=Venue.Visibility.PUBLIC,
    )
    done = 0
    for visit in due.order_by("pk"):
        with transaction.atomic():
            locked = lock_visit(visit)
            if locked.state == VisitState.SENT:
                _publish(locked, actor=None, now=now)
                done += 1
    return done


def _to_reply(visit: Visit, actor: User) -> Visit:
    locked = lock_visit(visit)
    policy = CheckPolicy(actor)
    if not policy.of_venues.can_manage(locked.venue) or locked.checker_id == actor.pk:
        raise NotAllowed
    if locked.state != VisitState.SENT:
        raise StateConflict(_("This access check is published. Ask the council to look again."))
    return locked


def _is_over(visit: Visit, now: datetime) -> bool:
    return visit.reply_by is not None and visit.reply_by < london(now).date()


def _publish(visit: Visit, *, actor: User | None, now: datetime) -> None:
    if visit.venue.visibility != Venue.Visibility.PUBLIC:
        raise StateConflict(_("This venue is not public any more."))
    visit.state, visit.published_at = VisitState.PUBLISHED, now
    visit.save(update_fields=["state", "published_at"])
    said = _("An access check of %(venue)s was published")
    record_visit("check-published", visit, said, actor=actor, now=now)
    _write_facts(visit, now=now)
    if visit.checker is not None and visit.checker.is_active:
        address = reverse("venue_checks", args=[visit.venue.slug])
        tell(
            "check_published",
            to_email=visit.checker.email,
            to_name=visit.checker.name,
            recipient=visit.checker,
            subject=visit,
            context={"venue": visit.venue.name, "checks_url": links.absolute(address)},
            now=now,
        )


def _write_facts(visit: Visit, *, now: datetime) -> None:
    """Facts of the source “access check”, place by place. A newer check is never undone."""
    newer = set(
        AccessFact.objects.filter(
            venue=visit.venue,
            source=AccessFact.Source.CHECK,
            superseded_by=None,
            checked_on__gt=visit.visited_on,
        ).values_list("code", "space_id", "node_id")
    )
    places: dict[FactPlace, list[Said]] = defaultdict(list)
    rows = visit.answers.exclude(value=Answer.Value.UNKNOWN).select_related("space", "node")
    for row in rows.order_by("pk"):
        if row.code in FACTS and (row.code, row.space_id, row.node_id) not in newer:
            place = FactPlace(visit.venue, space=row.space, node=row.node)
            places[place].append(_said(visit, row))
    for place, said in places.items():
        _keep(place, said, now=now)


def _keep(place: FactPlace, said: list[Said], *, now: datetime) -> None:
    source = AccessFact.Source.CHECK
    try:
        record_facts(place, said, source=source, actor=None, now=now)
    except BadInput:
        # An older check said something that this one leaves open, and the two cannot both be
        # right. What can be kept is kept: a visit is never held up by the one before it.
        for one in said:
            try:
                record_facts(place, [one], source=source, actor=None, now=now)
            except BadInput:
                continue


def _said(visit: Visit, row: Answer) -> Said:
    return Said(
        code=row.code,
        value=row.value,
        checked_on=visit.visited_on,
        choice=row.choice,
        measure=row.measure,
        measure_2=row.measure_2,
        note=row.note,
    )
