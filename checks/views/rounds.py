"""The pages of a council's officers: rounds, what is due, expenses, one visit."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from checks.forms.rounds import InviteForm, ReplyDaysForm, RoundForm
from checks.models import CheckRound, Expenses, ReplyPeriod, VisitState
from checks.policies import CheckPolicy
from checks.queries import Due, due_counts, due_venues
from checks.services import rounds as services
from checks.services.invitations import invite_checker
from core import clock
from core.clock import london
from core.errors import BadInput, NotAllowed, StateConflict
from spaces.views.page import READ_WRITE, form_page

_PER_PAGE = 50


@login_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Where an officer starts: rounds, and what waits."""
    policy = officer(request)
    rows = (
        policy.rounds()
        .annotate(
            visit_count=Count("visits", distinct=True),
            done_count=Count("visits", filter=Q(visits__state=VisitState.PUBLISHED), distinct=True),
        )
        .order_by("-created_at", "-pk")
    )
    counts = due_counts(policy, today=clock.today())
    context = {
        "page": Paginator(rows, _PER_PAGE).get_page(request.GET.get("page")),
        "to_check": counts.get(Due.NEVER, 0) + counts.get(Due.OLD, 0),
        "claims": policy.visits().filter(expenses_state=Expenses.CLAIMED).count(),
        "to_publish": policy.visits().filter(state=VisitState.SENT).count(),
        "reports": policy.reports().filter(state="waiting").count(),
    }
    return render(request, "checks/rounds.html", context)


@login_required
@require_http_methods(READ_WRITE)
def round_new(request: HttpRequest) -> HttpResponse:
    """Begin a round."""
    policy = officer(request)
    form = RoundForm(request.POST or None, councils=policy.councils())
    if request.method == "POST" and form.is_valid():
        try:
            council = form.council()
            made = services.make_round(
                council, **form.cleaned_data, actor=signed_in(request), now=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("The round is made. Invite checkers next."))
            return redirect("check_round", pk=made.pk)
    return form_page(
        request, form, title=_("Make a round of access checks"), back=reverse("check_rounds")
    )


@login_required
@require_safe
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The visits of a round."""
    policy = officer(request)
    row = get_object_or_404(policy.rounds(), pk=pk)
    visits = policy.visits().filter(round=row).order_by("venue__name", "pk")
    page = Paginator(visits, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "checks/round.html", {"round": row, "page": page})


@login_required
@require_http_methods(READ_WRITE)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to visit a venue."""
    policy = officer(request)
    row = get_object_or_404(policy.rounds(), pk=pk)
    venues = policy.checkable().filter(council=row.council_id)
    chosen = venues.filter(slug=request.GET.get("venue", "")).first()
    form = InviteForm(request.POST or None, venues=venues, initial={"venue": chosen})
    if request.method == "POST" and form.is_valid():
        venue, email = form.cleaned_data["venue"], form.cleaned_data["email"]
        try:
            invite_checker(row, venue, email=email, actor=signed_in(request), now=clock.now())
        except (BadInput, StateConflict) as error:
            form.refuse(error)
        else:
            messages.success(request, _("We have written to them."))
            return redirect("check_round", pk=pk)
    return form_page(
        request,
        form,
        title=_("Invite a checker"),
        back=reverse("check_round", args=[pk]),
        button=_("Invite"),
    )


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite nobody more."""
    row: CheckRound = get_object_or_404(officer(request).rounds(), pk=pk)
    services.close_round(row, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The round is closed. Visits under way go on."))
    return redirect("check_round", pk=pk)


@login_required
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Venues by what is due: never checked, checked long ago, under way."""
    policy = officer(request)
    today = clock.today()
    counts = due_counts(policy, today=today)
    rows = due_venues(policy, today=today)
    show = request.GET.get("show", "")
    if show in Due.values:
        rows = rows.filter(due=show)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    labels = dict(Due.choices)
    context = {
        "page": page,
        "rows": [{"venue": row, "label": labels[Due(row.due)]} for row in page],
        "states": [(one.value, one.label, counts.get(one.value, 0)) for one in Due],
        "show": show if show in Due.values else "",
        "query": f"show={show}&" if show in Due.values else "",
        "open_round": policy.rounds().filter(closed_at=None).first(),
    }
    return render(request, "checks/due.html", context)


@login_required
@require_http_methods(READ_WRITE)
def settings(request: HttpRequest) -> HttpResponse:
    """How long venues have to reply, from which day on."""
    policy = officer(request)
    form = ReplyDaysForm(request.POST or None, councils=policy.councils())
    if request.method == "POST" and form.is_valid():
        try:
            council = form.council()
            services.set_reply_days(
                council, **form.cleaned_data, actor=signed_in(request), now=clock.now()
            )
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("The time to reply is saved."))
            return redirect("check_settings")
    periods = ReplyPeriod.objects.filter(council__in=policy.councils()).select_related("council")
    lead = _("Without a setting, venues have %(days)s days.") % {"days": services.DAYS_TO_REPLY}
    return form_page(
        request,
        form,
        title=_("Time for venues to reply"),
        back=reverse("check_rounds"),
        lead=lead,
        periods=list(periods),
        today=london(clock.now()).date(),
        template="checks/settings.html",
    )


def officer(request: HttpRequest) -> CheckPolicy:
    """Raises: NotAllowed for those who run no council's access checks."""
    policy = CheckPolicy(request.user)
    if not policy.is_officer:
        raise NotAllowed
    return policy
