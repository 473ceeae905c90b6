"""The root of every refusal. Each app keeps its own errors beside the rule that raises them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal in words a member of the public can act on.

    `code` is a stable slug that never changes once published; `message` is for people;
    `details` is data for programs and lists (JSON-serialisable values only).
    """

    code = "refused"
    default_message: Any = _("That cannot be done.")

    def __init__(self, message: Any = None, /, **details: Any) -> None:
        self.message = message or self.default_message
        self.details = details
        super().__init__(str(self.message))


class NotAllowed(DomainError):
    """The actor may not do this. Pages answer 403, or 404 where existence is itself private."""

    code = "not_allowed"
    default_message = _("You do not have permission to do that.")


class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is."""

    code = "not_found"
    default_message = _("We could not find that.")


class BadInput(DomainError):
    """The request itself is malformed: wrong shape, impossible date, too long. API 400."""

    code = "bad_input"
    default_message = _("Something in the request is not right.")


class StateConflict(DomainError):
    """The thing exists but is not in a state that allows this step. API 409."""

    code = "state_conflict"
    default_message = _("That has already changed. Look again before you go on.")


class TryAgain(DomainError):
    """The database gave up on a lock in time; nothing was changed. API 503 with Retry-After."""

    code = "try_again"
    default_message = _("Many people are booking at this moment. Nothing was changed: try again.")
