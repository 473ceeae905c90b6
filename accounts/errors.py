"""Refusals of this app."""

from django.utils.translation import gettext_lazy as _

from core.errors import StateConflict


class LastOwner(StateConflict):
    code = "last_owner"
    default_message = _("This is the last owner. Make somebody else an owner first.")


class AlreadyMember(StateConflict):
    code = "already_member"
    default_message = _("They already have this role.")


class AlreadyClaimed(StateConflict):
    code = "already_claimed"
    default_message = _("This has been claimed or accepted already.")


class AlreadyDecided(StateConflict):
    code = "already_decided"
    default_message = _("Somebody has already decided this.")
