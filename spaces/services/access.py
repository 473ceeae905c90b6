"""Saying what is known of getting in: one statement of one source about one place at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from core.clock import london
from core.errors import BadInput, NotAllowed
from spaces.access_facts import FACTS, Fact, Kind, Where
from spaces.models import AccessFact, AccessLink, AccessNode, FactPhoto, Space, Venue
from spaces.policies import May, VenuePolicy
from spaces.services import needs
from spaces.services.permission import require_can_manage
from spaces.services.texts import require_line

_EARLIEST = date(1990, 1, 1)
_MOST = Decimal(100_000)
_LONGEST_NOTE = 300
_OF_NODES = {
    AccessNode.Kind.ENTRANCE: Where.ENTRANCE,
    AccessNode.Kind.LIFT: Where.LIFT,
    AccessNode.Kind.TOILET: Where.TOILET,
}
# A yes to the first cannot stand beside the second at the same place, said by the same source.
CONTRADICTIONS = (
    ("entrance_step_free", "entrance_steps", "yes"),
    ("changing_places", "accessible_toilet", "no"),
    ("toilet_room_size", "accessible_toilet", "no"),
    ("ramp_gradient", "ramp_type", "no"),
    ("lift_car_size", "lift", "no"),
    ("lift_audio_and_tactile", "lift", "no"),
)


@dataclass(frozen=True, slots=True)
class FactPlace:
    """What facts are said of: a room, a place on the ways, a way, or else the whole venue."""

    venue: Venue
    space: Space | None = None
    node: AccessNode | None = None
    link: AccessLink | None = None

    @property
    def where(self) -> Where:
        """Raises: BadInput for a hallway, of which nothing is said."""
        if self.space is not None:
            return Where.SPACE
        if self.link is not None:
            return Where.ROUTE
        if self.node is None:
            return Where.VENUE
        kind = AccessNode.Kind(self.node.kind)
        if kind not in _OF_NODES:
            raise BadInput(_("Say that of the room, or of the way to it."), field="place")
        return _OF_NODES[kind]

    @property
    def name(self) -> str:
        return str(self.space or self.node or self.link or self.venue)

    def facts(self) -> list[Fact]:
        """What can be said of it, in the order in which a visitor meets it."""
        return [
            fact
            for fact in FACTS.values()
            if fact.kind is not Kind.DERIVED
            and not fact.code.startswith("recorded_")
            and self.where in fact.where
        ]

    def key(self) -> dict[str, object]:
        return {"venue": self.venue, "space": self.space, "node": self.node, "link": self.link}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. Measures are in the unit of the fact; of a size, width and length."""

    code: str
    value: str
    checked_on: date | None
    choice: str = ""
    measure: Decimal | None = None
    measure_2: Decimal | None = None
    note: str = ""


@transaction.atomic
def record_facts(
    place: FactPlace,
    said: Sequence[Said],
    *,
    source: str = AccessFact.Source.OWNER,
    actor: User | None,
    now: datetime,
) -> list[str]:
    """Keep what is new; the codes that changed. What was said before is kept behind it.

    Managers speak for the venue; what others found is for the council's officers to enter.
    Raises: NotAllowed, BadInput.
    """
    require_can_manage(actor, [place.venue])
    require_voice(place.venue, source, actor)
    for one in said:
        _check(place, one, today=london(now).date())
    rows = AccessFact.objects.select_for_update(of=("self",)).filter(
        **place.key(), source=source, superseded_by=None
    )
    before = {row.code: row for row in rows}
    _check_together(place, said, before)
    changed = [one for one in said if _is_new(before.get(one.code), one)]
    for one in changed:
        _write(place, before.get(one.code), one, source)
        _audit(place, before.get(one.code), one, actor=actor, now=now)
    if changed:
        needs.refresh([place.venue.pk], now=now)
    return [one.code for one in changed]


@transaction.atomic
def settle(kept: AccessFact, *, actor: User | None, now: datetime) -> None:
    """Where reports differ, say which one is right; the others are set aside behind it.

    Raises: NotAllowed.
    """
    require_can_manage(actor, [kept.venue])
    others = AccessFact.objects.filter(
        venue=kept.venue,
        space=kept.space,
        node=kept.node,
        link=kept.link,
        code=kept.code,
        superseded_by=None,
    ).exclude(pk=kept.pk)
    if not others.update(superseded_by=kept):
        return
    words = _("%(fact)s Settled: %(value)s (%(place)s)") % {
        "fact": FACTS[kept.code].question,
        "value": kept.get_value_display(),
        "place": kept.space or kept.node or kept.link or kept.venue,
    }
    _record("settle-access-fact", kept.venue, words, actor=actor, now=now)
    needs.refresh([kept.venue_id], now=now)


def require_voice(venue: Venue, source: str, actor: User | None) -> None:
    """Whether `actor` may speak for that source. Raises: NotAllowed."""
    if actor is None or source == AccessFact.Source.OWNER:
        return
    if not VenuePolicy(actor).may(May.FIGURES, venue):
        raise NotAllowed(_("Only the council’s officers can say what others found."))


