"""Letting the public see a venue that was a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import StateConflict
from spaces.models import Venue
from spaces.services.catalogue import update_venue
from spaces.services.permission import require_can_manage


@transaction.atomic
def publish_venue(venue: Venue, *, actor: User | None, now: datetime) -> Venue:
    """Show a draft to everybody.

    Raises: NotAllowed; StateConflict where it is no draft, or is to be booked here and has
    nothing that can be booked.
    """
    require_can_manage(actor, [venue])
    locked = Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    if locked.visibility != Venue.Visibility.DRAFT:
        raise StateConflict(_("It is not a draft any more."))
    has_room = locked.spaces.filter(is_bookable=True).exists()
    if locked.booking_mode == Venue.BookingMode.HERE and not has_room:
        raise StateConflict(
            _("Add a space first, or say in the details that people do not book it here.")
        )
    locked.visibility = Venue.Visibility.PUBLIC
    return update_venue(locked, actor=actor, now=now)
