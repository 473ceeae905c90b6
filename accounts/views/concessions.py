"""What hirers ask to count as: the council's list and its answer, and a private person's own."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries, standing
from accounts.forms import DecisionForm, PersonalClaimForm
from accounts.models import Concession, HirerCategory
from accounts.policies import ConcessionPolicy
from accounts.services import claim_for_oneself, decide_concession
from accounts.views.person import signed_in
from core import clock
from core.errors import BadInput, NotAllowed, StateConflict

_READ_WRITE = ["GET", "HEAD", "POST"]
_PER_PAGE = 20


@login_required
@never_cache
@require_safe
def concessions(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, what runs out soon, or what was decided."""
    policy = _deciding(request)
    today = clock.today()
    show = request.GET.get("show", "")
    rows = queries.concessions(policy.decidable(), show=show, today=today)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "show": show if show in queries.CONCESSION_LISTS else "waiting",
        "counts": queries.concession_counts(policy.decidable(), today=today),
        "query": f"show={show}&" if show in queries.CONCESSION_LISTS else "",
    }
    return render(request, "accounts/concessions.html", context)


@login_required
@never_cache
@require_http_methods(_READ_WRITE)
def concession(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its evidence, what an answer would change, and the answer."""
    policy = _deciding(request)
    found = get_object_or_404(policy.decidable(), pk=pk)
    earlier = queries.same_before(found)
    form = DecisionForm(request.POST or None, last=queries.last_day(earlier), today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            decide_concession(found, form.decision(), actor=signed_in(request), now=clock.now())
        except BadInput as error:
            form.refuse(error)
        except StateConflict as error:
            messages.error(request, str(error.message))
            return redirect("concession", pk=pk)
        else:
            messages.success(request, _("Your answer is saved, and they are told."))
            return redirect("concessions")
    context = {
        "concession": found,
        "facts": queries.facts_of_concession(found),
        "change": _change(found),
        "earlier": earlier,
        "form": form,
        "is_open": found.state == Concession.State.CLAIMED,
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/concession.html", context, status=status)


@login_required
@never_cache
@require_http_methods(_READ_WRITE)
def my_concessions(request: HttpRequest) -> HttpResponse:
    """What a private person asked for, what came of it, and asking."""
    user = signed_in(request)
    form = PersonalClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_for_oneself(
                form.cleaned_data["council"], form.claim(), actor=user, now=clock.now()
            )
        except (BadInput, StateConflict) as error:
            form.add_error("what", str(error.message))
        else:
            messages.success(request, _("We have your evidence. Somebody will check it."))
            return redirect("my_concessions")
    context = {"concessions": ConcessionPolicy(user).own().order_by("-pk"), "form": form}
    status = 422 if form.errors else 200
    return render(request, "accounts/my_concessions.html", context, status=status)


def _deciding(request: HttpRequest) -> ConcessionPolicy:
    policy = ConcessionPolicy(signed_in(request))
    if not policy.decides:
        raise NotAllowed
    return policy


def _change(found: Concession) -> dict[str, str] | None:
    """What the group is priced as now, and would be; None where it is not about a category."""
    group = found.organisation
    if group is None or not found.category:
        return None
    now = standing.counted_as(group, group.concessions.all(), on=clock.today())
    return {"now": str(HirerCategory(now).label), "then": found.what}
