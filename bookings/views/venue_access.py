"""What is known of getting in and about at a venue; what nobody checked says so, never no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import words
from spaces.access_facts import (
    FACTS,
    GROUPS,
    NEEDS,
    Fact,
    FactState,
    State,
    facts_of_spaces,
    facts_of_venues,
    is_stale,
    need_state,
    sentence,
)
from spaces.models import AccessFact, Space, Venue

_Known = Mapping[str, FactState]


def access(venue: Venue, spaces: Sequence[Space], *, today: date) -> dict[str, Any]:
    """The strip, the sentence under it and the facts by group. Three queries."""
    known = facts_of_venues([venue.pk])[venue.pk]
    by_space = facts_of_spaces([space.pk for space in spaces])
    rooms = [space for space in spaces if space.is_bookable]
    return {
        "strip": _strip(known, [by_space[space.pk] for space in rooms]),
        "ways": _ways(rooms, by_space),
        "groups": [_group(heading, facts, known, today=today) for heading, facts in GROUPS],
        "of_spaces": {
            space.pk: _own_facts(space, by_space[space.pk], today=today) for space in spaces
        },
    }


def _strip(known: _Known, rooms: Sequence[_Known]) -> list[dict[str, str]]:
    """The way from the stop to a toilet, step by step; rooms that differ are told one by one."""
    room = "internal_route_step_free"
    states = {facts.get(room, FactState(room)).state for facts in rooms} or {State.UNKNOWN}
    differ = len(states) > 1
    to_room = _("To the rooms") if len(rooms) > 1 else _("To the room")
    stops = [
        (_("From the stop"), _state(known, "stop_route_step_free")),
        (_("Way in"), _state(known, "entrance_step_free")),
        (to_room, State.UNKNOWN if differ else states.pop()),
        (_("Toilet"), _state(known, "accessible_toilet")),
    ]
    said = {State.YES: _("yes"), State.NO: _("no"), State.UNKNOWN: _("not checked yet")}
    return [
        {
            "words": label,
            "state": str(state),
            "said": _("some rooms") if differ and label == to_room else said[state],
        }
        for label, state in stops
    ]


def _state(known: _Known, code: str) -> State:
    return known.get(code, FactState(code)).state


def _ways(rooms: Sequence[Space], by_space: Mapping[int, _Known]) -> list[dict[str, str]]:
    """Which rooms can be reached without steps, which not, and which nobody checked."""
    names: dict[State, list[str]] = {State.YES: [], State.NO: [], State.UNKNOWN: []}
    for space in rooms:
        names[need_state(NEEDS["step_free"], by_space[space.pk]).state].append(space.name)
    said = {
        State.YES: _("Step-free from the street to: %(rooms)s."),
        State.NO: _("There are steps on the way to: %(rooms)s."),
        State.UNKNOWN: _("Not checked yet for: %(rooms)s."),
    }
    return [
        {"state": str(state), "words": said[state] % {"rooms": ", ".join(found)}}
        for state, found in names.items()
        if found
    ]


def _group(heading: Any, facts: Sequence[Fact], known: _Known, *, today: date) -> dict[str, Any]:
    told = [fact for fact in facts if fact.code in known and known[fact.code].rows]
    return {
        "heading": heading,
        "facts": [_row(fact, known[fact.code], today=today) for fact in told],
        "unchecked": [fact.unknown for fact in facts if fact not in told],
    }


def _own_facts(space: Space, known: _Known, *, today: date) -> list[dict[str, Any]]:
    """What is known of this very space, not of its venue."""
    return [
        _row(FACTS[code], state, today=today)
        for code, state in known.items()
        if code in FACTS and any(row.space_id == space.pk for row in state.rows)
    ]


def _row(fact: Fact, known: FactState, *, today: date) -> dict[str, Any]:
    """As components/fact.html takes it; `said` because the words are a whole sentence."""
    newest = max(known.rows, key=lambda row: row.checked_on or date.min)
    return {
        "answer": str(known.state),
        "words": sentence(fact, known),
        "said": True,
        "note": " ".join(note for note in (newest.note, _when(newest, today=today)) if note),
    }


def _when(row: AccessFact, *, today: date) -> str:
    """Who said so and when; what is old may have changed."""
    source = {
        AccessFact.Source.OWNER: _("The venue says so"),
        AccessFact.Source.AUDIT: _("From a council audit"),
        AccessFact.Source.CHECK: _("Checked by visitors"),
        AccessFact.Source.VISITOR: _("A visitor says so"),
        AccessFact.Source.IMPORTED: _("From public records"),
    }[AccessFact.Source(row.source)]
    if row.checked_on is None:
        return _("%(source)s, no date. It may have changed.") % {"source": source}
    told = {"source": source, "day": words.long_day(row.checked_on)}
    if is_stale(row.checked_on, today=today):
        return _("%(source)s, %(day)s. It may have changed.") % told
    return _("%(source)s, %(day)s.") % told
