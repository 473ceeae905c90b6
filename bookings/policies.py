"""Who may see, cancel and decide bookings.

| may              | hirer's people                              | staff of the venue     |
|------------------|---------------------------------------------|------------------------|
| see it           | owner, booker, treasurer; the private hirer | who may see its people |
| cancel it        | owner, booker; the private hirer            | managers               |
| approve, decline | never                                       | managers               |
"""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.policies import OrganisationPolicy, StaffScope
from bookings.models import Booking
from spaces.policies import May, VenuePolicy


class BookingPolicy:
    """What somebody may do with bookings; to all others a booking does not exist."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user
        scope = StaffScope(user)
        self.venues = VenuePolicy(user, scope=scope)
        self.organisations = OrganisationPolicy(user, scope=scope)

    def visible(self) -> QuerySet[Booking]:
        """Bookings the person may open: their own, and those of venues whose people they see."""
        rows = Booking.objects.select_related("venue", "organisation", "private_hirer")
        if not self.user.is_authenticated:
            return rows.none()
        return rows.filter(self._mine() | Q(venue__in=self.venues.venues(May.PEOPLE)))

    def mine(self) -> QuerySet[Booking]:
        """Bookings of the person and of the organisations they belong to."""
        rows = Booking.objects.select_related("venue", "organisation", "private_hirer")
        return rows.filter(self._mine()) if self.user.is_authenticated else rows.none()

    def decidable(self) -> QuerySet[Booking]:
        """Bookings at venues that the person runs."""
        return Booking.objects.filter(venue__in=self.venues.manageable())

    def can_see(self, booking: Booking) -> bool:
        return self._is_hirer(booking, self._belongs) or self.venues.may(May.PEOPLE, booking.venue)

    def can_cancel(self, booking: Booking) -> bool:
        return self.cancels_as_hirer(booking) or self.venues.can_manage(booking.venue)

    def cancels_as_hirer(self, booking: Booking) -> bool:
        """Whether a cancellation by this person is the hirer's, not the venue's."""
        return self._is_hirer(booking, self._books_for)

    def can_decide(self, booking: Booking) -> bool:
        """Whether the person may approve, decline and record who came."""
        return self.venues.can_manage(booking.venue)

    def _mine(self) -> Q:
        return Q(private_hirer_id=self.user.pk) | Q(organisation_id__in=self._belongs)

    def _is_hirer(self, booking: Booking, organisation_ids: frozenset[int]) -> bool:
        if not self.user.is_authenticated or not self.user.is_active:
            return False
        if booking.private_hirer_id is not None:
            return booking.private_hirer_id == self.user.pk
        return booking.organisation_id in organisation_ids

    @cached_property
    def _belongs(self) -> frozenset[int]:
        return frozenset(self.organisations.own().values_list("pk", flat=True))

    @cached_property
    def _books_for(self) -> frozenset[int]:
        return frozenset(self.organisations.bookable().values_list("pk", flat=True))
