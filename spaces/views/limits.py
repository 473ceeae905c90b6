"""Limits of the premises: what the licence allows, temporary events, and time kept free."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import dates
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from core import clock, words
from spaces.forms.limits import BuffersForm, EventNoticeForm, LimitForm
from spaces.models import EventNotice, PremisesLimit
from spaces.services.limits import (
    add_limit,
    counted,
    give_event_notice,
    remove_limit,
    set_activity_buffers,
    withdraw_event_notice,
)
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_safe
def limits(request: HttpRequest, slug: str) -> HttpResponse:
    """Every limit with the dates on which it holds, and this year's temporary events."""
    venue = managed_or_404(request, slug)
    year = clock.today().year
    used = counted(venue, year)
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "limits": [_row(limit) for limit in venue.limits.all()],
        "notices": [
            {"pk": row.pk, "words": f"{words.when(row.starts_at, row.ends_at)}: {row.purpose}"}
            for row in venue.event_notices.filter(ends_at__gt=clock.now())
        ],
        "year": year,
        "notices_used": used[PremisesLimit.Kind.NOTICES],
        "days_used": used[PremisesLimit.Kind.NOTICE_DAYS],
        "spaces": venue.spaces.order_by("position", "name"),
    }
    return render(request, "spaces/limits.html", context)


@login_required
@require_http_methods(READ_WRITE)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A limit from a date on."""
    venue = managed_or_404(request, slug)
    form = LimitForm(request.POST or None, initial={"first_on": clock.today()})
    done = answer(
        request,
        form,
        save=lambda: add_limit(form.limit(venue), actor=signed_in(request), now=clock.now()),
        said=_("The limit is saved."),
        go_to=back_to(venue, "manage_limits"),
    )
    return done or form_page(
        request, form, title=_("Add a limit"), back=back_to(venue, "manage_limits"), venue=venue
    )


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A limit that does not hold after all."""
    venue = managed_or_404(request, slug)
    limit = get_object_or_404(PremisesLimit.objects.select_related("venue"), pk=pk, venue=venue)
    remove_limit(limit, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The limit is removed."))
    return redirect("manage_limits", slug=venue.slug)


@login_required
@require_http_methods(READ_WRITE)
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """A temporary event notice that was given to the council."""
    venue = managed_or_404(request, slug)
    form = EventNoticeForm(request.POST or None)
    done = answer(
        request,
        form,
        save=lambda: give_event_notice(
            venue,
            form.span(),
            purpose=form.cleaned_data["purpose"],
            actor=signed_in(request),
            now=clock.now(),
        ),
        said=_("The temporary event notice is saved."),
        go_to=back_to(venue, "manage_limits"),
    )
    return done or form_page(
        request,
        form,
        title=_("Add a temporary event notice"),
        lead=_("Music and alcohol may go on as long as the notice says."),
        back=back_to(venue, "manage_limits"),
        venue=venue,
    )


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A temporary event that is not held."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(EventNotice.objects.select_related("venue"), pk=pk, venue=venue)
    withdraw_event_notice(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The temporary event notice is removed."))
    return redirect("manage_limits", slug=venue.slug)


@login_required
@require_http_methods(READ_WRITE)
def buffers(request: HttpRequest, slug: str, space: str) -> HttpResponse:
    """How long a space is kept free round each kind of activity."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.spaces.select_related("venue"), slug=space)
    form = BuffersForm(request.POST or None, space=found)
    done = answer(
        request,
        form,
        save=lambda: set_activity_buffers(
            found, form.minutes(), actor=signed_in(request), now=clock.now()
        ),
        said=_("The times kept free are saved."),
        go_to=back_to(venue, "manage_limits"),
    )
    usual = {"before": found.setup_minutes, "after": found.cleardown_minutes}
    lead = _(
        "Usually %(before)d minutes are kept free before and %(after)d after. Fill in only the "
        "kinds that need longer."
    )
    return done or form_page(
        request,
        form,
        title=_("Time to set up and clear up: %(name)s") % {"name": found.name},
        lead=lead % usual,
        back=back_to(venue, "manage_limits"),
        venue=venue,
    )


def _row(limit: PremisesLimit) -> dict[str, Any]:
    much = words.clock_time(limit.until) if limit.until is not None else str(limit.most)
    days = ", ".join(str(dates.WEEKDAYS[day]) for day in limit.weekdays)
    held = _("from %(first)s") % {"first": words.long_day(limit.first_on)}
    if limit.last_on is not None:
        names = {"first": words.long_day(limit.first_on), "last": words.long_day(limit.last_on)}
        held = _("%(first)s to %(last)s") % names
    return {
        "pk": limit.pk,
        "what": f"{limit.get_kind_display()}: {much}",
        "when": f"{days}; {held}" if days else held,
    }
