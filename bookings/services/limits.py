"""Loads what a booking of this kind is held to: buffers by activity, and the venue's licence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bookings.requests import BookingRequest
from bookings.rules.facts import LicenceEnd
from core import sql
from core.intervals import Span
from spaces.models import Activity, PremisesLimit, Space
from spaces.models.timetable import Loudness

_BUFFERS = """
SELECT space_id, setup_minutes, cleardown_minutes FROM spaces_activitybuffer
WHERE space_id = ANY(%(spaces)s::bigint[]) AND activity = %(activity)s::text
"""
_LICENCE = """
SELECT kind, first_on, last_on, until, weekdays FROM spaces_premiseslimit
WHERE venue_id = %(venue)s::bigint AND kind = ANY(%(kinds)s::text[]) ORDER BY first_on, id
"""
_NOTICES = """
SELECT starts_at, ends_at FROM spaces_eventnotice
WHERE venue_id = %(venue)s::bigint
  AND starts_at < %(until)s::timestamptz AND ends_at > %(from)s::timestamptz
"""


def buffers(spaces: Sequence[Space], activity: str) -> dict[int, tuple[int, int]]:
    """Minutes kept free before and after, by space: the longer of the space's and the activity's.

    Nothing is read where the kind of activity was not said.
    """
    found = {space.id: (space.setup_minutes, space.cleardown_minutes) for space in spaces}
    if activity == Activity.OTHER:
        return found
    rows = sql.rows(_BUFFERS, {"spaces": list(found), "activity": activity})
    for space_id, setup, cleardown in rows:
        before, after = found[space_id]
        found[space_id] = (max(before, setup), max(after, cleardown))
    return found


def licensed(request: BookingRequest) -> list[str]:
    """The kinds of limit that bind what is asked for."""
    kinds = []
    if request.loudness == Loudness.AMPLIFIED:
        kinds.append(PremisesLimit.Kind.MUSIC.value)
    if request.sells_alcohol:
        kinds.append(PremisesLimit.Kind.ALCOHOL.value)
    return kinds


def licence(request: BookingRequest) -> list[LicenceEnd]:
    """When what is asked for must end, by the venue's licence; nothing is read where none binds."""
    if not (kinds := licensed(request)):
        return []
    return [
        LicenceEnd(kind, first_on, last_on, until, tuple(weekdays))
        for kind, first_on, last_on, until, weekdays in sql.rows(
            _LICENCE, {"venue": request.venue_id, "kinds": kinds}
        )
    ]


def event_notices(request: BookingRequest, window: Span) -> list[Span]:
    """The temporary events of the venue in `window`, during which licence hours do not bind."""
    if not licensed(request):
        return []
    near: dict[str, Any] = {"venue": request.venue_id, "from": window.start, "until": window.end}
    return [Span(starts_at, ends_at) for starts_at, ends_at in sql.rows(_NOTICES, near)]
