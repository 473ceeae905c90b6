"""Who may see and run which venues.

| may                                  | officer | manager | caretaker | viewer |
|--------------------------------------|---------|---------|-----------|--------|
| open a venue for partners only       | yes     | yes     | yes       | yes    |
| open a confidential venue            | yes     | yes     | own venue | own venue |
| look at the diary                    | yes     | yes     | today     | yes    |
| see who the hirers are               | yes     | yes     | today     | no     |
| change it, answer requests           | yes     | yes     | no        | no     |
| see figures                          | yes     | no      | no        | no     |

A role holds for every venue of a council, of an operator, or for one venue. "Own venue" means
that only a role for that very venue counts.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import Operator, StaffRole, User
from accounts.policies import ANY_STAFF, MANAGERS, OFFICERS, Roles, StaffScope
from spaces.models import Venue, VenueRole

_PUBLIC = Venue.Visibility.PUBLIC
_PARTNERS = Venue.Visibility.PARTNERS


class May(Enum):
    """What staff may do at a venue."""

    LOOK = "look"
    DIARY = "diary"
    TODAY = "today"
    PEOPLE = "people"
    PEOPLE_TODAY = "people_today"
    MANAGE = "manage"
    FIGURES = "figures"


ROLES: dict[May, Roles] = {
    May.LOOK: ANY_STAFF,
    May.DIARY: ANY_STAFF - {StaffRole.CARETAKER},
    May.TODAY: ANY_STAFF,
    May.PEOPLE: MANAGERS,
    May.PEOPLE_TODAY: MANAGERS | {StaffRole.CARETAKER},
    May.MANAGE: MANAGERS,
    May.FIGURES: OFFICERS,
}


class VenuePolicy:
    """What somebody may see and do at venues; anybody may be anonymous."""

    def __init__(self, user: User | AnonymousUser, *, scope: StaffScope | None = None) -> None:
        self.user = user
        self.scope = scope or StaffScope(user)

    def listed(self) -> QuerySet[Venue]:
        """Venues that may stand in a search, map, list or feed: never a confidential one."""
        rows = Venue.objects.select_related("council", "operator__organisation")
        if not self.scope.is_person:
            return rows.filter(visibility=_PUBLIC)
        partners = Q(visibility=_PARTNERS) & self._rows(ANY_STAFF)
        return rows.filter(Q(visibility=_PUBLIC) | partners)

    def visible(self) -> QuerySet[Venue]:
        """Venues whose page the person may open; to all others they do not exist."""
        rows = Venue.objects.select_related("council", "operator__organisation")
        if not self.scope.is_person:
            return rows.filter(visibility=_PUBLIC)
        return rows.filter(
            Q(visibility=_PUBLIC)
            | (Q(visibility=_PARTNERS) & self._rows(ANY_STAFF))
            | self._rows(MANAGERS)
            | Q(pk__in=self._venue_ids(ANY_STAFF))
        )

    def venues(self, may: May) -> QuerySet[Venue]:
        """Venues at which the person may do this; a confidential one only where it is visible."""
        return self.visible().filter(self._rows(ROLES[may]))

    def manageable(self) -> QuerySet[Venue]:
        """Venues the person runs."""
        return self.venues(May.MANAGE)

    def operators(self) -> QuerySet[Operator]:
        """Operators for whom the person may add a venue."""
        rows = Operator.objects.select_related("organisation", "council")
        rows = rows.order_by("organisation__name", "pk")
        if self.scope.is_administrator:
            return rows
        return rows.filter(
            Q(council__in=self.scope.council_ids(MANAGERS))
            | Q(pk__in=self.scope.operator_ids(MANAGERS))
        )

    def diary_venues(self) -> QuerySet[Venue]:
        """Venues whose diary the person may look at, if only today's."""
        return self.venues(May.TODAY)

    def may(self, may: May, venue: Venue) -> bool:
        """Whether the person may do this at `venue`."""
        return self.can_see(venue) and self._has_role(ROLES[may], venue)

    def can_see(self, venue: Venue) -> bool:
        """Whether the person may know that `venue` exists."""
        if venue.visibility == _PUBLIC:
            return True
        if venue.pk in self._venue_ids(ANY_STAFF):
            return True
        return self._has_role(ANY_STAFF if venue.visibility == _PARTNERS else MANAGERS, venue)

    def can_manage(self, venue: Venue) -> bool:
        """Whether the person may change it and answer requests."""
        return self.may(May.MANAGE, venue)

    def can_view_diary(self, venue: Venue) -> bool:
        """Whether the person may look at its diary, if only today's."""
        return self.may(May.TODAY, venue)

    def sees_only_today(self, venue: Venue) -> bool:
        """Whether of its diary the person gets no more than today, as caretakers do."""
        return self.can_view_diary(venue) and not self.may(May.DIARY, venue)

    def _has_role(self, roles: Roles, venue: Venue) -> bool:
        return venue.pk in self._venue_ids(roles) or self.scope.has_role(
            roles, council_id=venue.council_id, operator_id=venue.operator_id
        )

    def _rows(self, roles: Roles) -> Q:
        rows = self.scope.rows(roles)
        return rows if self.scope.is_administrator else rows | Q(pk__in=self._venue_ids(roles))

    def _venue_ids(self, roles: Roles) -> frozenset[int]:
        return frozenset(key for key, held in self._venues.items() if not held.isdisjoint(roles))

    @cached_property
    def _venues(self) -> dict[int, set[str]]:
        if not self.scope.is_person:
            return {}
        held: dict[int, set[str]] = defaultdict(set)
        rows = VenueRole.objects.filter(user=self.user.pk).values_list("venue_id", "role")
        for venue_id, role in rows:
            held[venue_id].add(role)
        return dict(held)
