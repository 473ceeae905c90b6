"""Wraps a page that changes a venue: bookings that would no longer fit are shown before it counts.

The page itself knows nothing of bookings. It runs for trial; where it leaves bookings that no
longer fit, all is taken back and the person is asked, with the same answers sent along.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.services.displacement import (
    Answer,
    Decision,
    DisplacedDate,
    Preview,
    WouldDisplace,
    change,
)
from bookings.views.person import signed_in
from core import clock, words
from core.errors import BadInput, StateConflict
from spaces.views.manage import managed_or_404

_OWN = ("csrfmiddlewaretoken", "answer", "digest", "told")
View = Callable[..., HttpResponse]


def previewed(view: View) -> View:
    """`view` takes a request and the slug of a venue, and redirects once it has saved."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, slug=slug, **more)
        venue = managed_or_404(request, slug)
        answered: list[HttpResponse] = []
        decision = decided(request)
        try:
            preview = change(
                venue,
                lambda: answered.append(view(request, slug=slug, **more)),
                decision=decision,
                actor=signed_in(request),
                now=clock.now(),
            )
        except WouldDisplace as error:
            return ask(request, venue, error, can_keep=True)
        except (BadInput, StateConflict) as error:
            return ask_again(request, venue, error)
        if preview.dates:
            messages.info(request, _done(preview, decision))
        return answered[0]

    return wrapped


def decided(request: HttpRequest) -> Decision:
    """What the person said to a preview, if they have seen one."""
    said = request.POST.get("answer", "")
    answer = Answer(said) if said in set(Answer) else None
    return Decision(answer, request.POST.get("digest", ""), request.POST.get("told", ""))


def ask(request: HttpRequest, venue: Any, error: WouldDisplace, *, can_keep: bool) -> HttpResponse:
    """The page that lists whom it touches and asks what is to become of them."""
    _unsay(request)
    preview = error.preview
    context = {
        "venue": venue,
        "is_stale": error.is_stale,
        "rows": [row(date) for date in preview.dates],
        "hirers": [
            {"name": name, "count": ngettext("%(n)d date", "%(n)d dates", n) % {"n": n}}
            for name, n in preview.by_hirer
        ],
        "count": len(preview.dates),
        "can_keep": can_keep,
        "can_move": preview.can_move if not can_keep else 0,
        "stay_behind": len(preview.dates) - preview.can_move,
        "digest": preview.digest,
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _OWN
            for value in values
        ],
        "address": request.get_full_path(),
        "told": request.POST.get("told", "").replace("\x00", ""),
    }
    status = 409 if error.is_stale else 200
    return render(request, "bookings/displaced.html", context, status=status)


def ask_again(request: HttpRequest, venue: Any, error: BadInput | StateConflict) -> HttpResponse:
    """Something went wrong with the answer itself: say so, and that nothing was changed."""
    _unsay(request)
    context = {"venue": venue, "error": str(error.message), "address": request.get_full_path()}
    status = 422 if isinstance(error, BadInput) else 409
    return render(request, "bookings/not_changed.html", context, status=status)


def _unsay(request: HttpRequest) -> None:
    """What the trial said was done was not: its messages go, as if they had not been said."""
    request._messages = default_storage(request)  # type: ignore[attr-defined] # where Django keeps them


def row(date: DisplacedDate) -> dict[str, Any]:
    """One date in words; the title is coarse where the hirer asked for care."""
    booking, one = date.booking, date.occurrence
    private = booking.visibility == booking.Visibility.SENSITIVE
    return {
        "reference": booking.reference,
        "title": _("A private booking") if private else booking.title,
        "hirer": str(booking.organisation or booking.private_hirer),
        "when": words.when(one.starts_at, one.ends_at),
        "people": booking.people,
        "why": date.why,
        "goes_to": ", ".join(dict.fromkeys(space.name for space in date.goes_to.values())),
    }


def _done(preview: Preview, decision: Decision) -> str:
    many = len(preview.dates)
    if decision.answer is Answer.RELEASE:
        said = ngettext(
            "%(n)d date is cancelled, and we have told them.",
            "%(n)d dates are cancelled, and we have told them.",
            many,
        )
    else:
        said = ngettext(
            "%(n)d date stays as an exception.", "%(n)d dates stay as exceptions.", many
        )
    return said % {"n": many}
