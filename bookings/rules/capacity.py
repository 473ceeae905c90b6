"""No more people than the chosen rooms take. A room whose capacity nobody gave sets no limit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from spaces.models import Space

# Rooms that serve others: nobody holds their meeting there, so they add no places.
_SERVING = {Space.Kind.KITCHEN, Space.Kind.FOYER}


def breaches(facts: Facts) -> list[Breach]:
    rooms = [space for space in facts.spaces if space.kind not in _SERVING] or list(facts.spaces)
    if any(space.capacity is None for space in rooms):
        return []
    places = sum(space.capacity or 0 for space in rooms)
    if facts.request.people <= places:
        return []
    message = _(
        "%(people)d people are too many: %(spaces)s takes up to %(places)d. "
        "Choose a larger space or add one."
    ) % {
        "people": facts.request.people,
        "spaces": ", ".join(space.name for space in rooms),
        "places": places,
    }
    return [Breach("too_many_people", message)]
