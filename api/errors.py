"""Refusals that only the programming interface knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from core.errors import BadInput, StateConflict


class UnknownParameter(BadInput):
    """A parameter that the route does not have, or one that was given twice."""

    code = "unknown_parameter"
    default_message = _("There is no such parameter here, or it was given twice.")


class BadCursor(BadInput):
    """A cursor that we did not make."""

    code = "bad_cursor"
    default_message = _("That page does not exist. Start again without `cursor`.")


class BadIdempotencyKey(BadInput):
    """An Idempotency-Key that is too short, too long or has odd characters."""

    code = "bad_idempotency_key"
    default_message = _("An Idempotency-Key has 8 to 200 letters, digits or -_.: and nothing else.")


class TooLarge(BadInput):
    """A body over the limit. API 413."""

    code = "too_large"
    default_message = _("The body is too long. Send less in one request.")


class IdempotencyMismatch(StateConflict):
    """The key was used before, for something else."""

    code = "idempotency_mismatch"
    default_message = _("That Idempotency-Key was used for another request. Send a new one.")


class CsrfFailed(exceptions.PermissionDenied):
    """A change in a browser session without the form key."""

    default_detail = _("With a browser session send X-CSRFToken, or use a token.")
    default_code = "csrf_failed"
