"""Who may ask for, make, answer and see access checks.

| may                                      | officer | checker | runs the venue | anybody |
|------------------------------------------|---------|---------|----------------|---------|
| make rounds, invite, take back, publish  | yes     | no      | no             | no      |
| know who the checker is, decide expenses | yes     | own     | no             | no      |
| write a visit while it is a draft        | no      | own     | no             | no      |
| read a visit that was sent in            | yes     | own     | yes            | no      |
| reply to it                              | yes     | no      | yes            | no      |
| read a published visit                   | yes     | yes     | yes            | yes     |
| say that something has changed           | yes     | yes     | yes            | yes     |
| decide on such a report                  | yes     | no      | yes            | no      |

An officer is one of the council whose round it is; officers run the venues of their council.
Only public venues are checked: a confidential one is in no list here, and neither is one for
partners only.
"""

from __future__ import annotations

from functools import cached_property

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import Council, User
from accounts.policies import OFFICERS
from checks.models import ChangeReport, CheckRound, Visit, VisitState
from spaces.models import Venue, VenueKind
from spaces.policies import VenuePolicy

_PUBLIC = Venue.Visibility.PUBLIC
_READ_BY_VENUE = (VisitState.SENT, VisitState.PUBLISHED)


class CheckPolicy:
    """What somebody may see and do of access checks; anybody may be anonymous."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user
        self.of_venues = VenuePolicy(user)
        self.scope = self.of_venues.scope

    @property
    def is_officer(self) -> bool:
        """Whether they run access checks for any council."""
        return self.scope.is_administrator or bool(self.scope.council_ids(OFFICERS))

    def councils(self) -> QuerySet[Council]:
        """Councils whose access checks the person runs."""
        if self.scope.is_administrator:
            return Council.objects.all()
        return Council.objects.filter(pk__in=self.scope.council_ids(OFFICERS))

    def is_officer_of(self, council_id: int) -> bool:
        """Whether they run the access checks of this council."""
        return self.scope.is_administrator or council_id in self.scope.council_ids(OFFICERS)

    def rounds(self) -> QuerySet[CheckRound]:
        """Rounds of those councils."""
        return CheckRound.objects.filter(council__in=self.councils()).select_related("council")

    def visits(self) -> QuerySet[Visit]:
        """Visits of those rounds, to venues that are still public."""
        rows = Visit.objects.filter(round__council__in=self.councils(), venue__visibility=_PUBLIC)
        return rows.select_related("round__council", "venue", "checker")

    def checkable(self) -> QuerySet[Venue]:
        """Venues to which those councils may send somebody: places, and public."""
        rows = Venue.objects.filter(council__in=self.councils(), visibility=_PUBLIC)
        return rows.exclude(kind=VenueKind.DIGITAL)

    def own_visits(self) -> QuerySet[Visit]:
        """Visits the person makes or made, and invitations to an address they confirmed."""
        if not self.scope.is_person:
            return Visit.objects.none()
        invited = Q(pk__in=[])
        for email in self._emails:
            invited |= Q(state=VisitState.INVITED, checker__isnull=True, email__iexact=email)
        rows = Visit.objects.filter(Q(checker=self.user.pk) | invited, venue__visibility=_PUBLIC)
        return rows.select_related("round__council", "venue")

    def visits_to_reply(self, venue: Venue) -> QuerySet[Visit]:
        """What those who run the venue may read: never a draft, never who it was."""
        rows = Visit.objects.filter(venue=venue, venue__visibility=_PUBLIC)
        return rows.filter(state__in=_READ_BY_VENUE)

    def reports(self) -> QuerySet[ChangeReport]:
        """Reports on venues that the person runs."""
        rows = ChangeReport.objects.filter(
            venue__in=self.of_venues.manageable(), venue__visibility=_PUBLIC
        )
        return rows.select_related("venue", "space", "node")

    @cached_property
    def _emails(self) -> list[str]:
        rows = EmailAddress.objects.filter(user=self.user.pk, verified=True)
        return list(rows.values_list("email", flat=True))


def published(venue: Venue) -> QuerySet[Visit]:
    """Visits that anybody may read on the venue's pages, newest first."""
    if venue.visibility != _PUBLIC:
        return Visit.objects.none()
    rows = Visit.objects.filter(venue=venue, state=VisitState.PUBLISHED)
    return rows.order_by("-visited_on", "-pk")
