"""Registering organisations and keeping their details."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Council, HirerCategory, Membership, Organisation, User
from accounts.policies import OrganisationPolicy
from core.errors import NotAllowed

_Kind = Organisation.Kind
_CATEGORY_BY_KIND = {
    _Kind.COMPANY: HirerCategory.COMMERCIAL,
    _Kind.FAITH: HirerCategory.FAITH,
    _Kind.SCHOOL: HirerCategory.STATUTORY,
    _Kind.NHS: HirerCategory.STATUTORY,
    _Kind.COUNCIL: HirerCategory.STATUTORY,
    _Kind.PARISH: HirerCategory.STATUTORY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """What an organisation says of itself. Its category for rates is not among it."""

    name: str
    kind: str
    is_incorporated: bool = False
    charity_number: str = ""
    company_number: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


def category_without_evidence(kind: str) -> str:
    """The category an organisation of this kind is priced as until evidence is accepted."""
    return _CATEGORY_BY_KIND.get(_Kind(kind), HirerCategory.COMMUNITY)


@transaction.atomic
def register_organisation(
    details: OrganisationDetails, *, council: Council, actor: User, now: datetime
) -> Organisation:
    """Add an organisation; whoever adds it owns it.

    Raises: ValidationError for details the model refuses.
    """
    organisation = Organisation(
        council=council,
        category=category_without_evidence(details.kind),
        created_at=now,
        **asdict(details),
    )
    organisation.full_clean()
    organisation.save()
    Membership.objects.create(user=actor, organisation=organisation, role=Membership.Role.OWNER)
    words = _("Added %(name)s") % {"name": organisation.name}
    audit.record("organisation_registered", organisation, words, actor=actor, now=now)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, details: OrganisationDetails, *, actor: User, now: datetime
) -> None:
    """Change what an organisation says of itself; its category stays.

    Raises: NotAllowed, ValidationError for details the model refuses.
    """
    if not OrganisationPolicy(actor).can_manage(organisation):
        raise NotAllowed
    for field, value in asdict(details).items():
        setattr(organisation, field, value)
    organisation.full_clean()
    organisation.save(update_fields=list(asdict(details)))
    words = _("Changed the details of %(name)s") % {"name": organisation.name}
    audit.record("organisation_changed", organisation, words, actor=actor, now=now)
