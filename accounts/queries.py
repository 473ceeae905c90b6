"""What the account pages show, each a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts import standing
from accounts.models import Concession, HirerCategory, Invitation, Membership, Organisation, User
from core import words


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


def facts_of(
    organisation: Organisation, concessions: Iterable[Concession], *, today: date
) -> list[dict[str, str]]:
    """The details as rows of a summary list; what nobody gave is left out."""
    priced_as = HirerCategory(standing.counted_as(organisation, concessions, on=today)).label
    can_sign = _("Yes") if organisation.is_incorporated else _("No: a named adult signs")
    rows = [
        (_("Kind"), organisation.get_kind_display()),
        (_("Council area"), organisation.council.name),
        (_("Priced as"), str(priced_as)),
        (_("Can sign a contract"), can_sign),
        (_("Charity number"), organisation.charity_number),
        (_("Company number"), organisation.company_number),
        (_("Email address"), organisation.email),
        (_("Phone"), organisation.phone),
        (_("Website"), organisation.website),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


# The lists of an officer's page besides what waits for an answer.
CONCESSION_LISTS = ("soon", "decided")


def concessions(rows: QuerySet[Concession], *, show: str, today: date) -> QuerySet[Concession]:
    """Of `rows`: those that wait, oldest first; "soon": that end soon; "decided": newest first."""
    if show == "decided":
        return rows.exclude(state=Concession.State.CLAIMED).order_by("-decided_at", "-pk")
    if show == "soon":
        return rows.filter(_ends_soon(today)).order_by("valid_to", "pk")
    return rows.filter(state=Concession.State.CLAIMED).order_by("pk")


def concession_counts(rows: QuerySet[Concession], *, today: date) -> dict[str, int]:
    """How many wait for an answer, and how many end soon."""
    return rows.aggregate(
        waiting=Count("pk", filter=Q(state=Concession.State.CLAIMED)),
        soon=Count("pk", filter=_ends_soon(today)),
    )


def _ends_soon(today: date) -> Q:
    return Q(state=Concession.State.ACCEPTED, valid_to__range=(today, today + standing.SOON))


def same_before(concession: Concession) -> list[Concession]:
    """What the same hirer was answered before about the same, newest first."""
    rows = Concession.objects.filter(
        organisation=concession.organisation_id,
        person=concession.person_id,
        council=concession.council_id,
        category=concession.category,
        status=concession.status,
    )
    return list(rows.exclude(pk=concession.pk).select_related("decided_by").order_by("-pk")[:10])


def last_day(earlier: Iterable[Concession]) -> date | None:
    """The last day of the one that counts now; None where none does."""
    held = [row.valid_to for row in earlier if row.state == Concession.State.ACCEPTED]
    return held[0] if held else None


def facts_of_concession(concession: Concession) -> list[dict[str, str]]:
    """Who asks for what, and what was answered, as rows of a summary list."""
    group, person, council = concession.organisation, concession.person, concession.council
    rows = [
        (_("Group"), group.name if group else ""),
        (_("Kind of group"), group.get_kind_display() if group else ""),
        (_("Charity number"), group.charity_number if group else ""),
        (_("Company number"), group.company_number if group else ""),
        (_("Private person"), f"{person.name}, {person.email}" if person else ""),
        (_("Council"), council.name if council else ""),
        (_("Asks to count as"), concession.what),
        (_("How it can be checked"), concession.evidence or _("Deleted, or not given")),
        (_("State"), concession.get_state_display()),
        (_("Decided by"), str(concession.decided_by or "")),
        (_("Decided on"), words.long_day(concession.decided_at) if concession.decided_at else ""),
        (_("Counts until"), words.long_day(concession.valid_to) if concession.valid_to else ""),
        (_("Why it was refused"), concession.reason),
    ]
    return [{"key": key, "value": str(value)} for key, value in rows if value]
