"""A booking that needs quiet and a loud one next door refuse each other, whichever came first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts, NextDoor
from core.intervals import Span
from spaces.models.timetable import Loudness

# The loudest that those who need quiet next door can live with.
LOUDEST_BESIDE_QUIET = Loudness.TALK


def breaches(facts: Facts, span: Span) -> list[Breach]:
    near = [other for other in facts.next_door if other.span.overlaps(span)]
    found = []
    if facts.request.loudness > LOUDEST_BESIDE_QUIET and any(o.needs_quiet for o in near):
        found.append(_quiet_was_first(near, span))
    if facts.request.needs_quiet and any(o.loudness > LOUDEST_BESIDE_QUIET for o in near):
        found.append(_loud_was_first(near, span))
    return found


def _quiet_was_first(near: list[NextDoor], span: Span) -> Breach:
    place = next(other.place for other in near if other.needs_quiet)
    message = _(
        "Somebody who needs quiet is next door in %(place)s then. "
        "Choose another time, or something less loud."
    ) % {"place": place}
    return Breach("quiet_next_door", message, span.start)


def _loud_was_first(near: list[NextDoor], span: Span) -> Breach:
    place = next(other.place for other in near if other.loudness > LOUDEST_BESIDE_QUIET)
    message = _("Something loud is next door in %(place)s then. Choose another time.") % {
        "place": place
    }
    return Breach("loud_next_door", message, span.start)
