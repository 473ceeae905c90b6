"""What fits the kind of a venue: where nobody hires by the hour, no space can be booked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from core.errors import BadInput, StateConflict
from spaces.models import Claim, Space, SpacePart, Venue
from spaces.models.venue import NOT_BY_THE_HOUR


def require_fitting(space: Space) -> None:
    """Raises: BadInput for a space to be booked where nothing is hired by the hour."""
    if space.is_bookable and space.venue.kind in NOT_BY_THE_HOUR:
        raise BadInput(
            _("Places of this kind are not hired by the hour. Say how people ask instead."),
            field="is_bookable",
        )


def keep_spaces_fitting(venue: Venue, *, now: datetime) -> None:
    """A venue that has become of such a kind takes no more bookings.

    Raises: StateConflict while anything is booked there for later.
    """
    if venue.kind not in NOT_BY_THE_HOUR:
        return
    bookable = Space.objects.filter(venue=venue, is_bookable=True)
    atoms = SpacePart.objects.filter(space__in=bookable).values("part_id")
    if Claim.objects.filter(space__in=atoms, active=True, ends_at__gt=now).exists():
        raise StateConflict(
            _("There are bookings to come. Change the kind when they are over or cancelled.")
        )
    bookable.update(is_bookable=False)
