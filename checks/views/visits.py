"""What officers do with one visit, and with what it cost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from checks.forms.rounds import ReasonForm
from checks.models import Expenses, Visit, VisitPhoto, VisitState
from checks.queries import found, photos_of
from checks.services.expenses import approve_expenses, refuse_expenses
from checks.services.invitations import withdraw_visit
from checks.services.photos import remove_photo
from checks.services.replies import publish
from checks.views.rounds import officer
from core import clock
from core.errors import BadInput
from spaces.views.page import READ_WRITE, form_page

_PER_PAGE = 50


@login_required
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit, with all that is known of it; a draft stays the checker's own."""
    row = get_object_or_404(officer(request).visits(), pk=pk)
    is_sent = row.state in {VisitState.SENT, VisitState.PUBLISHED}
    is_over = row.reply_by is not None and row.reply_by < clock.today()
    context = {
        "visit": row,
        "found": found([row])[row.pk] if is_sent else [],
        "photos": photos_of([row])[row.pk] if is_sent else [],
        "may_publish": row.state == VisitState.SENT and bool(row.replied_at or is_over),
        "may_withdraw": row.state in {VisitState.INVITED, VisitState.ACCEPTED, VisitState.SENT},
    }
    return render(request, "checks/visit.html", context)


@login_required
@require_POST
def visit_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what the venue replied to, or had its time to."""
    row: Visit = get_object_or_404(officer(request).visits(), pk=pk)
    publish(row, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The visit is published, and its answers are on the venue’s page."))
    return redirect("check_visit", pk=pk)


@login_required
@require_http_methods(READ_WRITE)
def visit_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back, or keep a visit from being published."""
    row = get_object_or_404(officer(request).visits(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            withdraw_visit(row, reason=reason, actor=signed_in(request), now=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("The visit is taken back."))
            return redirect("check_round", pk=row.round_id)
    return form_page(
        request,
        form,
        title=_("Take this visit back"),
        back=reverse("check_visit", args=[pk]),
        button=_("Take back"),
    )


@login_required
@require_POST
def visit_photo_remove(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Take a photo away that should not be seen."""
    row = get_object_or_404(officer(request).visits(), pk=pk)
    rows = VisitPhoto.objects.select_related("visit")
    found_photo = get_object_or_404(rows, visit=row, pk=photo)
    remove_photo(found_photo, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The photo is removed."))
    return redirect("check_visit", pk=pk)


@login_required
@require_safe
def expenses(request: HttpRequest) -> HttpResponse:
    """What checkers claim: first what waits."""
    rows = officer(request).visits().exclude(expenses_state=Expenses.NONE)
    rows = rows.order_by("expenses_decided_at", "pk").reverse()
    waiting = rows.filter(expenses_state=Expenses.CLAIMED).order_by("pk")
    decided = rows.exclude(expenses_state=Expenses.CLAIMED)
    context: dict[str, Any] = {
        "waiting": list(waiting[:200]),
        "page": Paginator(decided, _PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "checks/expenses.html", context)


@login_required
@require_POST
def expenses_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that they will be paid."""
    row: Visit = get_object_or_404(officer(request).visits(), pk=pk)
    approve_expenses(row, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The expenses are approved."))
    return redirect("check_expenses")


@login_required
@require_http_methods(READ_WRITE)
def expenses_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why they are not paid."""
    row = get_object_or_404(officer(request).visits(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            refuse_expenses(row, reason=reason, actor=signed_in(request), now=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("The expenses are refused."))
            return redirect("check_expenses")
    return form_page(
        request,
        form,
        title=_("Refuse these expenses"),
        back=reverse("check_expenses"),
        button=_("Refuse"),
    )
