"""Never more people in the building at once than its fire limit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from core.intervals import Span


def breaches(facts: Facts, span: Span) -> list[Breach]:
    limit = facts.venue.fire_limit
    if limit is None:
        return []
    there = [presence for presence in facts.in_building if presence.span.overlaps(span)]
    moments = [span.start, *(p.span.start for p in there if p.span.start > span.start)]
    most = max(
        sum(p.people for p in there if p.span.start <= moment < p.span.end) for moment in moments
    )
    if most + facts.request.people <= limit:
        return []
    message = _(
        "The building may hold %(limit)d people at once, and %(there)d are expected then. "
        "There is room for %(room)d."
    ) % {"limit": limit, "there": most, "room": max(0, limit - most)}
    return [Breach("building_full", message, span.start)]
