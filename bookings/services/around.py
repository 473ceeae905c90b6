"""Who else is in the building: next door, and in all where people are counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from bookings.models import Use
from bookings.rules.facts import NextDoor, Presence
from bookings.transitions import LIVE
from core.intervals import Span
from spaces.models import Venue

_Around = tuple[list[NextDoor], list[Presence]]


def who_is_around(
    venue: Venue,
    building: Collection[int],
    hearing: Sequence[set[int]],
    window: Span,
    *,
    now: datetime,
) -> list[_Around]:
    """For each set of spaces that hear a wish, who is next door; and who is in the building.

    People are counted only where the venue has a fire limit.
    """
    counts_people = venue.fire_limit is not None
    where = set(building) if counts_people else set().union(*hearing)
    rows = _uses_in(where, window, now=now) if where else []
    there = {row[4]: Presence(Span(row[5], row[6]), row[7]) for row in rows if counts_people}
    return [
        (
            [
                NextDoor(Span(row[2], row[3]), row[8], row[9], row[1])
                for row in rows
                if row[0] in near
            ],
            list(there.values()),
        )
        for near in hearing
    ]


def _uses_in(space_ids: Collection[int], window: Span, *, now: datetime) -> list[tuple[Any, ...]]:
    return list(
        Use.objects.filter(
            Q(occurrence__hold_until__isnull=True) | Q(occurrence__hold_until__gt=now),
            space_id__in=space_ids,
            occurrence__state__in=LIVE,
            starts_at__lt=window.end,
            ends_at__gt=window.start,
        )
        .order_by("starts_at", "id")
        .values_list(
            "space_id",
            "space__name",
            "starts_at",
            "ends_at",
            "occurrence_id",
            "occurrence__starts_at",
            "occurrence__ends_at",
            "occurrence__booking__people",
            "occurrence__booking__loudness",
            "occurrence__booking__needs_quiet",
        )
    )
