"""Who is asking, where a page is only for people who have signed in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind the request. Raises: PermissionDenied where nobody has signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
