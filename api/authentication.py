"""Who is asking: a personal token in the Authorization header, or a browser's session."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from accounts.models import User
from api import tokens
from api.errors import CsrfFailed
from api.models import PersonalToken
from core import clock

_SCHEME = "bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer oh_...`."""

    def authenticate(self, request: Request) -> tuple[User, PersonalToken] | None:
        """The person, or None where no token was sent.

        Raises: AuthenticationFailed, with the same words whatever is wrong with the token.
        """
        scheme, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if not scheme:
            return None
        now = clock.now()
        token = tokens.token_of(secret.strip(), now=now) if scheme.lower() == _SCHEME else None
        if token is None:
            raise exceptions.AuthenticationFailed(
                _("It is wrong, ran out or was revoked. Make a new one on your tokens page.")
            )
        tokens.note_use(token, now=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Asks for a token, so that an anonymous caller gets 401 and not 403."""
        return "Bearer"


class BrowserSession(SessionAuthentication):
    """The session of somebody signed in on a page; every change needs the form key."""

    def enforce_csrf(self, request: Request) -> None:
        """Raises: CsrfFailed."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed from error


def person(request: Request) -> User:
    """The person who asks; only behind a permission that demands one."""
    user: Any = request.user
    if not isinstance(user, User):
        raise exceptions.NotAuthenticated
    return user
