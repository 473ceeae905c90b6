"""Close spaces, see whom that touches, open them again early; and bookings that fit no rule."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.forms.closing import CloseForm
from bookings.services.displacement import (
    Answer,
    Decision,
    DisplacedDate,
    Preview,
    WouldDisplace,
    close_with_bookings,
    misfits,
)
from bookings.views.person import signed_in
from bookings.views.previewed import ask, ask_again, decided, row
from core import clock, words
from core.errors import BadInput, StateConflict
from spaces.models import Closure
from spaces.services.closures import lift_closure
from spaces.views import weeks
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, back_to, form_page
from spaces.views.times import weeks_key


@login_required
@require_safe
def closures(request: HttpRequest, slug: str) -> HttpResponse:
    """Closures that are not over, and the eight weeks drawn."""
    venue = managed_or_404(request, slug)
    now = clock.now()
    rows = venue.closures.filter(is_lifted=False, ends_at__gt=now).order_by("starts_at")
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "closures": [
            {
                "pk": one.pk,
                "reason": one.reason,
                "when": words.when(one.starts_at, one.ends_at),
                "spaces": ", ".join(space.name for space in one.spaces.all()),
                "has_begun": one.starts_at <= now,
            }
            for one in rows.prefetch_related("spaces")
        ],
        "has_spaces": venue.spaces.exists(),
        "drawings": weeks.drawn(venue, now=now),
        "key": weeks_key(),
    }
    return render(request, "bookings/closures.html", context)


@login_required
@require_http_methods(READ_WRITE)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close spaces at once where nobody is in the way; otherwise ask first."""
    venue = managed_or_404(request, slug)
    spaces = list(venue.spaces.order_by("position", "name", "pk"))
    if not spaces:
        raise Http404
    form = CloseForm(request.POST or None, choices=spaces, initial={"spaces": []})
    if request.method == "POST" and form.is_valid():
        decision = decided(request)
        try:
            _closure, preview = close_with_bookings(
                venue,
                [space.pk for space in form.chosen()],
                form.span(),
                reason=form.cleaned_data["reason"],
                decision=decision,
                actor=signed_in(request),
                now=clock.now(),
            )
        except WouldDisplace as error:
            return ask(request, venue, error, can_keep=False)
        except (BadInput, StateConflict) as error:
            if decision.answer is not None:
                return ask_again(request, venue, error)
            form.refuse(error)
        else:
            messages.success(request, _closed(preview, decision))
            return redirect("manage_closures", slug=venue.slug)
    return form_page(
        request,
        form,
        title=_("Close spaces"),
        lead=_("If there are bookings, we show you whom it touches before anything is saved."),
        button=_("Continue"),
        back=back_to(venue, "manage_closures"),
        venue=venue,
    )


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Open again now; what is left of the closure is free to book."""
    venue = managed_or_404(request, slug)
    closure = get_object_or_404(Closure.objects.select_related("venue"), pk=pk, venue=venue)
    try:
        lift_closure(closure, actor=signed_in(request), now=clock.now())
    except StateConflict as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("It is open again."))
    return redirect("manage_closures", slug=venue.slug)


@login_required
@require_safe
def exceptions(request: HttpRequest, slug: str) -> HttpResponse:
    """Bookings that were made before a rule and stay: what they break, in words."""
    venue = managed_or_404(request, slug)
    found = misfits(venue, now=clock.now()).values()
    dates = [
        DisplacedDate(one.occurrence, tuple(breach.message for breach in one.breaches))
        for one in found
    ]
    context: dict[str, Any] = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "rows": [row(date) for date in dates],
    }
    return render(request, "bookings/exceptions.html", context)


def _closed(preview: Preview, decision: Decision) -> str:
    moved = preview.can_move if decision.answer is Answer.MOVE else 0
    gone = len(preview.dates) - moved
    said = [_("The spaces are closed.")]
    if moved:
        words_ = ngettext("%(n)d date is moved.", "%(n)d dates are moved.", moved)
        said.append(words_ % {"n": moved})
    if gone:
        words_ = ngettext("%(n)d date is cancelled.", "%(n)d dates are cancelled.", gone)
        said.append(words_ % {"n": gone})
    return " ".join(said)
