"""What the hirers of the demo answered to what their venue asks for its price."""

from __future__ import annotations

import random
from typing import Any

from demo.content.schemes import SCHEMES
from demo.plan.shape import PlannedBooking

# Words of a title that mean a meal, music, or a celebration.
_FOOD = ("lunch", "tea", "supper", "breakfast", "café", "coffee", "cook", "party", "wedding")
_MUSIC = ("concert", "choir", "band", "gig", "music", "disco", "dance", "opera", "ceilidh")
_PARTY = ("party", "birthday", "wedding", "christening", "anniversary")


def answers_of(booking: PlannedBooking) -> dict[str, Any]:
    """By fact, as the booking form keeps them; none where the venue asks nothing."""
    asked = SCHEMES[booking.spaces[0].venue.spec.scheme].asked
    title = booking.title.lower()
    found: dict[str, Any] = {}
    if asked.cleaning:
        found["tag.food"] = _speaks_of(title, _FOOD)
    if asked.licence:
        found["tag.music"] = _speaks_of(title, _MUSIC)
        found["tag.tickets"] = found["tag.music"] and booking.visibility == "open"
    if booking.hirer.org is None:
        if asked.residents:
            # Three in five come from the village, the same each time.
            found["hirer.resident"] = random.Random(booking.hirer.key).random() < 0.6
        if asked.party:
            found["event.purpose"] = "party" if _speaks_of(title, _PARTY) else "other"
    return found


def _speaks_of(title: str, words: tuple[str, ...]) -> bool:
    return any(word in title for word in words)
