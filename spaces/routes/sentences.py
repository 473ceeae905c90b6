"""The answer to "without steps from the street to this room to a toilet?" as one sentence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spaces.access_facts import State
from spaces.routes.answers import RouteAnswer, why_of
from spaces.routes.graph import STREET, Way
from spaces.routes.words import why


def route_sentence(answer: RouteAnswer) -> dict[str, Any]:
    """`state`, `words`: the whole answer; `stops`: the way there, place by place, for a drawing."""
    return {
        "state": str(answer.state),
        "words": " ".join([*_lead(answer), *_weakest(answer), *_others(answer)]),
        "stops": _stops(answer),
    }


def _lead(answer: RouteAnswer) -> list[str]:
    room, toilet = answer.to_room.state, answer.to_toilet.state
    if room is State.YES and toilet is State.YES:
        return [_("Step-free from the street to the room and on to an accessible toilet.")]
    if room is State.YES and toilet is State.NO:
        return [_("Step-free to the room, but not on to an accessible toilet.")]
    if room is State.YES:
        return [_("Step-free to the room. Not known: on to an accessible toilet.")]
    if room is State.NO:
        return [_("Not step-free from the street to the room.")]
    return [_("It is not known if the way to the room is free of steps.")]


def _weakest(answer: RouteAnswer) -> list[str]:
    """What stands in the way, the room before the toilet."""
    found = []
    for way in (answer.to_room, answer.to_toilet):
        if way.state is not State.YES and way.weakest:
            found.append(why(why_of(way.weakest[0])))
        if way is answer.to_room and way.state is not State.YES:
            break
    return [words for words in found if words]


def _others(answer: RouteAnswer) -> list[str]:
    ways = answer.to_room.ways
    if ways < 2:
        return []
    line = ngettext("There is %(n)d step-free way.", "There are %(n)d step-free ways.", ways)
    return [line % {"n": ways}]


def _stops(answer: RouteAnswer) -> list[dict[str, str]]:
    """Street, side door, hallway, hall, toilet: each with whether the way up to it is good."""
    if not answer.is_drawn:
        return []
    found = _along(answer.to_room, answer, is_first=True)
    if answer.to_room.keys and answer.to_toilet.keys:
        seen = {stop["words"] for stop in found}
        back = _along(answer.to_toilet, answer, is_first=False)
        found += [stop for stop in back if stop["words"] not in seen]
    return found


def _along(way: Way, answer: RouteAnswer, *, is_first: bool) -> list[dict[str, str]]:
    said = {"yes": _("yes"), "no": _("no"), "unknown": _("not checked yet")}
    bad = {weak.name: weak.state for weak in way.weakest}
    stops = []
    for key in way.keys if is_first else way.keys[1:]:
        name = _("Street") if key == STREET else answer.names.get(key, "")
        state = str(bad.get(answer.names.get(key, ""), State.YES))
        stops.append({"words": name, "state": state, "said": said[state]})
    return stops
