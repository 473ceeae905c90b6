"""How people get to a venue: stops with the walk from each, bays, bicycles and lights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.finder import walk_minutes
from spaces.access_facts import FACTS, FactState, State, sentence
from spaces.models import Facility, Stop, Venue
from spaces.stops import nearest_stops

_BAYS = "parking_blue_badge_count"
# Asked of every venue: what the way there is like.
ON_THE_WAY = (Facility.Code.CYCLE_PARKING, Facility.Code.CAR_PARK, Facility.Code.LIT_WAY)


@dataclass(frozen=True, slots=True)
class Near:
    """A stop or station, the way on foot and the way on and off."""

    stop: Stop
    metres: float

    @property
    def walk(self) -> str:
        """3 minutes' walk."""
        minutes = walk_minutes(self.metres)
        return ngettext("%(n)d minute’s walk", "%(n)d minutes’ walk", minutes) % {"n": minutes}

    @property
    def steps(self) -> str:
        """Without steps, has steps, or nobody has checked."""
        return {
            Stop.StepFree.YES: _("no steps at the stop"),
            Stop.StepFree.NO: _("steps at the stop"),
        }.get(Stop.StepFree(self.stop.step_free), _("steps not checked yet"))


def stops_near(venue: Venue) -> list[Near]:
    """The nearest stops and stations, nearest first. One query."""
    if venue.latitude is None or venue.longitude is None:
        return []
    found = nearest_stops(venue.latitude, venue.longitude)
    return [Near(one.stop, one.metres) for one in found]


def on_the_way(
    facilities: Mapping[str, Facility], known: Mapping[str, FactState]
) -> list[dict[str, Any]]:
    """Bicycles, cars, Blue Badge bays and lights: yes, no, or not checked yet. For fact.html."""
    rows = [
        {"answer": answer_of(facilities.get(code.value)), "words": _words(code, facilities)}
        for code in ON_THE_WAY
    ]
    bays = known.get(_BAYS, FactState(_BAYS))
    said = sentence(FACTS[_BAYS], bays) if bays.state != State.UNKNOWN else _("Blue Badge bays")
    return [*rows[:2], {"answer": str(bays.state), "words": said}, *rows[2:]]


def answer_of(row: Facility | None) -> str:
    """A fact without a row is not known."""
    return row.value if row else Facility.Value.UNKNOWN.value


def _words(code: Facility.Code, facilities: Mapping[str, Facility]) -> str:
    row = facilities.get(code.value)
    if row is not None and row.quantity:
        return _("%(what)s: %(n)d") % {"what": code.label, "n": row.quantity}
    return str(code.label)
