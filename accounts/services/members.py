"""Who belongs to an organisation. It always keeps one owner."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import AlreadyMember, LastOwner
from accounts.models import Invitation, Membership, Organisation, User
from accounts.policies import OrganisationPolicy
from core.errors import NotAllowed, NotFound

_OWNER = Membership.Role.OWNER


@transaction.atomic
def add_member(
    organisation: Organisation, user: User, *, role: str, actor: User, now: datetime
) -> Membership:
    """Give `user` a role.

    Raises: NotAllowed, AlreadyMember.
    """
    _require_owner(actor, organisation)
    return _join(organisation, user, role=role, actor=actor, now=now)


@transaction.atomic
def change_role(membership: Membership, *, role: str, actor: User, now: datetime) -> None:
    """Turn one of a member's roles into another.

    Raises: NotAllowed, LastOwner, AlreadyMember.
    """
    organisation = membership.organisation
    _require_owner(actor, organisation)
    _lock(organisation)
    if role == membership.role:
        return
    if _holds(organisation, membership.user, role):
        raise AlreadyMember
    if membership.role == _OWNER:
        _require_another_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    words = _("A member of %(name)s is now: %(role)s") % {
        "name": organisation.name,
        "role": membership.get_role_display(),
    }
    audit.record("member_role_changed", organisation, words, actor=actor, now=now)


@transaction.atomic
def remove_member(membership: Membership, *, actor: User, now: datetime) -> None:
    """Take a role away; owners may do so for all, everybody for themselves.

    Raises: NotAllowed, LastOwner.
    """
    organisation = membership.organisation
    if membership.user_id != actor.pk:
        _require_owner(actor, organisation)
    _lock(organisation)
    if membership.role == _OWNER:
        _require_another_owner(membership)
    words = _("A member of %(name)s is no longer: %(role)s") % {
        "name": organisation.name,
        "role": membership.get_role_display(),
    }
    membership.delete()
    audit.record("member_removed", organisation, words, actor=actor, now=now)


@transaction.atomic
def invite_member(
    organisation: Organisation, *, email: str, role: str, actor: User, now: datetime
) -> Invitation:
    """Offer a role to whoever reads `email`, whether or not they have an account.

    Raises: NotAllowed, AlreadyMember where a member's address was typed.
    """
    _require_owner(actor, organisation)
    _lock(organisation)
    # Members see each other's addresses, so this tells nothing new.
    members = Membership.objects.filter(organisation=organisation, role=role)
    if members.filter(user__email__iexact=email).exists():
        raise AlreadyMember
    found = Invitation.objects.filter(organisation=organisation, email__iexact=email, role=role)
    invitation = found.first()
    if invitation is None:
        invitation = Invitation.objects.create(
            organisation=organisation, email=email, role=role, invited_by=actor, created_at=now
        )
        words = _("Invited somebody to %(name)s as: %(role)s") % {
            "name": organisation.name,
            "role": invitation.get_role_display(),
        }
        audit.record("member_invited", organisation, words, actor=actor, now=now)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, actor: User, now: datetime) -> Membership:
    """Join; the invitation is used up.

    Raises: NotFound where the invited address is not one the person has confirmed.
    """
    own = EmailAddress.objects.filter(user=actor, verified=True, email__iexact=invitation.email)
    if not own.exists():
        raise NotFound
    organisation, role = invitation.organisation, invitation.role
    _lock(organisation)
    invitation.delete()
    if _holds(organisation, actor, role):
        return Membership.objects.get(organisation=organisation, user=actor, role=role)
    return _join(organisation, actor, role=role, actor=actor, now=now)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: User, now: datetime) -> None:
    """Take an offer back, or turn one down.

    Raises: NotFound where the person is neither an owner nor invited.
    """
    organisation = invitation.organisation
    is_invited = EmailAddress.objects.filter(
        user=actor, verified=True, email__iexact=invitation.email
    ).exists()
    if not is_invited and not OrganisationPolicy(actor).can_manage(organisation):
        raise NotFound
    invitation.delete()
    words = _("An invitation to %(name)s was taken back") % {"name": organisation.name}
    audit.record("invitation_withdrawn", organisation, words, actor=actor, now=now)


def _join(
    organisation: Organisation, user: User, *, role: str, actor: User, now: datetime
) -> Membership:
    _lock(organisation)
    if _holds(organisation, user, role):
        raise AlreadyMember
    membership = Membership.objects.create(organisation=organisation, user=user, role=role)
    words = _("%(name)s has a new member: %(role)s") % {
        "name": organisation.name,
        "role": membership.get_role_display(),
    }
    audit.record("member_added", organisation, words, actor=actor, now=now)
    return membership


def _lock(organisation: Organisation) -> None:
    """So that two owners cannot remove each other at the same moment."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _holds(organisation: Organisation, user: User, role: str) -> bool:
    rows = Membership.objects.filter(organisation=organisation, user=user, role=role)
    return rows.exists()


def _require_owner(actor: User, organisation: Organisation) -> None:
    if not OrganisationPolicy(actor).can_manage(organisation):
        raise NotAllowed


def _require_another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(organisation=membership.organisation, role=_OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwner
