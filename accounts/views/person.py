"""My account: who I am, what is held about me, and closing it."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import CloseAccountForm, PersonForm
from accounts.models import User
from accounts.services import anonymise_person, change_person, export_person
from core import clock
from core.errors import DomainError


def signed_in(request: HttpRequest) -> User:
    """The person behind a page that only people who sign in can open."""
    if not isinstance(request.user, User):
        message = "this page needs a person"
        raise TypeError(message)
    return request.user


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """Name, phone and language of mails."""
    user = signed_in(request)
    facts = {"name": user.name, "phone": user.phone, "language": user.language}
    form = PersonForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        change_person(form.details(), actor=user, now=clock.now())
        messages.success(request, _("Your details are saved."))
        return redirect("my_account")
    status = 422 if form.errors else 200
    return render(request, "accounts/my_account.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD"])
@reauthentication_required
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held, and the two things one can do about it."""
    return render(request, "accounts/my_data.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def download_my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is held about the person, as one file.

    Whoever had to give their password first comes back by GET, to press the button again.
    """
    if request.method != "POST":
        return redirect("my_data")
    user = signed_in(request)
    data = export_person(user, actor=user, now=clock.now())
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="openhall-my-data.json"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def close_account(request: HttpRequest) -> HttpResponse:
    """Forget the person, after they have typed their address."""
    user = signed_in(request)
    form = CloseAccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            anonymise_person(user, actor=user, now=clock.now())
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "accounts/close_account.html", {"form": form}, status=status)
