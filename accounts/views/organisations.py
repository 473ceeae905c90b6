"""My groups: the list, one group, adding one, its details and its standing for rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import queries
from accounts.forms import ConcessionForm, NewOrganisationForm, OrganisationForm
from accounts.models import Organisation
from accounts.policies import OrganisationPolicy
from accounts.services import change_organisation, claim_concession, register_organisation
from accounts.views.person import signed_in
from core import clock
from core.errors import DomainError, NotAllowed

_READ_WRITE = ["GET", "HEAD", "POST"]
# What apps above show on a group's page: each gives the path of a template and what it needs.
Section = Callable[[HttpRequest, Organisation], dict[str, Any]]
_sections: list[Section] = []


def add_section(section: Section) -> None:
    """Have a group's page show `section`; called once from an app's `ready()`."""
    if section not in _sections:
        _sections.append(section)


def visible_or_404(policy: OrganisationPolicy, pk: int) -> Organisation:
    """The organisation, if the person may know of it."""
    return get_object_or_404(policy.visible(), pk=pk)


def managed_or_404(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, if the person runs it; a member who does not is told so."""
    policy = OrganisationPolicy(signed_in(request))
    found = visible_or_404(policy, pk)
    if not policy.can_manage(found):
        raise NotAllowed
    return found


@login_required
@require_http_methods(["GET", "HEAD"])
def my_organisations(request: HttpRequest) -> HttpResponse:
    """Groups the person belongs to, and invitations that wait for them."""
    user = signed_in(request)
    context = {
        "organisations": queries.own_with_roles(user),
        "invitations": queries.invitations_for(user),
    }
    return render(request, "accounts/my_organisations.html", context)


@login_required
@require_http_methods(_READ_WRITE)
def add_organisation(request: HttpRequest) -> HttpResponse:
    """Add a group; whoever adds it owns it."""
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = register_organisation(
            form.details(),
            council=form.cleaned_data["council"],
            actor=signed_in(request),
            now=clock.now(),
        )
        messages.success(request, _("Your group is added. You can book for it now."))
        return redirect("organisation", pk=organisation.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/organisation_form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: details, members, invitations and standing for rates."""
    policy = OrganisationPolicy(signed_in(request))
    found = visible_or_404(policy, pk)
    manages = policy.can_manage(found)
    concessions = list(found.concessions.order_by("-pk"))
    context = {
        "organisation": found,
        "facts": queries.facts_of(found, concessions, today=clock.today()),
        "members": found.memberships.select_related("user").order_by("user__name", "pk"),
        "invitations": found.invitations.order_by("pk") if manages else [],
        "concessions": concessions,
        "sections": [section(request, found) for section in _sections],
        "manages": manages,
        "me": request.user,
    }
    return render(request, "accounts/organisation.html", context)


@login_required
@require_http_methods(_READ_WRITE)
def change_details(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a group says of itself."""
    found = managed_or_404(request, pk)
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        change_organisation(found, form.details(), actor=signed_in(request), now=clock.now())
        messages.success(request, _("The details are saved."))
        return redirect("organisation", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "accounts/organisation_form.html", {"form": form, "pk": pk}, status=status
    )


@login_required
@require_http_methods(_READ_WRITE)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to count as a kind of hirer."""
    found = managed_or_404(request, pk)
    form = ConcessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_concession(found, form.claim(), actor=signed_in(request), now=clock.now())
        except DomainError as error:
            form.add_error("category", str(error.message))
        else:
            messages.success(request, _("We have your evidence. Somebody will check it."))
            return redirect("organisation", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "accounts/claim.html", {"form": form, "organisation": found}, status=status
    )
