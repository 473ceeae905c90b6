"""What is known of getting in and about at a venue; what nobody checked says so, never no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings.views import venue_answers
from bookings.views.fact_rows import fact_row, photos_of
from core.clock import london
from spaces import routes
from spaces.access_facts import FACTS, State
from spaces.models import AccessNode, Space, Venue
from spaces.routes import VenueAccess


def access(venue: Venue, spaces: Sequence[Space], *, now: datetime) -> dict[str, Any]:
    """The strip, the sentences under it, the questions, and what is out of order. Eight queries."""
    today = london(now).date()
    known = routes.load([venue.pk], today=today, now=now)[venue.pk]
    rooms = venue_answers.rooms_in_words(known, now=now)
    photos = photos_of(venue)
    return {
        "known": known,
        "strip": _strip(known, rooms),
        "ways": _ways(rooms),
        "rooms": _alike(rooms),
        "doors": venue_answers.doors_in_words(known),
        "faults": venue_answers.fault_lines_of(known, now=now),
        "questions": venue_answers.questions(known, today=today, photos=photos),
        "of_spaces": {
            space.pk: [
                fact_row(FACTS[code], rows, today=today, photos=photos)
                for code, rows in known.rows.get(("space", space.pk), {}).items()
                if code in FACTS and any(row.value != State.UNKNOWN for row in rows)
            ]
            for space in spaces
        },
    }


def _strip(known: VenueAccess, rooms: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """The way from the stop to a toilet, step by step; rooms that differ are told one by one."""
    drawn = next((one["stops"] for one in rooms if one["stops"]), None)
    if drawn:
        halls = {node.name for node in known.nodes if node.kind == AccessNode.Kind.LANDING}
        # Hallways only where something is the matter with the way to them.
        return [one for one in drawn if one["words"] not in halls or one["state"] != "yes"]
    states = {one["inside"] for one in rooms} or {str(State.UNKNOWN)}
    differ = len(states) > 1
    to_room = _("To the rooms") if len(rooms) > 1 else _("To the room")
    stops = [
        (_("From the stop"), _state(known, "stop_route_step_free")),
        (_("Way in"), _state(known, "entrance_step_free")),
        (to_room, str(State.UNKNOWN) if differ else states.pop()),
        (_("Toilet"), _state(known, "accessible_toilet")),
    ]
    said = {"yes": _("yes"), "no": _("no"), "unknown": _("not checked yet")}
    return [
        {
            "words": label,
            "state": state,
            "said": _("some rooms") if differ and label == to_room else said[state],
        }
        for label, state in stops
    ]


def _state(known: VenueAccess, code: str) -> str:
    return str(known.state(("venue", 0), code).state)


def _ways(rooms: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Which rooms can be reached without steps, which not, and which nobody checked."""
    names: dict[str, list[str]] = {"yes": [], "no": [], "unknown": []}
    for one in rooms:
        names[one["to_room"]].append(one["room"])
    said = {
        "yes": _("Step-free from the street to: %(rooms)s."),
        "no": _("No step-free way to: %(rooms)s."),
        "unknown": _("Not checked yet for: %(rooms)s."),
    }
    return [
        {"state": state, "words": said[state] % {"rooms": ", ".join(found)}}
        for state, found in names.items()
        if found
    ]


def _alike(rooms: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rooms of which the same is said share a line."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in rooms:
        key = (one["words"], one["only_while"])
        if key in found:
            found[key]["room"] += f", {one['room']}"
        else:
            found[key] = dict(one)
    return list(found.values())