def _check(place: FactPlace, one: Said, *, today: date) -> None:
    fact = FACTS.get(one.code)
    if fact is None or fact.kind is Kind.DERIVED or not fact.belongs_to(place.where):
        raise BadInput(_("That cannot be said of this place."), field=one.code)
    if one.value not in AccessFact.Value.values:
        raise BadInput(_("Choose yes, no or not checked yet."), field=one.code)
    if one.checked_on is not None and not _EARLIEST <= one.checked_on <= today:
        raise BadInput(_("The day of the check cannot be in the future."), field="checked_on")
    require_line(one.note, field=f"{one.code}_note")
    if len(one.note) > _LONGEST_NOTE:
        raise BadInput(_("Use up to 300 letters for the note."), field=f"{one.code}_note")
    _check_kind(fact, one)
    _check_measures(fact, one)


def _check_kind(fact: Fact, one: Said) -> None:
    slugs = one.choice.split()
    known = {slug for slug, _words in fact.choices_for(one.value)}
    if not set(slugs) <= known or (len(slugs) > 1 and fact.kind is not Kind.MULTI):
        raise BadInput(_("Choose a kind that goes with the answer."), field=f"{fact.code}_choice")


def _check_measures(fact: Fact, one: Said) -> None:
    field = f"{fact.code}_measure"
    measures = [each for each in (one.measure, one.measure_2) if each is not None]
    if not measures:
        return
    if not fact.unit:
        raise BadInput(_("Nothing is measured here."), field=field)
    if one.value != AccessFact.Value.YES:
        raise BadInput(_("Give a number only where the answer is yes."), field=field)
    if any(not Decimal(0) < each < _MOST for each in measures):
        raise BadInput(_("Enter a number above 0, or answer no."), field=field)
    is_size = fact.kind is Kind.SIZE
    if len(measures) != (2 if is_size else 1) or one.measure is None:
        words = _("Enter both the width and the length.") if is_size else _("Enter one number.")
        raise BadInput(words, field=field)


def _check_together(place: FactPlace, said: Sequence[Said], before: dict[str, AccessFact]) -> None:
    """What one source says of one place must agree with itself."""
    values = {code: row.value for code, row in before.items()}
    values |= {one.code: one.value for one in said}
    for code, other, value in CONTRADICTIONS:
        # A venue may well have a level door and another with steps.
        if code == "entrance_step_free" and place.where is Where.VENUE:
            continue
        if values.get(code) == AccessFact.Value.YES and values.get(other) == value:
            words = _("These two answers cannot both be right: “%(one)s” and “%(other)s”")
            told = {"one": FACTS[code].question, "other": FACTS[other].question}
            raise BadInput(words % told, field=code)


def _is_new(row: AccessFact | None, one: Said) -> bool:
    if row is None:
        return one.value != AccessFact.Value.UNKNOWN
    names = ("value", "choice", "measure", "measure_2", "note", "checked_on")
    return any(getattr(row, name) != getattr(one, name) for name in names)


def _write(place: FactPlace, old: AccessFact | None, one: Said, source: str) -> None:
    if old is not None:
        # One current row per source: the old one steps aside before the new one comes.
        AccessFact.objects.filter(pk=old.pk).update(superseded_by=old.pk)
    new = AccessFact.objects.create(
        **place.key(),
        code=one.code,
        value=one.value,
        choice=one.choice,
        measure=one.measure,
        measure_2=one.measure_2,
        unit=FACTS[one.code].unit if one.measure is not None else "",
        note=one.note,
        source=source,
        checked_on=one.checked_on,
    )
    if old is not None:
        AccessFact.objects.filter(pk=old.pk).update(superseded_by=new)
        _pass_on_photo(old, new)


def _pass_on_photo(old: AccessFact, new: AccessFact) -> None:
    """It goes on to show the same answer; of another answer it would show what is no more."""
    photo = FactPhoto.objects.filter(fact=old)
    if old.value == new.value and old.choice in {"", new.choice}:
        photo.update(fact=new)
    else:
        photo.delete()


def _audit(
    place: FactPlace, old: AccessFact | None, one: Said, *, actor: User | None, now: datetime
) -> None:
    labels = dict(AccessFact.Value.choices)
    words = _("%(fact)s %(value)s, before: %(old)s (%(place)s)") % {
        "fact": FACTS[one.code].question,
        "value": labels[AccessFact.Value(one.value)],
        "old": labels[AccessFact.Value(old.value if old else AccessFact.Value.UNKNOWN)],
        "place": place.name,
    }
    _record("access-fact", place.venue, words, actor=actor, now=now)


def _record(verb: str, venue: Venue, words: str, *, actor: User | None, now: datetime) -> None:
    record(verb, venue, words, actor=actor, now=now, council=venue.council, operator=venue.operator)
