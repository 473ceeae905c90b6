"""Cancel a date, several or a whole booking: a page that asks, then the step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bookings.models import Booking, By, Occurrence
from bookings.policies import BookingPolicy
from bookings.services import cancel_booking, cancel_dates, cancel_occurrence, charging
from bookings.views import money_rows, vat_words, wording
from bookings.views.mine import TICKS, find, render_booking, ticked
from bookings.views.person import signed_in
from core import clock
from core.errors import BadInput, StateConflict


@login_required
@require_http_methods(["GET", "POST"])
def whole(request: HttpRequest, reference: str) -> HttpResponse:
    """Every date that is still to come."""
    booking = _cancellable(request, reference)
    now = clock.now()
    dates = list(booking.occurrences.all())
    ahead = [date for date in dates if wording.date_row(date, now=now)["can_cancel"]]
    if request.method == "GET":
        return _ask(request, booking, ahead, now=now)
    try:
        cancelled = cancel_booking(
            booking, reason=_reason(request), actor=signed_in(request), now=now
        )
    except BadInput as error:
        return _ask(request, booking, ahead, now=now, error=str(error.message))
    except StateConflict as error:
        return render_booking(
            request, find(request, reference), error=str(error.message), status=409
        )
    messages.success(request, _cancelled(len(cancelled)))
    return redirect("booking", reference=booking.reference)


@login_required
@require_http_methods(["GET", "POST"])
def date(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One date."""
    booking = _cancellable(request, reference)
    occurrence = next((o for o in booking.occurrences.all() if o.pk == pk), None)
    if occurrence is None:
        raise Http404
    now = clock.now()
    when = wording.date_row(occurrence, now=now)["when"]
    if request.method == "GET":
        return _ask(request, booking, [occurrence], now=now)
    try:
        cancel_occurrence(occurrence, reason=_reason(request), actor=signed_in(request), now=now)
    except BadInput as error:
        return _ask(request, booking, [occurrence], now=now, error=str(error.message))
    except StateConflict as error:
        return render_booking(
            request, find(request, reference), error=str(error.message), status=409
        )
    messages.success(request, _("%(when)s is cancelled.") % {"when": when})
    return redirect("booking", reference=booking.reference)


@login_required
@require_http_methods(["GET", "POST"])
def chosen(request: HttpRequest, reference: str) -> HttpResponse:
    """The dates that are ticked on the page of the booking, all of them or none."""
    booking = _cancellable(request, reference)
    now = clock.now()
    picked = _of(booking, ticked(request))
    rows = [wording.date_row(date, now=now) for date in picked]
    if not picked:
        message = _("Tick the dates that you want to cancel")
        return render_booking(request, booking, error=message, box=TICKS, status=422)
    if request.method == "GET":
        gone = [row["when"] for row in rows if not row["can_cancel"]]
        if gone:
            return _gone(request, booking, gone)
        return _ask(request, booking, picked, picked, now=now)
    try:
        cancelled = cancel_dates(
            booking,
            dates=[date.pk for date in picked],
            reason=_reason(request),
            actor=signed_in(request),
            now=now,
        )
    except BadInput as error:
        return _ask(request, booking, picked, picked, now=now, error=str(error.message))
    except StateConflict as error:
        fresh = find(request, reference)
        return render_booking(request, fresh, error=str(error.message), box=TICKS, status=409)
    messages.success(request, _cancelled(len(cancelled)))
    return redirect("booking", reference=booking.reference)


def _of(booking: Booking, ids: set[str]) -> list[Occurrence]:
    """Those dates of the booking. Raises: Http404 where one is not its own."""
    found = [date for date in booking.occurrences.all() if str(date.pk) in ids]
    if len(found) != len(ids):
        raise Http404
    return found


def _gone(request: HttpRequest, booking: Booking, dates: list[str]) -> HttpResponse:
    message = _("This cannot be cancelled any more: %(dates)s. Choose again")
    words = message % {"dates": "; ".join(dates)}
    return render_booking(request, booking, error=words, box=TICKS, status=409)


def _cancellable(request: HttpRequest, reference: str) -> Booking:
    booking = find(request, reference)
    if not BookingPolicy(request.user).can_cancel(booking):
        raise Http404
    return booking


def _cancelled(n: int) -> str:
    return ngettext("%(n)d date is cancelled.", "%(n)d dates are cancelled.", n) % {"n": n}


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def _ask(
    request: HttpRequest,
    booking: Booking,
    dates: Sequence[Occurrence],
    picked: Sequence[Occurrence] = (),
    *,
    now: datetime,
    error: str = "",
) -> HttpResponse:
    is_hirer = BookingPolicy(request.user).cancels_as_hirer(booking)
    by = By.HIRER if is_hirer else By.VENUE
    foreseen = charging.foresee(dates, by=by, now=now)
    leaving = [date.pk for date in dates]
    context = {
        "is_hirer": is_hirer,
        "booking": booking,
        "dates": dates,
        "cost": money_rows.of_cancelling(foreseen, dates),
        "vat": vat_words.warning(booking, leaving),
        "picked": picked,
        "ticks": TICKS,
        "error": error,
        "reason": _reason(request).replace("\x00", ""),
    }
    return render(request, "bookings/cancel.html", context, status=422 if error else 200)
