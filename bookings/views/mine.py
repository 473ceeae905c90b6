"""My bookings, and the page of one booking for everybody who may see it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from bookings import discreet, queries
from bookings.models import Booking
from bookings.policies import BookingPolicy
from bookings.views import money_rows, vat_words, wording
from core import clock
from spaces.faults import fault_lines
from tariffs.services import answers_in_words

# The name of the ticks beside the dates that can be cancelled.
TICKS = "cancel"
_PER_PAGE = 20


@login_required
@require_GET
def my_bookings(request: HttpRequest) -> HttpResponse:
    """Every booking of the person and of their organisations: to come, and past."""
    now = clock.now()
    past = request.GET.get("show") == "past"
    rows = queries.with_summary(BookingPolicy(request.user).mine(), now=now)
    rows = queries.past(rows) if past else queries.to_come(rows)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "past": past,
        "rows": [wording.summary(booking) for booking in page],
        "query": "show=past&" if past else "",
    }
    return render(request, "bookings/my_bookings.html", context)


@login_required
@require_GET
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """One booking: its dates, its price with the working, and what can be done."""
    return render_booking(request, find(request, reference))


def find(request: HttpRequest, reference: str) -> Booking:
    """The booking, where the person may see it. Raises: Http404 in every other case."""
    policy = BookingPolicy(request.user)
    rows = queries.for_page(policy.visible())
    found = rows.filter(reference=reference.upper()).first() if reference.isalnum() else None
    if found is None:
        raise Http404
    return found


def ticked(request: HttpRequest) -> set[str]:
    """Which of those ticks are set, as they were sent."""
    return set((request.POST if request.method == "POST" else request.GET).getlist(TICKS))


def render_booking(
    request: HttpRequest, booking: Booking, *, error: str = "", box: str = "", status: int = 200
) -> HttpResponse:
    """The page; `error` is what just went wrong, `box` the name of the answer to mend."""
    now = clock.now()
    policy = BookingPolicy(request.user)
    dates = [wording.date_row(date, now=now) for date in booking.occurrences.all()]
    may_decide, is_hirer = policy.can_decide(booking), policy.cancels_as_hirer(booking)
    over = [date for date in dates if date["is_past"]]
    unsaid = [date for date in over if may_decide and date["is_unsaid"]]
    answered, chosen = request.POST.getlist("dates"), ticked(request)
    can_go = [date["pk"] for date in dates if date["can_cancel"]]
    chooses = policy.can_cancel(booking) and len(can_go) > 1
    context: dict[str, Any] = {
        "booking": booking,
        "faults": fault_lines(booking.venue, now=now),
        "dates": [date for date in dates if not date["is_past"]],
        "ahead": wording.ahead(sum(row["stands"] for row in dates if not row["is_past"])),
        "unsaid": unsaid,
        "past": [date for date in over if date not in unsaid],
        "facts": wording.facts(
            booking,
            for_staff=not is_hirer,
            answers=answers_in_words(booking.venue_id, booking.answers),
        ),
        "price": wording.price(booking if is_hirer else discreet.for_staff(booking)),
        "vat": vat_words.of_booking(booking, for_staff=may_decide),
        "paying": money_rows.of_booking(booking, for_hirer=is_hirer),
        "can_cancel": policy.can_cancel(booking) and bool(can_go),
        "may_cancel": policy.can_cancel(booking),
        "may_decide": may_decide,
        "is_hirer": is_hirer,
        "waiting": [date for date in dates if date["is_waiting"]],
        "done": request.GET.get("done") == "1",
        "headline": _("Booked") if not wording.is_waiting(booking) else _("Request sent"),
        "error": error,
        "box": box,
        "mend": _to_mend(box, can_go if chooses else []),
        "ticks": TICKS if chooses else "",
        "chosen": [pk for pk in can_go if str(pk) in chosen],
        "reason": request.POST.get("reason", "").replace("\x00", ""),
        "ticked": [date["pk"] for date in dates if str(date["pk"]) in answered],
    }
    return render(request, "bookings/booking.html", context, status=status)


def _to_mend(box: str, ticks: list[int]) -> str:
    """The id that the error leads to; none where the ticks are meant and there are none left."""
    if box != TICKS:
        return box
    return f"{TICKS}-{ticks[0]}" if ticks else ""
