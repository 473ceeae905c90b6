"""Help with the price at a venue: what is given, giving more of it, and ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.policies import MANAGERS, StaffScope
from bookings import support_lists
from bookings.forms.support import GrantForm, HoursForm, VoucherForm
from bookings.models import Allowance, Grant, Voucher
from bookings.services.support import granting
from bookings.views.person import signed_in
from core import clock
from core.errors import BadInput
from spaces.models import Venue
from spaces.policies import VenuePolicy
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page

_LIST = "manage_support"
_ENDS: dict[str, tuple[Any, Any]] = {
    "hours": (Allowance, granting.end_allowance),
    "voucher": (Voucher, granting.stop_voucher),
    "grant": (Grant, granting.end_grant),
}


@login_required
@require_safe
def support(request: HttpRequest, slug: str) -> HttpResponse:
    """Free hours, vouchers and grants, each with what is left."""
    venue = managed_or_404(request, slug)
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "everywhere": granting.can_give_everywhere(signed_in(request), venue),
        **support_lists.at_venue(venue, today=clock.today()),
    }
    return render(request, "bookings/support.html", context)


@login_required
@require_http_methods(READ_WRITE)
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a group free hours."""
    venue = managed_or_404(request, slug)
    form = HoursForm(request.POST or None, groups=_groups(request, venue), **_for(request, venue))
    done = answer(
        request,
        form,
        save=lambda: granting.grant_allowance(
            form.where(), form.given(), actor=signed_in(request), now=clock.now()
        ),
        said=_("The free hours are saved."),
        go_to=back_to(venue, _LIST),
    )
    return done or _page(request, form, venue, _("Give free hours"))


@login_required
@require_http_methods(READ_WRITE)
def grant(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that somebody pays a part for a group."""
    venue = managed_or_404(request, slug)
    form = GrantForm(request.POST or None, groups=_groups(request, venue), **_for(request, venue))
    done = answer(
        request,
        form,
        save=lambda: granting.record_grant(
            form.where(), form.terms(), actor=signed_in(request), now=clock.now()
        ),
        said=_("The grant is saved."),
        go_to=back_to(venue, _LIST),
    )
    return done or _page(request, form, venue, _("Record a grant"))


@login_required
@never_cache
@sensitive_variables("code")
@require_http_methods(READ_WRITE)
def voucher(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a voucher. Its code is on the answer and nowhere else, so there is no redirect."""
    venue = managed_or_404(request, slug)
    form = VoucherForm(request.POST or None, **_for(request, venue))
    if request.method == "POST" and form.is_valid():
        try:
            made, code = granting.make_voucher(
                form.where(), form.terms(), actor=signed_in(request), now=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            context = {"venue": venue, "voucher": made, "code": code}
            return render(request, "bookings/voucher_made.html", context, status=201)
    return _page(request, form, venue, _("Make a voucher"))


@login_required
@require_POST
def end(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """No more of it from now on; bookings that were made with it stay as they are."""
    venue = managed_or_404(request, slug)
    if kind not in _ENDS:
        raise Http404
    model, service = _ENDS[kind]
    here = Q(operator=venue.operator_id) & (Q(venue__isnull=True) | Q(venue=venue.pk))
    found = get_object_or_404(model._default_manager.filter(here), pk=pk)
    service(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("It is ended. What was booked with it stays as it is."))
    return redirect(_LIST, slug=venue.slug)


def _for(request: HttpRequest, venue: Venue) -> dict[str, Any]:
    everywhere = granting.can_give_everywhere(signed_in(request), venue)
    return {"venue": venue, "everywhere": everywhere, "initial": {"first_on": clock.today()}}


def _page(request: HttpRequest, form: Any, venue: Venue, title: str) -> HttpResponse:
    return form_page(request, form, title=title, back=back_to(venue, _LIST), venue=venue)


def _groups(request: HttpRequest, venue: Venue) -> QuerySet[Organisation]:
    """Groups of the council, to its staff; to others those that have booked at the operator."""
    rows = Organisation.objects.filter(council=venue.council_id).order_by("name", "pk")
    scope = StaffScope(request.user)
    if scope.is_administrator or venue.council_id in scope.council_ids(MANAGERS):
        return rows
    managed = VenuePolicy(request.user, scope=scope).manageable()
    return rows.filter(bookings__venue__in=managed).distinct()
