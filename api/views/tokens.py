"""A person's tokens: make one, see which there are, end one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from api import tokens
from api.forms import TokenForm
from api.models import PersonalToken
from core import clock
from core.errors import DomainError, NotFound


def _signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        message = "only behind login_required"
        raise TypeError(message)
    return request.user


@login_required
@never_cache
@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """All tokens, those that work first."""
    now = clock.now()
    rows = PersonalToken.objects.filter(user=_signed_in(request))
    listed = [(token, token.works(now=now)) for token in rows[:200]]
    listed.sort(key=lambda pair: not pair[1])
    return render(request, "api/tokens.html", {"tokens": listed})


@login_required
@never_cache
@sensitive_variables("fresh")
@require_http_methods(["GET", "HEAD", "POST"])
def token_create(request: HttpRequest) -> HttpResponse:
    """Make one. The secret is on the answer and nowhere else, so there is no redirect."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = tokens.create_token(
                name=form.cleaned_data["name"],
                days=form.cleaned_data["days"],
                actor=_signed_in(request),
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            return render(request, "api/token_made.html", {"fresh": fresh}, status=201)
    status = 422 if form.errors else 200
    return render(request, "api/token_create.html", {"form": form}, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end it. Somebody else's token does not exist."""
    user = _signed_in(request)
    token = get_object_or_404(PersonalToken, pk=pk, user=user)
    if request.method != "POST":
        return render(request, "api/token_revoke.html", {"token": token})
    try:
        tokens.revoke_token(token.pk, actor=user, now=clock.now())
    except NotFound:
        messages.error(request, _("We could not find that token."))
    else:
        messages.success(request, _("The token does not work any more."))
    return redirect("token_list")
