"""What is due, what was found, and what waits for somebody. A constant number of queries each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checks.answers import in_words
from checks.models import UNDER_WAY, Answer, Visit, VisitPhoto, VisitState
from checks.policies import CheckPolicy
from spaces.access_facts import FACTS, said_by
from spaces.models import AccessFact, Venue

_STALE_YEARS = 2
_SAYS = (AccessFact.Value.YES, AccessFact.Value.NO)


class Due(TextChoices):
    NEVER = "never", gettext_lazy("Never checked")
    OLD = "old", gettext_lazy("Checked more than 24 months ago")
    INVITED = "invited", gettext_lazy("A checker is invited")
    ACCEPTED = "accepted", gettext_lazy("A checker will visit")
    SENT = "sent", gettext_lazy("Waiting for the venue’s reply")
    FRESH = "fresh", gettext_lazy("Checked within 24 months")


def due_venues(policy: CheckPolicy, *, today: date) -> QuerySet[Any]:
    """Venues with `due` (one of `Due`) and `last_checked_on`; what waits longest is first."""
    visits = Visit.objects.filter(venue=OuterRef("pk"))
    published = visits.filter(state=VisitState.PUBLISHED).order_by().values("venue")
    facts = AccessFact.objects.filter(
        venue=OuterRef("pk"), source=AccessFact.Source.CHECK, superseded_by=None
    ).order_by().values("venue")  # fmt: skip
    # "sent" is further than "invited", and "accepted" comes before both in the alphabet.
    under_way = visits.filter(state__in=UNDER_WAY).annotate(
        how_far=Case(
            When(state=VisitState.SENT, then=3),
            When(state=VisitState.ACCEPTED, then=2),
            default=1,
        )
    )
    rows = policy.checkable().annotate(
        last_checked_on=Greatest(
            Subquery(published.annotate(last=Max("visited_on")).values("last")),
            Subquery(facts.annotate(last=Max("checked_on")).values("last")),
        ),
        way=Subquery(under_way.order_by("-how_far").values("state")[:1]),
    )
    due = Case(
        When(way__isnull=False, then=F("way")),
        When(last_checked_on__isnull=True, then=Value(Due.NEVER.value)),
        When(last_checked_on__lt=two_years_before(today), then=Value(Due.OLD.value)),
        default=Value(Due.FRESH.value),
        output_field=CharField(),
    )
    return rows.annotate(due=due).order_by(F("last_checked_on").asc(nulls_first=True), "name", "pk")


def two_years_before(today: date) -> date:
    """The day 24 months ago; what was checked before it may have changed."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - _STALE_YEARS, day=day)


def due_counts(policy: CheckPolicy, *, today: date) -> dict[str, int]:
    """How many venues are in each state."""
    rows = due_venues(policy, today=today).order_by()
    return dict(rows.values_list("due").annotate(count=Count("pk")).values_list("due", "count"))


def with_counts(visits: QuerySet[Visit]) -> QuerySet[Any]:
    """With `answer_count`."""
    return visits.annotate(answer_count=Count("answers"))


@dataclass(slots=True)
class Found:
    """What was found at one place."""

    place: str
    rows: list[dict[str, Any]] = field(default_factory=list)


def found(visits: list[Visit]) -> dict[int, list[Found]]:
    """For each visit, what was found by place, and where others said the opposite. Two queries."""
    rows = Answer.objects.filter(visit__in=visits).select_related("space", "node")
    order = {code: number for number, code in enumerate(FACTS)}
    others = _others({visit.venue_id for visit in visits})
    venues = {visit.pk: visit.venue_id for visit in visits}
    places: dict[int, dict[tuple[Any, Any], Found]] = defaultdict(dict)
    for row in sorted(
        rows, key=lambda row: (row.node_id or 0, row.space_id or 0, order.get(row.code, 0))
    ):
        if row.code not in FACTS:
            continue
        place = str(row.space or row.node or _("The whole venue"))
        group = places[row.visit_id].setdefault((row.node_id, row.space_id), Found(place))
        known = others[(venues[row.visit_id], row.code, row.space_id, row.node_id)]
        group.rows.append(_found_row(row, known))
    return {visit.pk: list(places[visit.pk].values()) for visit in visits}


def _found_row(row: Answer, known: list[AccessFact]) -> dict[str, Any]:
    fact = FACTS[row.code]
    opposite = [one for one in known if {one.value, row.value} == set(_SAYS)]
    return {
        "answer": row.value,
        "words": in_words(fact, row),
        "note": row.note,
        "differs": [
            _("Reports differ. %(source)s: %(words)s")
            % {"source": one.get_source_display(), "words": said_by(fact, one)}
            for one in opposite
        ],
    }


def _others(venue_ids: set[int]) -> dict[tuple[Any, ...], list[AccessFact]]:
    """What all but access checks say now, by venue, fact and place."""
    told: dict[tuple[Any, ...], list[AccessFact]] = defaultdict(list)
    rows = AccessFact.objects.filter(
        venue__in=venue_ids, superseded_by=None, link=None, value__in=_SAYS
    ).exclude(source=AccessFact.Source.CHECK)
    for row in rows:
        told[(row.venue_id, row.code, row.space_id, row.node_id)].append(row)
    return told


def photos_of(visits: list[Visit]) -> dict[int, list[VisitPhoto]]:
    """The photos of each visit. One query."""
    told: dict[int, list[VisitPhoto]] = defaultdict(list)
    for photo in VisitPhoto.objects.filter(visit__in=visits):
        told[photo.visit_id].append(photo)
    return told


def said_now(venue: Venue) -> dict[tuple[str, int | None, int | None], str]:
    """What is said of each fact of each place now; what differs stands side by side."""
    told: dict[tuple[str, int | None, int | None], list[str]] = defaultdict(list)
    rows = AccessFact.objects.filter(venue=venue, superseded_by=None, link=None, value__in=_SAYS)
    for row in rows.order_by("pk"):
        if row.code in FACTS:
            told[(row.code, row.space_id, row.node_id)].append(said_by(FACTS[row.code], row))
    return {key: " ".join(dict.fromkeys(words)) for key, words in told.items()}
