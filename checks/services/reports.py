"""“This has changed”: anybody may say so; those who run the venue decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from checks.answers import Given, tidied
from checks.models import ChangeReport
from checks.policies import CheckPolicy
from core.clock import london
from core.errors import BadInput, NotAllowed, NotFound, StateConflict
from notices import links
from notices.services import Owed, tell_all
from spaces.access_facts import FACTS, Fact
from spaces.models import AccessFact, AccessNode, Space, Venue
from spaces.recipients import to_venue
from spaces.services.access import FactPlace, Said, record_facts

# More than a venue can read: somebody is playing with the form.
MOST_WAITING = 60


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody says. Without `fact` it is about something else, in words alone."""

    words: str
    fact: Fact | None = None
    given: Given = field(default_factory=Given)
    space: Space | None = None
    node: AccessNode | None = None
    email: str = ""


@transaction.atomic
def report_change(venue: Venue, said: Reported, *, now: datetime) -> ChangeReport:
    """Keep it until the venue decides, and tell the venue once that something waits.

    Raises: NotFound for a venue that is not public; BadInput; StateConflict where too many wait.
    """
    if venue.visibility != Venue.Visibility.PUBLIC:
        raise NotFound
    waiting = ChangeReport.objects.filter(venue=venue, state=ChangeReport.State.WAITING).count()
    if waiting >= MOST_WAITING:
        raise StateConflict(_("The venue has many messages to read. Try again another day."))
    given = said.given
    if said.fact is not None and not given.is_empty:
        given = tidied(said.fact, given)
    if not said.words.strip() and given.value not in {"yes", "no"}:
        raise BadInput(_("Say what is true now."), field="words")
    made = ChangeReport.objects.create(
        venue=venue,
        space=said.space if said.fact else None,
        node=said.node if said.fact else None,
        code=said.fact.code if said.fact else "",
        value=given.value,
        choice=given.choice,
        measure=given.measure,
        measure_2=given.measure_2,
        words=said.words.strip(),
        email=said.email,
        language=translation.get_language() or "en-gb",
        reported_at=now,
    )
    if not waiting:
        address = links.absolute(reverse("venue_reports", args=[venue.slug]))
        context: dict[str, object] = {"venue": venue.name, "reports_url": address}
        tell_all(to_venue("change_reported", venue, context), now=now)
    said_so = _("Somebody said that something has changed at %(venue)s")
    _record("change-reported", made, said_so, actor=None, now=now)
    return made


@transaction.atomic
def accept_report(
    report: ChangeReport, given: Given | None, *, reason: str = "", actor: User, now: datetime
) -> None:
    """It is so: what is `given` becomes a fact said by a visitor. None is seen to otherwise.

    Raises: NotAllowed, StateConflict, BadInput.
    """
    locked = _waiting(report, actor)
    fact = FACTS.get(locked.code)
    if fact is not None and given is not None:
        told = tidied(fact, given)
        if told.value not in {"yes", "no"}:
            raise BadInput(_("Choose what is true now."), field="value")
        place = FactPlace(locked.venue, space=locked.space, node=locked.node)
        fact_said = Said(
            code=fact.code,
            value=told.value,
            checked_on=london(locked.reported_at).date(),
            choice=told.choice,
            measure=told.measure,
            measure_2=told.measure_2,
            note=told.note,
        )
        record_facts(place, [fact_said], source=AccessFact.Source.VISITOR, actor=None, now=now)
    _decide(locked, ChangeReport.State.ACCEPTED, reason=reason, now=now)
    said = _("What a visitor said of %(venue)s was accepted")
    _record("change-accepted", locked, said, actor=actor, now=now)


@transaction.atomic
def set_report_aside(report: ChangeReport, *, reason: str, actor: User, now: datetime) -> None:
    """It is not so, or says nothing.

    Raises: NotAllowed, BadInput without a reason, StateConflict.
    """
    locked = _waiting(report, actor)
    if not reason.strip():
        raise BadInput(_("Say why. We tell the person who wrote."), field="reason")
    _decide(locked, ChangeReport.State.SET_ASIDE, reason=reason, now=now)
    said = _("What a visitor said of %(venue)s was set aside")
    _record("change-set-aside", locked, said, actor=actor, now=now)


def _waiting(report: ChangeReport, actor: User) -> ChangeReport:
    if not CheckPolicy(actor).reports().filter(pk=report.pk).exists():
        raise NotAllowed
    rows = ChangeReport.objects.select_related("venue__council", "venue__operator")
    locked = rows.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.state != ChangeReport.State.WAITING:
        raise StateConflict
    return locked


def _decide(report: ChangeReport, state: ChangeReport.State, *, reason: str, now: datetime) -> None:
    """Tell the person who left an address, and forget the address."""
    email, report.email = report.email, ""
    report.state, report.reason, report.decided_at = state, reason.strip(), now
    report.save(update_fields=["state", "reason", "decided_at", "email"])
    if email:
        context = {
            "venue": report.venue.name,
            "outcome": str(state),
            "reason": report.reason,
            "venue_url": links.absolute(reverse("venue", args=[report.venue.slug])),
        }
        owed = Owed(
            event="change_decided", to_email=email, language=report.language, context=context
        )
        tell_all([owed], now=now)


def _record(
    verb: str, report: ChangeReport, sentence: str, *, actor: User | None, now: datetime
) -> None:
    venue = report.venue
    said = sentence % {"venue": venue.name}
    record(verb, report, said, actor=actor, now=now, council=venue.council, operator=venue.operator)
