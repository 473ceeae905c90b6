"""Who belongs to a group: invite, change, remove, accept."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import queries
from accounts.forms import InvitationForm, RoleForm
from accounts.models import Invitation
from accounts.policies import OrganisationPolicy
from accounts.services import (
    accept_invitation,
    change_role,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from accounts.views.organisations import managed_or_404, visible_or_404
from accounts.views.person import signed_in
from core import clock
from core.errors import DomainError, NotAllowed

_READ_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(_READ_WRITE)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer somebody a role, whether or not they have an account."""
    found = managed_or_404(request, pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(found, **form.cleaned_data, actor=signed_in(request), now=clock.now())
        except DomainError as error:
            form.add_error("email", str(error.message))
        else:
            said = _("Tell them to sign in with this address and open My groups.")
            messages.success(request, said)
            return redirect("organisation", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "accounts/invite.html", {"form": form, "organisation": found}, status=status
    )


@login_required
@require_http_methods(_READ_WRITE)
def change_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Change what a member may do."""
    found = managed_or_404(request, pk)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=member)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        try:
            change_role(membership, role=role, actor=signed_in(request), now=clock.now())
        except DomainError as error:
            form.add_error("role", str(error.message))
        else:
            messages.success(request, _("The role is changed."))
            return redirect("organisation", pk=pk)
    context = {"form": form, "organisation": found, "member": membership}
    status = 422 if form.errors else 200
    return render(request, "accounts/change_member.html", context, status=status)


@login_required
@require_http_methods(_READ_WRITE)
def remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Ask, then take a role away; members may leave by the same page."""
    user = signed_in(request)
    policy = OrganisationPolicy(user)
    found = visible_or_404(policy, pk)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=member)
    if membership.user_id != user.pk and not policy.can_manage(found):
        raise NotAllowed
    context = {"organisation": found, "member": membership, "is_self": membership.user == user}
    if request.method == "POST":
        try:
            remove_member(membership, actor=user, now=clock.now())
        except DomainError as error:
            context["refusal"] = error.message
            return render(request, "accounts/remove_member.html", context, status=409)
        messages.success(request, _("Done: they no longer have this role."))
        if membership.user_id == user.pk:
            return redirect("my_organisations")
        return redirect("organisation", pk=pk)
    return render(request, "accounts/remove_member.html", context)


@login_required
@require_POST
def answer_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an invitation, or turn it down."""
    user = signed_in(request)
    invitation = get_object_or_404(queries.invitations_for(user), pk=pk)
    if request.POST.get("answer") == "accept":
        accept_invitation(invitation, actor=user, now=clock.now())
        messages.success(request, _("You are a member now."))
    else:
        withdraw_invitation(invitation, actor=user, now=clock.now())
        messages.success(request, _("The invitation is turned down."))
    return redirect("my_organisations")


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    found = managed_or_404(request, pk)
    row = get_object_or_404(Invitation, organisation=found, pk=invitation)
    withdraw_invitation(row, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The invitation is taken back."))
    return redirect("organisation", pk=pk)
