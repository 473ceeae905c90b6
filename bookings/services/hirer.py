"""Who hires: an organisation somebody may book for, or the person who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import Concession, HirerCategory, Organisation, User
from accounts.policies import OrganisationPolicy
from core.clock import london
from core.errors import NotAllowed
from spaces.locks import LockClass
from spaces.models import Venue
from spaces.policies import VenuePolicy

Actor = User | AnonymousUser
# These categories need no evidence.
_ON_TRUST = (HirerCategory.COMMUNITY, HirerCategory.COMMERCIAL)


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
    return Hirer(organisation, None, category_of(organisation, now=now))


def possible(actor: User, *, now: datetime) -> list[Hirer]:
    """Everybody for whom `actor` may book, themselves last. Two queries."""
    groups = list(OrganisationPolicy(actor).bookable().order_by("name"))
    claims = Concession.objects.filter(organisation__in=groups).order_by("organisation", "id")
    latest = {(claim.organisation_id, claim.category): claim for claim in claims}
    of_groups = [
        Hirer(group, None, _category(group, latest.get((group.pk, group.category)), now=now))
        for group in groups
    ]
    return [*of_groups, Hirer(None, actor, HirerCategory.PRIVATE)]


def category_of(organisation: Organisation, *, now: datetime) -> str:
    """The category an organisation is priced as.

    Its own, on trust, until evidence for it was refused or ran out; then as a community group
    (a business stays a business). See docs/decisions/0011.
    """
    latest = None
    if organisation.category not in _ON_TRUST:
        latest = (
            Concession.objects.filter(organisation=organisation, category=organisation.category)
            .order_by("-id")
            .first()
        )
    return _category(organisation, latest, now=now)


def _category(organisation: Organisation, latest: Concession | None, *, now: datetime) -> str:
    """By what became of the latest claim to the category, where it needs one."""
    if organisation.category in _ON_TRUST:
        return organisation.category
    if latest is None or latest.state == Concession.State.CLAIMED:
        return organisation.category
    still_valid = latest.valid_to is None or latest.valid_to >= london(now).date()
    if latest.state == Concession.State.ACCEPTED and still_valid:
        return organisation.category
    return HirerCategory.COMMUNITY
