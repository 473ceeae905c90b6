"""What this app holds about a person: given out on request, and forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from accounts.models import (
    AuditEntry,
    Concession,
    Contact,
    CouncilRole,
    Invitation,
    Membership,
    OperatorRole,
    User,
)
from core.owners import PersonalData

FORGOTTEN_HOST = "forgotten.invalid"


def export(user_id: int) -> dict[str, Any]:
    """Name, addresses, roles and memberships, and what the person was recorded as doing."""
    user = User.objects.get(pk=user_id)
    emails = EmailAddress.objects.filter(user=user_id).order_by("pk")
    memberships = Membership.objects.filter(user=user_id).select_related("organisation")
    contacts = Contact.objects.filter(user=user_id).order_by("pk")
    councils = CouncilRole.objects.filter(user=user_id).select_related("council")
    operators = OperatorRole.objects.filter(user=user_id)
    sessions = UserSession.objects.filter(user=user_id).order_by("pk")
    return {
        "name": user.name,
        "email": user.email,
        "phone": user.phone,
        "language": user.language,
        "joined_at": user.joined_at.isoformat(),
        "last_signed_in_at": user.last_login.isoformat() if user.last_login else None,
        "email_addresses": [{"email": row.email, "is_confirmed": row.verified} for row in emails],
        "has_second_step": Authenticator.objects.filter(user=user_id).exists(),
        "organisations": [
            {"organisation": row.organisation.name, "role": row.role} for row in memberships
        ],
        "contacts": [
            {"name": row.name, "email": row.email, "phone": row.phone} for row in contacts
        ],
        "staff_roles": [
            *[{"at": row.council.name, "role": row.role} for row in councils],
            *[
                {"at": row.operator.organisation.name, "role": row.role}
                for row in operators.select_related("operator__organisation")
            ],
        ],
        "help_with_the_price": [
            {
                "council": row.council.name if row.council else "",
                "what": row.status,
                "state": row.state,
                "evidence": row.evidence,
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            }
            for row in Concession.objects.filter(person=user_id)
            .select_related("council")
            .order_by("pk")
        ],
        "sessions": [
            {
                "began_at": row.created_at.isoformat(),
                "ip": row.ip,
                "browser": row.user_agent,
            }
            for row in sessions
        ],
        "recorded_actions": [
            {"at": row.at.isoformat(), "words": row.words}
            for row in AuditEntry.objects.filter(actor=user_id).order_by("pk")
        ],
    }


def anonymise(user_id: int, now: datetime) -> None:
    """Empty the account; whoever it was can never sign in again, and every session ends."""
    user = User.objects.get(pk=user_id)
    addresses = {
        user.email,
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    }
    for email in addresses:
        Invitation.objects.filter(email__iexact=email).delete()
    for model in (EmailAddress, Authenticator, UserSession, Membership, CouncilRole, OperatorRole):
        model._default_manager.filter(user=user).delete()
    Concession.objects.filter(person=user).delete()
    Contact.objects.filter(user=user).update(
        name="-", email="", phone="", user=None, anonymised_at=now
    )
    AuditEntry.objects.filter(actor=user).update(actor=None)
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"person-{user.pk}@{FORGOTTEN_HOST}"
    user.name = user.phone = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.anonymised_at = now
    user.set_unusable_password()
    user.save()


HOLDER = PersonalData(app="accounts", export=export, anonymise=anonymise)
