"""What is known of getting in, kept as services keep it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from core import clock
from spaces.models import AccessFact, AccessLink, AccessNode, Space, Venue
from spaces.services import needs


def say(place: Venue | Space, code: str, value: str, **fields: Any) -> AccessFact:
    """State one fact of a venue, or with `space=` of a room, and work the answers out."""
    venue = place if isinstance(place, Venue) else place.venue
    row = AccessFact.objects.create(venue=venue, code=code, value=value, **fields)
    work_out(venue)
    return row


def work_out(*venues: Venue, now: datetime | None = None) -> None:
    """Keep the answers of these venues as they are now."""
    needs.refresh([venue.pk for venue in venues], now=now or clock.now())


def node(venue: Venue, kind: str, name: str, facts: dict[str, str] | None = None) -> AccessNode:
    """An entrance, lift, hallway or toilet with what is known of it."""
    row = AccessNode.objects.create(venue=venue, kind=kind, name=name)
    for code, value in (facts or {}).items():
        AccessFact.objects.create(venue=venue, node=row, code=code, value=value)
    return row


def room_node(space: Space) -> AccessNode:
    """A room as a place on the ways."""
    return AccessNode.objects.create(
        venue=space.venue, kind=AccessNode.Kind.SPACE, name=space.name, space=space
    )


def link(one: AccessNode, other: AccessNode, step_free: str = "yes", **fields: Any) -> AccessLink:
    """A way between two places."""
    low, high = sorted((one, other), key=lambda row: row.pk)
    row = AccessLink.objects.create(venue=one.venue, low=low, high=high)
    if step_free:
        AccessFact.objects.create(
            venue=one.venue, link=row, code="internal_route_step_free", value=step_free, **fields
        )
    return row


LONG_SINCE = date(2020, 1, 1)
