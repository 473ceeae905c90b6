"""For venue managers and caretakers: requests to answer, and the diary."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bookings import queries
from bookings.models import VatChange
from bookings.policies import BookingPolicy
from bookings.services import (
    approve_booking,
    decline_booking,
    record_attended,
    record_no_show,
    settle_vat_change,
)
from bookings.views import wording
from bookings.views.mine import find, render_booking
from bookings.views.person import signed_in
from core import clock, words
from core.errors import BadInput, StateConflict
from core.intervals import Span
from spaces.models import Venue
from spaces.policies import May, VenuePolicy

_PER_PAGE = 20
_DAYS = 7


@login_required
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, most pressing first."""
    policy = BookingPolicy(request.user)
    if not policy.venues.manageable().exists():
        raise PermissionDenied
    rows = queries.waiting(queries.with_summary(policy.decidable(), now=clock.now()))
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [wording.summary(booking) for booking in page]}
    return render(request, "bookings/requests.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Yes or no to the dates that wait: all of them, or those that are ticked."""
    booking = find(request, reference)
    if not BookingPolicy(request.user).can_decide(booking):
        raise Http404
    ticked = [int(pk) for pk in request.POST.getlist("dates") if pk.isdecimal() and len(pk) < 19]
    now, dates = clock.now(), ticked or None
    try:
        if request.POST.get("answer") == "approve":
            done = approve_booking(booking, actor=signed_in(request), now=now, dates=dates)
            said = _("Booked: %(dates)s.")
        elif request.POST.get("answer") == "decline":
            done = decline_booking(
                booking,
                reason=request.POST.get("reason", ""),
                actor=signed_in(request),
                now=now,
                dates=dates,
            )
            said = _("Declined: %(dates)s.")
        else:
            return render_booking(request, booking, error=_("Say yes or no."), status=422)
    except (BadInput, StateConflict) as error:
        fresh, words_of = find(request, reference), str(error.message)
        if isinstance(error, BadInput):
            return render_booking(request, fresh, error=words_of, box="reason", status=422)
        return render_booking(request, fresh, error=words_of, status=409)
    messages.success(request, said % {"dates": wording.many_dates(len(done))})
    return redirect("booking", reference=booking.reference)


@login_required
@require_POST
def came(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Whether a date took place."""
    booking = find(request, reference)
    occurrence = next((o for o in booking.occurrences.all() if o.pk == pk), None)
    if occurrence is None or not BookingPolicy(request.user).can_decide(booking):
        raise Http404
    record = record_no_show if request.POST.get("came") == "no" else record_attended
    try:
        record(occurrence, actor=signed_in(request), now=clock.now())
    except StateConflict as error:
        fresh = find(request, reference)
        return render_booking(request, fresh, error=str(error.message), status=409)
    return redirect("booking", reference=booking.reference)


@login_required
@require_POST
def settle_vat(request: HttpRequest, reference: str) -> HttpResponse:
    """The manager adds the VAT that became due to the price, or the venue bears it."""
    booking = find(request, reference)
    change = VatChange.objects.filter(booking=booking, settled="").first()
    if change is None or not BookingPolicy(request.user).can_decide(booking):
        raise Http404
    try:
        settle_vat_change(
            change, request.POST.get("how", ""), actor=signed_in(request), now=clock.now()
        )
    except (BadInput, StateConflict) as error:
        status = 422 if isinstance(error, BadInput) else 409
        fresh = find(request, reference)
        return render_booking(request, fresh, error=str(error.message), status=status)
    messages.success(request, _("What you decided about the VAT is saved."))
    return redirect("booking", reference=booking.reference)


@login_required
@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """Who is in: a week of one venue, or only today for those whose role ends there."""
    policy = VenuePolicy(request.user)
    venues = list(policy.diary_venues().order_by("name"))
    if not venues:
        raise PermissionDenied
    venue = _chosen(request, venues)
    only_today = policy.sees_only_today(venue)
    today = clock.today()
    first = today if only_today else _first_day(request, today)
    days = 1 if only_today else _DAYS
    window = Span(clock.start_of_day(first), clock.start_of_day(first + timedelta(days=days)))
    context: dict[str, Any] = {
        "venue": venue,
        "venues": venues,
        "only_today": only_today,
        "days": _days(policy, venue, window, first, days),
        "first": first,
        "earlier": first - timedelta(days=days),
        "later": first + timedelta(days=days),
        "may_decide": policy.can_manage(venue),
        "shows_today": first < today < first + timedelta(days=days),
    }
    return render(request, "bookings/diary.html", context)


def _days(
    policy: VenuePolicy, venue: Venue, window: Span, first: date, days: int
) -> list[dict[str, Any]]:
    today = clock.today()
    uses = list(queries.diary([venue.pk], window, now=clock.now()))
    sees_people = policy.may(May.PEOPLE, venue)
    sees_today = policy.may(May.PEOPLE_TODAY, venue)
    found = []
    for n in range(days):
        day = first + timedelta(days=n)
        bounds = Span(*clock.day_bounds(day))
        people = sees_people or (sees_today and day == today)
        entries = [
            wording.diary_entry(use, sees_people=people, href=sees_people)
            for use in uses
            if Span(use.starts_at, use.ends_at).overlaps(bounds)
        ]
        title, mark = words.long_day(day), ""
        if day == today:
            title, mark = _("Today, %(day)s") % {"day": title}, "today"
        found.append({"id": mark, "title": title, "entries": entries, "empty": _("Nothing booked")})
    return _folded(found)


def _folded(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Days on end with nothing booked are told once, from the first to the last."""
    folded: list[dict[str, Any]] = []
    for is_busy, run in groupby(days, key=lambda day: bool(day["entries"])):
        alike = list(run)
        if is_busy or len(alike) == 1:
            folded += alike
            continue
        ends = {"first": alike[0]["title"], "last": alike[-1]["title"]}
        folded.append({**alike[0], "title": _("%(first)s to %(last)s") % ends})
    return folded


def _chosen(request: HttpRequest, venues: list[Venue]) -> Venue:
    slug = request.GET.get("venue")
    found = next((venue for venue in venues if venue.slug == slug), None)
    if slug and found is None:
        raise Http404
    return found or _busiest(venues)


def _busiest(venues: list[Venue]) -> Venue:
    """The first of them where somebody comes this week; nobody opens a diary to see it empty."""
    today = clock.today()
    week = Span(clock.start_of_day(today), clock.start_of_day(today + timedelta(days=_DAYS)))
    uses = queries.diary([venue.pk for venue in venues], week, now=clock.now())
    busy = set(uses.order_by().values_list("space__venue_id", flat=True).distinct())
    return next((venue for venue in venues if venue.pk in busy), venues[0])


def _first_day(request: HttpRequest, today: date) -> date:
    try:
        asked = parse_date(request.GET.get("from", ""))
    except ValueError:
        asked = None
    if asked is None or not 1950 <= asked.year <= 2150:
        asked = today
    return asked - timedelta(days=asked.weekday())
