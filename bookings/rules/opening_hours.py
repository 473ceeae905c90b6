"""Every moment of a use lies in the space's opening hours, where these are known.

A space that may be occupied through closed hours (an exhibition, a night with Scouts) need only
be open when the use begins and when it ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from core.clock import day_bounds, london
from core.intervals import Span
from core.words import long_day, times
from spaces.models import Space


def breaches(facts: Facts, span: Span) -> list[Breach]:
    found = []
    for space in facts.spaces:
        if not space.hours_known:
            continue
        opening = facts.opening.get(space.id, ())
        if not _is_open(space, opening, span):
            found.append(Breach("closed", _words(space, opening, span), span.start, space.id))
    return found


def _is_open(space: Space, opening: Sequence[Span], span: Span) -> bool:
    if space.open_through_closed_hours:
        starts = any(part.start <= span.start < part.end for part in opening)
        ends = any(part.start < span.end <= part.end for part in opening)
        return starts and ends
    return any(part.covers(span) for part in opening)


def _words(space: Space, opening: Sequence[Span], span: Span) -> str:
    day = Span(*day_bounds(london(span.start).date()))
    hours = [part for whole in opening if (part := whole.clip(day)) is not None]
    if not hours:
        return _("%(space)s is closed on %(day)s.") % {
            "space": space.name,
            "day": long_day(span.start),
        }
    return _("%(space)s is open %(hours)s on %(day)s.") % {
        "space": space.name,
        "hours": _(" and ").join(times(part.start, part.end) for part in hours),
        "day": long_day(span.start),
    }
