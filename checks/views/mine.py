"""The pages of a checker: invitations, and a visit step by step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from checks.forms.questions import QuestionsForm
from checks.forms.visits import ExpensesForm, PhotoForm, StoryForm
from checks.models import Expenses, Visit, VisitPhoto, VisitState
from checks.policies import CheckPolicy
from checks.queries import found, photos_of
from checks.services.drafts import claim_expenses, save_answers, save_story, send_in
from checks.services.invitations import accept_invitation, decline_invitation
from checks.services.photos import add_photo, remove_photo
from checks.steps import Step, key_of, steps_of
from core import clock
from core.errors import BadInput, StateConflict
from spaces.views.page import READ_WRITE, form_page


@login_required
@require_safe
def my_visits(request: HttpRequest) -> HttpResponse:
    """Invitations to check a venue, visits under way, and those that are done."""
    rows = list(CheckPolicy(request.user).own_visits().order_by("-invited_at", "-pk")[:200])
    groups = [
        (_("You are invited"), [row for row in rows if row.state == VisitState.INVITED]),
        (_("To visit"), [row for row in rows if row.state == VisitState.ACCEPTED]),
        (
            _("Sent in"),
            [row for row in rows if row.state in {VisitState.SENT, VisitState.PUBLISHED}],
        ),
    ]
    return render(request, "checks/my_visits.html", {"groups": groups})


@login_required
@require_POST
def answer_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to an invitation, or give a visit back."""
    visit = _own_or_404(request, pk)
    user = signed_in(request)
    if request.POST.get("answer") == "accept":
        accept_invitation(visit, actor=user, now=clock.now())
        messages.success(request, _("Thank you. The visit is yours."))
        return redirect("my_visit", pk=pk)
    decline_invitation(visit, actor=user, now=clock.now())
    messages.success(request, _("The council will ask somebody else."))
    return redirect("my_visits")


@login_required
@require_safe
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be looked at, place by place, and what has been saved."""
    row = _mine_or_404(request, pk)
    context: dict[str, Any] = {"visit": row, "photos": photos_of([row])[row.pk]}
    if row.is_draft:
        answered = {key_of(one) for one in row.answers.all()}
        context["steps"] = [
            {
                "href": reverse("my_visit_step", args=[pk, step.slug]),
                "heading": step.heading,
                "done": sum(key in answered for key in step.keys),
                "asked": len(step.facts),
            }
            for step in steps_of(row.venue)
        ]
    else:
        context["found"] = found([row])[row.pk]
    return render(request, "checks/my_visit.html", context)


@login_required
@require_http_methods(READ_WRITE)
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One page of questions. Saved on the server when it is sent."""
    row = _draft_or_404(request, pk)
    steps = steps_of(row.venue)
    here = next((n for n, one in enumerate(steps) if one.slug == slug), None)
    if here is None:
        raise Http404
    page = steps[here]
    form = QuestionsForm(request.POST or None, facts=page.facts, given=_given(row, page))
    if request.method == "POST" and form.is_valid():
        try:
            save_answers(row, page, form.given(), actor=signed_in(request), now=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            later = steps[here + 1 :]
            if "back" in request.POST or not later:
                return redirect(f"{reverse('my_visit', args=[pk])}?saved={slug}")
            after = reverse("my_visit_step", args=[pk, later[0].slug])
            return redirect(f"{after}?saved={slug}")
    context = {
        "visit": row,
        "step": page,
        "form": form,
        "number": here + 1,
        "total": len(steps),
        "is_last": here + 1 == len(steps),
        "saved": _saved(request, steps),
    }
    return render(request, "checks/step.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(READ_WRITE)
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """The day of the visit, and what it was like."""
    row = _draft_or_404(request, pk)
    start = {"visited_on": row.visited_on, "words": row.words}
    form = StoryForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            save_story(row, form.story(), actor=signed_in(request), now=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            return redirect(f"{reverse('my_visit', args=[pk])}?saved=story")
    context = {"visit": row, "form": form}
    return render(request, "checks/story.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(READ_WRITE)
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photo with its words."""
    row = _draft_or_404(request, pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_photo(
                row,
                form.cleaned_data["file"].read(),
                alt=form.cleaned_data["alt"],
                actor=signed_in(request),
                now=clock.now(),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("The photo is saved."))
            return redirect("my_visit", pk=pk)
    return form_page(
        request,
        form,
        title=_("Add a photo"),
        back=reverse("my_visit", args=[pk]),
        multipart=True,
    )


@login_required
@require_POST
def photo_remove(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Take a photo away again."""
    row = _draft_or_404(request, pk)
    found_photo = get_object_or_404(VisitPhoto.objects.select_related("visit"), visit=row, pk=photo)
    remove_photo(found_photo, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The photo is removed."))
    return redirect("my_visit", pk=pk)


@login_required
@require_http_methods(READ_WRITE)
def expenses(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim what the visit cost."""
    row = _mine_or_404(request, pk)
    back = reverse("my_visit", args=[pk])
    if row.expenses_state not in {Expenses.NONE, Expenses.CLAIMED}:
        return redirect(back)
    start = {"amount": row.expenses, "what_for": row.expenses_for}
    form = ExpensesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            claim_expenses(row, **form.cleaned_data, actor=signed_in(request), now=clock.now())
        except BadInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("Your expenses are saved."))
            return redirect(back)
    return form_page(request, form, title=_("What did the visit cost you?"), back=back)


@login_required
@require_http_methods(READ_WRITE)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Read everything once more, then send it in."""
    row = _draft_or_404(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            send_in(row, actor=signed_in(request), now=clock.now())
        except (BadInput, StateConflict) as error:
            refusal = str(error.message)
        else:
            messages.success(request, _("Thank you. Your visit is sent in."))
            return redirect(reverse("my_visit", args=[pk]))
    context = {
        "visit": row,
        "found": found([row])[row.pk],
        "photos": photos_of([row])[row.pk],
        "refusal": refusal,
    }
    return render(request, "checks/send.html", context, status=422 if refusal else 200)


def _given(row: Visit, page: Step) -> dict[str, Any]:
    rows = row.answers.filter(space=page.space, node=page.node)
    return {one.code: one for one in rows}


def _saved(request: HttpRequest, steps: list[Step]) -> str:
    """The page that was saved just before, if the address names one of this visit."""
    asked = request.GET.get("saved", "")
    return asked if any(one.slug == asked for one in steps) else ""


def _own_or_404(request: HttpRequest, pk: int) -> Visit:
    return get_object_or_404(CheckPolicy(request.user).own_visits(), pk=pk)


def _mine_or_404(request: HttpRequest, pk: int) -> Visit:
    """A visit that the person said yes to."""
    rows = CheckPolicy(request.user).own_visits().filter(checker=signed_in(request))
    return get_object_or_404(rows, pk=pk)


def _draft_or_404(request: HttpRequest, pk: int) -> Visit:
    """Raises: Http404, StateConflict once it was sent in."""
    row = _mine_or_404(request, pk)
    if not row.is_draft:
        raise StateConflict(_("This visit has been sent in, so it can no longer be changed."))
    return row
