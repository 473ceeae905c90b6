"""The pages of those who run a venue: replying to visits, and deciding on reports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.person import signed_in
from checks.forms.reports import DecideForm
from checks.forms.visits import ReplyForm
from checks.models import ChangeReport, VisitState
from checks.policies import CheckPolicy
from checks.queries import found, photos_of, said_now
from checks.services.replies import reply, say_fine
from checks.services.reports import accept_report, set_report_aside
from core import clock
from core.errors import BadInput
from spaces.access_facts import FACTS
from spaces.models import Venue
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE

_PER_PAGE = 50


@login_required
@require_safe
def checks(request: HttpRequest, slug: str) -> HttpResponse:
    """The access checks of a venue, those to reply to first."""
    venue = managed_or_404(request, slug)
    rows = CheckPolicy(request.user).visits_to_reply(venue).order_by("-sent_at", "-pk")
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {"venue": venue, "page": page, "crumbs": crumbs(venue)}
    return render(request, "checks/venue_visits.html", context)


@login_required
@require_http_methods(READ_WRITE)
def check(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Read what was found, and reply."""
    venue = _public_or_404(request, slug)
    visit = get_object_or_404(CheckPolicy(request.user).visits_to_reply(venue), pk=pk)
    form = ReplyForm(request.POST or None, initial={"words": visit.reply})
    if request.method == "POST" and form.is_valid():
        actor, now = signed_in(request), clock.now()
        try:
            if "fine" in request.POST:
                say_fine(visit, actor=actor, now=now)
                messages.success(request, _("The visit is published."))
            else:
                reply(visit, words=form.cleaned_data["words"], actor=actor, now=now)
                messages.success(request, _("Your reply is saved. It is published with the visit."))
        except BadInput as error:
            form.refuse(error)
        else:
            return redirect("venue_check", slug=slug, pk=pk)
    context = {
        "venue": venue,
        "visit": visit,
        "form": form,
        "found": found([visit])[visit.pk],
        "photos": photos_of([visit])[visit.pk],
        "may_reply": visit.state == VisitState.SENT,
    }
    return render(request, "checks/venue_visit.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def all_reports(request: HttpRequest) -> HttpResponse:
    """What visitors say has changed, at every venue that the person runs."""
    policy = CheckPolicy(request.user)
    rows = policy.reports().filter(state=ChangeReport.State.WAITING)
    return _reports(request, rows, {})


@login_required
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """What visitors say has changed at one venue."""
    venue = managed_or_404(request, slug)
    rows = CheckPolicy(request.user).reports().filter(venue=venue)
    return _reports(request, rows, {"venue": venue, "crumbs": crumbs(venue)})


@login_required
@require_http_methods(READ_WRITE)
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Accept what somebody said, or set it aside."""
    venue = _public_or_404(request, slug)
    row = get_object_or_404(CheckPolicy(request.user).reports(), venue=venue, pk=pk)
    fact = FACTS.get(row.code)
    form = DecideForm(request.POST or None, facts=[fact] if fact else [], given={row.code: row})
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, row, form)
        except BadInput as error:
            form.refuse(error)
        else:
            return redirect("venue_reports", slug=slug)
    context = {
        "venue": venue,
        "report": row,
        "fact": fact,
        "form": form,
        "place": row.space or row.node or _("The whole venue"),
        "now_says": said_now(venue).get((row.code, row.space_id, row.node_id), ""),
    }
    return render(request, "checks/report.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, row: ChangeReport, form: DecideForm) -> None:
    actor, now, reason = signed_in(request), clock.now(), form.cleaned_data["reason"]
    if "set_aside" in request.POST:
        set_report_aside(row, reason=reason, actor=actor, now=now)
        messages.success(request, _("It is set aside."))
        return
    given = form.given().get(row.code)
    accept_report(row, given, reason=reason, actor=actor, now=now)
    said = _("It is accepted, and stands on the venue’s page.")
    messages.success(request, said if given else _("It is accepted."))


def _reports(request: HttpRequest, rows: Any, more: dict[str, Any]) -> HttpResponse:
    page = Paginator(
        rows.order_by("decided_at", "reported_at", "pk").reverse(), _PER_PAGE
    ).get_page(request.GET.get("page"))
    told = [
        {
            "report": row,
            "about": FACTS[row.code].question if row.code in FACTS else _("Something else"),
            "place": row.space or row.node or "",
            "href": reverse("venue_report", args=[row.venue.slug, row.pk]),
        }
        for row in page
    ]
    return render(request, "checks/reports.html", {"page": page, "reports": told, **more})


def _public_or_404(request: HttpRequest, slug: str) -> Venue:
    """A venue that the person runs and that is public: no other is checked."""
    venue = managed_or_404(request, slug)
    if venue.visibility != Venue.Visibility.PUBLIC:
        raise Http404
    return venue
