"""Where managers say that something is out of order, and that it works again."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.person import signed_in
from core import clock
from spaces.faults import fault_lines, overdue_faults, overdue_lines
from spaces.forms.ways import FaultForm
from spaces.models import AccessFault, Venue
from spaces.services.faults import end_fault, report_fault
from spaces.views.manage import managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_http_methods(READ_WRITE)
def faults(request: HttpRequest, slug: str) -> HttpResponse:
    """What is out of order, and a form to say so."""
    venue = managed_or_404(request, slug)
    now = clock.now()
    form = FaultForm(request.POST or None, venue=venue, today=clock.today())
    form.begin_with(_again(request, venue, now=now))
    actor = signed_in(request)
    done = answer(
        request,
        form,
        save=lambda: report_fault(form.fault(now=now), actor=actor, now=now),
        said=_("It is on the venue’s page now. Those who booked and need it are told."),
        go_to=back_to(venue, "manage_faults"),
    )
    return done or form_page(
        request,
        form,
        title=_("Out of order"),
        back=back_to(venue),
        venue=venue,
        button=_("Say that it is out of order"),
        lead=_(
            "It is shown on the venue’s page at once. People who booked and need it get a mail."
        ),
        template="spaces/faults.html",
        faults=fault_lines(venue, now=now),
        overdue=overdue_lines(venue, now=now),
    )


def _again(request: HttpRequest, venue: Venue, *, now: datetime) -> AccessFault | None:
    """The overdue fault that the address says goes on."""
    rows = {str(row.pk): row for row in overdue_faults(now=now).filter(venue=venue)}
    return rows.get(request.GET.get("again", ""))


@login_required
@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It works again."""
    venue = managed_or_404(request, slug)
    rows = AccessFault.objects.filter(venue=venue).select_related(
        "venue__council", "venue__operator", "node", "space"
    )
    end_fault(get_object_or_404(rows, pk=pk), actor=signed_in(request), now=clock.now())
    messages.success(request, _("Marked as working again."))
    return redirect(back_to(venue, "manage_faults"))
