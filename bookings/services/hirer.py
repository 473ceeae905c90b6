"""Who hires: an organisation somebody may book for, or the person who signs in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import Concession, HirerCategory, Organisation, User
from accounts.policies import OrganisationPolicy
from accounts.standing import category_of, counted_as
from core.clock import london
from core.errors import NotAllowed
from spaces.locks import LockClass
from spaces.models import Venue
from spaces.policies import VenuePolicy

Actor = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Hirer:
    """The hirer of one booking and the category it is priced as.

    `is_example`: a price for anybody of that category, whoever asks.
    """

    organisation: Organisation | None
    person: User | None
    category: str
    is_example: bool = False

    @property
    def lock(self) -> tuple[LockClass, int]:
        if self.organisation is not None:
            return LockClass.ORGANISATION, self.organisation.pk
        if self.person is None:
            message = "nobody hires"
            raise RuntimeError(message)
        return LockClass.PRIVATE_HIRER, self.person.pk


def identify(organisation_id: int | None, *, actor: Actor, venue: Venue, now: datetime) -> Hirer:
    """The hirer for whom `actor` books at `venue`.

    Members book for their organisation; the venue's managers may book for any organisation of
    their council. Raises: NotAllowed, the same for an organisation that does not exist.
    """
    if not isinstance(actor, User) or not actor.is_active:
        raise NotAllowed(_("Sign in to book."))
    if organisation_id is None:
        return Hirer(None, actor, HirerCategory.PRIVATE)
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None or not (
        OrganisationPolicy(actor).can_book_for(organisation)
        or (organisation.council_id == venue.council_id and VenuePolicy(actor).can_manage(venue))
    ):
        raise NotAllowed(_("You cannot book for that organisation. Ask its owner to add you."))
    return Hirer(organisation, None, category_of(organisation, on=london(now).date()))


def possible(actor: User, *, now: datetime) -> list[Hirer]:
    """Everybody for whom `actor` may book, themselves last. Two queries."""
    groups = list(OrganisationPolicy(actor).bookable().order_by("name"))
    rows: dict[int | None, list[Concession]] = defaultdict(list)
    for claim in Concession.objects.filter(organisation__in=groups):
        rows[claim.organisation_id].append(claim)
    on = london(now).date()
    of_groups = [Hirer(group, None, counted_as(group, rows[group.pk], on=on)) for group in groups]
    return [*of_groups, Hirer(None, actor, HirerCategory.PRIVATE)]
