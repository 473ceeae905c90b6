"""Signing in is allauth's; who guesses too often is told so by the status, too."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpResponse

# The longest that allauth counts wrong tries for.
_WAIT_SECONDS = 300


class SignInView(LoginView):
    def form_invalid(self, form: Form) -> HttpResponse:
        """The form again; 429 where there were too many tries."""
        response: Any = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            response.status_code = 429
            response.headers["Retry-After"] = str(_WAIT_SECONDS)
        return response
