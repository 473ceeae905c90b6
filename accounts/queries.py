"""What the account pages show, each a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import Invitation, Membership, Organisation, User


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOrganisation:
    """A group and what the person may do in it, in words."""

    organisation: Organisation
    roles: str


def own_with_roles(user: User) -> list[OwnOrganisation]:
    """The person's groups by name."""
    rows = Membership.objects.filter(user=user).select_related("organisation__council")
    found: dict[Organisation, list[str]] = {}
    for row in rows.order_by("organisation__name", "pk"):
        found.setdefault(row.organisation, []).append(row.get_role_display())
    return [
        OwnOrganisation(organisation=group, roles=", ".join(roles))
        for group, roles in found.items()
    ]


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Invitations to an address the person has confirmed."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return (
        Invitation.objects.alias(address=Lower("email"))
        .filter(address__in=addresses.values(low=Lower("email")))
        .select_related("organisation")
        .order_by("pk")
    )


def facts_of(organisation: Organisation) -> list[dict[str, str]]:
    """The details as rows of a summary list; what nobody gave is left out."""
    can_sign = _("Yes") if organisation.is_incorporated else _("No: a named adult signs")
    rows = [
        (_("Kind"), organisation.get_kind_display()),
        (_("Council area"), organisation.council.name),
        (_("Priced as"), organisation.get_category_display()),
        (_("Can sign a contract"), can_sign),
        (_("Charity number"), organisation.charity_number),
        (_("Company number"), organisation.company_number),
        (_("Email address"), organisation.email),
        (_("Phone"), organisation.phone),
        (_("Website"), organisation.website),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]
