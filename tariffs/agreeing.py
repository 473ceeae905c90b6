"""Whether a booked date keeps its agreed price when new rates are published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from core.errors import BadInput, NotAllowed
from spaces.models import Venue
from spaces.policies import VenuePolicy
from tariffs.models import Tariff


@transaction.atomic
def choose_agreed(venue: Venue, agreed: str, *, actor: User | None, now: datetime) -> Tariff:
    """Say what new rates do to dates that are booked from now on.

    Bookings made before keep the price they were promised. `actor` None is the system itself.
    Raises: NotAllowed; BadInput for a choice there is not.
    """
    if actor is not None and not VenuePolicy(actor).can_manage(venue):
        raise NotAllowed
    if agreed not in Tariff.Agreed.values:
        raise BadInput(_("Choose one of the two."), field="agreed")
    Tariff.objects.get_or_create(venue=venue)
    tariff = Tariff.objects.select_for_update().get(venue=venue)
    if tariff.agreed == agreed:
        return tariff
    tariff.agreed, tariff.agreed_since = agreed, now
    tariff.save(update_fields=["agreed", "agreed_since"])
    audit.record(
        "choose_agreed",
        tariff,
        _("Rates of %(venue)s: %(choice)s")
        % {"venue": venue.name, "choice": tariff.get_agreed_display()},
        actor=actor,
        now=now,
        council=venue.council,
        operator=venue.operator,
    )
    return tariff
