"""VAT of a venue: the registration of its operator, the option to tax, spaces for sport, things."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import VatRegistration
from accounts.policies import can_run_operator
from accounts.services.vat import keep_registration, remove_registration
from bookings.forms.vat import OptionForm, RegistrationForm, SportsForm, ThingsForm
from bookings.models import VatChange
from bookings.views.person import signed_in
from core import clock, words
from core.dated import Dated
from core.errors import NotAllowed
from spaces.models import Space, Venue
from spaces.services.vat import classify_stock, decide_sports, keep_option, remove_option
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page
from tariffs.vat.law import READ_ON, law_on, standard_since
from tariffs.vat.words import percent


@login_required
@require_safe
def vat(request: HttpRequest, slug: str) -> HttpResponse:
    """All that VAT has to know of this venue, with the days on which it holds."""
    venue = managed_or_404(request, slug)
    law = law_on(clock.today())
    spaces = venue.spaces.select_related("sports_decision").order_by("position", "name")
    changes = VatChange.objects.filter(booking__venue=venue, settled="")
    context = {
        "venue": venue,
        "crumbs": crumbs(venue),
        "operator": venue.operator.organisation.name,
        "may_change": can_run_operator(signed_in(request), venue.operator),
        "registrations": [
            {
                "pk": row.pk,
                "number": row.number or _("no number yet"),
                "prices": row.get_prices_display(),
                "when": _days(row),
            }
            for row in venue.operator.vat_registrations.all()
        ],
        "options": [
            {"pk": row.pk, "when": _days(row), "note": row.note}
            for row in venue.options_to_tax.all()
        ],
        "spaces": [_space_row(space) for space in spaces],
        "things": [
            {"name": item.name, "what": item.get_vat_class_display()} for item in venue.stock.all()
        ],
        "changes": [
            {"reference": change.booking.reference, "amount": change.amount}
            for change in changes.select_related("booking")
        ],
        "read_on": words.long_day(READ_ON),
        "rate": percent(law.standard_rate),
        "since": words.long_day(standard_since(clock.today())),
        "least": law.series_least,
        "longest": law.longest_gap,
    }
    return render(request, "bookings/vat.html", context)


@login_required
@require_http_methods(READ_WRITE)
def registration(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a registration of the operator, or change one; it holds at all venues of theirs."""
    venue = _of_operator(request, slug)
    held = get_object_or_404(venue.operator.vat_registrations, pk=pk) if pk else None
    form = RegistrationForm(request.POST or None, held=held)
    done = answer(
        request,
        form,
        save=lambda: keep_registration(
            form.registration(venue.operator), actor=signed_in(request), now=clock.now()
        ),
        said=_("The VAT registration is saved."),
        go_to=back_to(venue, "manage_vat"),
    )
    name = {"name": venue.operator.organisation.name}
    return done or form_page(
        request,
        form,
        title=_("Change a VAT registration") if held else _("Add a VAT registration"),
        lead=_("It holds at all places of %(name)s. Prices that were agreed stay.") % name,
        back=back_to(venue, "manage_vat"),
        venue=venue,
    )


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A registration that was written down by mistake."""
    venue = _of_operator(request, slug)
    found = get_object_or_404(VatRegistration, pk=pk, operator=venue.operator)
    remove_registration(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The VAT registration is removed."))
    return redirect("manage_vat", slug=venue.slug)


@login_required
@require_http_methods(READ_WRITE)
def option(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add an option to tax of this building, or change one."""
    venue = managed_or_404(request, slug)
    held = get_object_or_404(venue.options_to_tax.select_related("venue"), pk=pk) if pk else None
    form = OptionForm(request.POST or None, held=held)
    done = answer(
        request,
        form,
        save=lambda: keep_option(form.option(venue), actor=signed_in(request), now=clock.now()),
        said=_("The option to tax is saved."),
        go_to=back_to(venue, "manage_vat"),
    )
    return done or form_page(
        request,
        form,
        title=_("Change an option to tax") if held else _("Add an option to tax"),
        lead=_("From that day all hire of this building carries VAT."),
        back=back_to(venue, "manage_vat"),
        venue=venue,
    )


@login_required
@require_POST
def option_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An option that was written down by mistake."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.options_to_tax.select_related("venue"), pk=pk)
    remove_option(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The option to tax is removed."))
    return redirect("manage_vat", slug=venue.slug)


@login_required
@require_http_methods(READ_WRITE)
def sports(request: HttpRequest, slug: str, space: str) -> HttpResponse:
    """Whether a space is for sport, and why."""
    venue = managed_or_404(request, slug)
    rows = venue.spaces.select_related("venue__council", "venue__operator", "sports_decision")
    found = get_object_or_404(rows, slug=space)
    form = SportsForm(request.POST or None, held=getattr(found, "sports_decision", None))
    done = answer(
        request,
        form,
        save=lambda: decide_sports(
            found,
            is_sports=form.is_sports(),
            note=form.cleaned_data["note"],
            actor=signed_in(request),
            now=clock.now(),
        ),
        said=_("Your decision is saved."),
        go_to=back_to(venue, "manage_vat"),
    )
    return done or form_page(
        request,
        form,
        title=_("Is it for sport? %(name)s") % {"name": found.name},
        lead=_(
            "A space made for sport has courts, nets or marks on the floor. A hall where people "
            "also dance is an ordinary room. Ask your finance team if you are not sure."
        ),
        back=back_to(venue, "manage_vat"),
        venue=venue,
    )


@login_required
@require_http_methods(READ_WRITE)
def things(request: HttpRequest, slug: str) -> HttpResponse:
    """What each thing that is lent is for VAT."""
    venue = managed_or_404(request, slug)
    items = list(venue.stock.all())
    if not items:
        raise Http404
    form = ThingsForm(request.POST or None, items=items)
    done = answer(
        request,
        form,
        save=lambda: classify_stock(
            venue, form.classes(), actor=signed_in(request), now=clock.now()
        ),
        said=_("The list is saved."),
        go_to=back_to(venue, "manage_vat"),
    )
    return done or form_page(
        request,
        form,
        title=_("Things to borrow, for VAT"),
        lead=_("Things that come with the room for one price are part of the hire."),
        back=back_to(venue, "manage_vat"),
        venue=venue,
    )


def _of_operator(request: HttpRequest, slug: str) -> Venue:
    """The venue, if the person runs its operator too. Raises: Http404, NotAllowed."""
    venue = managed_or_404(request, slug)
    if not can_run_operator(signed_in(request), venue.operator):
        raise NotAllowed
    return venue


def _space_row(space: Space) -> dict[str, Any]:
    held = getattr(space, "sports_decision", None)
    word = _("Not decided yet")
    if held is not None:
        word = _("For sport") if held.is_sports_facility else _("Not for sport")
    return {
        "slug": space.slug,
        "name": space.name,
        "word": word,
        "note": held.note if held else "",
        "decided": words.long_day(held.decided_at) if held else "",
    }


def _days(row: Dated) -> str:
    first: date = row.first_on
    if row.last_on is None:
        return _("from %(first)s") % {"first": words.long_day(first)}
    names = {"first": words.long_day(first), "last": words.long_day(row.last_on)}
    return _("%(first)s to %(last)s") % names
