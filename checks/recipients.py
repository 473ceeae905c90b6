"""Who is told about a venue: those who run it, and its own address."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import StaffRole, User
from notices.services import Owed
from spaces.models import Venue


def managers_of(venue: Venue) -> list[User]:
    """Its own managers, or else its operator's."""
    live = User.objects.filter(is_active=True, anonymised_at__isnull=True).order_by("pk")
    manager = StaffRole.MANAGER
    own = live.filter(Q(venue_roles__venue=venue, venue_roles__role=manager)).distinct()
    return list(own) or list(
        live.filter(
            operator_roles__operator=venue.operator_id, operator_roles__role=manager
        ).distinct()
    )


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
