"""Who is told about a venue: those who run it, and its own address."""

from __future__ import annotations

from notices.services import Owed
from spaces.models import Venue
from spaces.staff import managers_of


def to_venue(event: str, venue: Venue, context: dict[str, object]) -> list[Owed]:
    """The mail of `event` to each of its managers; to its own address where it has none."""
    people = managers_of(venue)
    if not people and venue.email:
        return [Owed(event=event, to_email=venue.email, subject=venue, context=context)]
    return [
        Owed(
            event=event,
            to_email=person.email,
            to_name=person.name,
            recipient=person,
            subject=venue,
            context=context,
        )
        for person in people
    ]
