"""The booking journey: pick, details, check your answers, done.

What is picked stands in the address, so that it can be shared and opened before signing in.
Who and why stand in the session only, until they are sent.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import HirerCategory
from bookings.errors import CostsMore, DatesTaken
from bookings.forms.booking import booking_request
from bookings.forms.details import DetailsForm
from bookings.forms.pick import PickForm
from bookings.models import Booking
from bookings.requests import OnClash
from bookings.services import preview_booking, request_booking
from bookings.services.planning import Plan
from bookings.views import cheaper, needs_here, outlook, said
from core import clock
from core.errors import BadInput, DomainError, NotAllowed, NotFound
from spaces.faults import fault_lines
from spaces.models import Venue
from spaces.policies import VenuePolicy

_DONE = "bookings_done"
_MOST_DONE = 20


@require_GET
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose spaces and times; shows which dates are free and what they cost."""
    venue = _venue(request, slug)
    asked = _is_asked(request)
    category = _category(request)
    form = (
        _pick_form(request, venue)
        if asked
        else PickForm(venue=venue, initial=_initial(request, venue))
    )
    context: dict[str, Any] = {
        "venue": venue,
        "form": form,
        "category": category,
        "categories": HirerCategory.choices,
        "faults": fault_lines(venue, now=clock.now()),
    }
    if asked and form.is_valid():
        context |= _look_ahead(request, venue, form, category)
    status = 422 if asked and not form.is_valid() else 200
    return render(request, "bookings/pick.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Who books, what for, and who answers for it."""
    venue = _venue(request, slug)
    picked = _pick_form(request, venue)
    asked = _how_many_dates(picked)
    if not asked:
        return _back_to_pick(request, venue)
    data = request.POST if request.method == "POST" else said.kept(request)
    form = said.details_form(request, venue, picked, data, dates=asked)
    if form is None:
        return _back_to_pick(request, venue)
    if request.method == "POST" and said.is_right(form, picked):
        said.keep(request, form)
        return redirect(f"{reverse('book_check', args=[slug])}?{request.GET.urlencode()}")
    context = {"venue": venue, "form": form, "picked": picked, "back": _pick_url(request, venue)}
    return render(request, "bookings/details.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Check your answers; sending them books or asks."""
    venue = _venue(request, slug)
    done = _already_done(request)
    if done:
        return redirect(f"{reverse('booking', args=[done])}?done=1")
    picked = _pick_form(request, venue)
    asked = _how_many_dates(picked)
    if not asked:
        return _back_to_pick(request, venue)
    form = said.details_form(request, venue, picked, said.kept(request), dates=asked)
    if form is None:
        return _back_to_pick(request, venue)
    if not form.is_valid():
        return redirect(f"{reverse('book_details', args=[slug])}?{request.GET.urlencode()}")
    wanted = booking_request(venue, picked, form)
    if request.method == "POST":
        return _send(request, venue, picked, form)
    plan = preview_booking(wanted, actor=request.user, now=clock.now())
    return _render_check(request, venue, picked, form, plan=plan)


def _send(request: HttpRequest, venue: Venue, picked: PickForm, form: DetailsForm) -> HttpResponse:
    wanted = replace(booking_request(venue, picked, form), at_most=_shown(request))
    try:
        booking = request_booking(wanted, actor=request.user, now=clock.now())
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        plan = preview_booking(wanted, actor=request.user, now=clock.now())
        return _render_check(request, venue, picked, form, plan=plan, error=error)
    _remember_done(request, booking)
    return redirect(f"{reverse('booking', args=[booking.reference])}?done=1")


def _render_check(
    request: HttpRequest,
    venue: Venue,
    picked: PickForm,
    form: DetailsForm,
    *,
    plan: Plan,
    error: DomainError | None = None,
) -> HttpResponse:
    query = request.GET.urlencode()
    needs = needs_here.lines(plan, form.cleaned_data["needs"])
    context = {
        "venue": venue,
        "faults": fault_lines(venue, now=clock.now()),
        "needs": needs,
        "is_unsure": any(need["answer"] != "yes" for need in needs),
        "plan": plan,
        "outlook": outlook.of(plan),
        "all_or_nothing": len(plan.free) < len(plan.dates)
        and form.cleaned_data.get("on_clash") == OnClash.REFUSE_ALL.value,
        "pick_again": _pick_url(request, venue),
        "rows": outlook.answers(
            plan, picked, form, pick_url=_pick_url(request, venue), query=query
        ),
        "error": error,
        "breaches": outlook.breach_lines(error, plan),
        "token": secrets.token_urlsafe(16),
        "back": f"{reverse('book_details', args=[venue.slug])}?{query}",
        "search_again": f"{reverse('home')}?{outlook.search_query(request.GET)}",
        **cheaper.context(request, venue, plan),
    }
    conflict = isinstance(error, DatesTaken | CostsMore)
    status = 200 if error is None else 409 if conflict else 422
    return render(request, "bookings/check.html", context, status=status)


def _look_ahead(
    request: HttpRequest, venue: Venue, form: PickForm, category: str
) -> dict[str, Any]:
    """What the dates would be like; a rule of shape that fails becomes an error of the form."""
    try:
        plan = preview_booking(
            booking_request(venue, form, None),
            actor=request.user,
            now=clock.now(),
            category=category,
        )
    except NotFound:
        raise
    except DomainError as error:
        form.add_error(None, str(error.message))
        return {}
    follow = f"{reverse('book_details', args=[venue.slug])}?{request.GET.urlencode()}"
    search = f"{reverse('home')}?{outlook.search_query(request.GET)}"
    return {
        "plan": plan,
        "outlook": outlook.of(plan),
        "follow": follow,
        "search_again": search,
        **cheaper.context(request, venue, plan, category=category),
    }


def _venue(request: HttpRequest, slug: str) -> Venue:
    return get_object_or_404(VenuePolicy(request.user).visible(), slug=slug)


def _pick_form(request: HttpRequest, venue: Venue) -> PickForm:
    return PickForm(request.GET, venue=venue)


def _shown(request: HttpRequest) -> Decimal | None:
    """The price that the page showed; None where it showed none."""
    try:
        shown = Decimal(request.POST.get("shown", "")[:20])
    except InvalidOperation:
        return None
    return shown if shown.is_finite() else None


def _how_many_dates(picked: PickForm) -> int:
    """0 where what was picked cannot be: the first page says why."""
    try:
        return picked.how_many_dates() if picked.is_valid() else 0
    except BadInput:
        return 0


def _is_asked(request: HttpRequest) -> bool:
    """Whether the form was sent, or a link brings every answer; else what it brings is a start."""
    has_date = "on_day" in request.GET or "on" in request.GET
    return has_date and "people" in request.GET and "ends" in request.GET


def _initial(request: HttpRequest, venue: Venue) -> dict[str, Any]:
    """What a link brings along: a space, a day, when it starts."""
    blank = PickForm(venue=venue)
    found = {
        name: field.widget.value_from_datadict(request.GET, {}, name)
        for name, field in blank.fields.items()
    }
    return {name: value for name, value in found.items() if value}


def _category(request: HttpRequest) -> str:
    asked = request.GET.get("category", "")
    return asked if asked in HirerCategory.values else HirerCategory.COMMUNITY.value


def _pick_url(request: HttpRequest, venue: Venue) -> str:
    return f"{reverse('book_pick', args=[venue.slug])}?{request.GET.urlencode()}"


def _back_to_pick(request: HttpRequest, venue: Venue) -> HttpResponseRedirect:
    return HttpResponseRedirect(_pick_url(request, venue))


def _already_done(request: HttpRequest) -> str | None:
    """The booking that this very form made already: a second press of the button is harmless."""
    done: dict[str, str] = request.session.get(_DONE, {})
    token = request.POST.get("token", "")
    return done.get(token) if request.method == "POST" and token else None


def _remember_done(request: HttpRequest, booking: Booking) -> None:
    done: dict[str, str] = request.session.get(_DONE, {})
    token = request.POST.get("token", "")[:64]
    if token:
        done[token] = booking.reference
    request.session[_DONE] = dict(list(done.items())[-_MOST_DONE:])
    said.forget(request)
