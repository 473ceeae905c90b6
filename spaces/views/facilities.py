"""What a venue or one of its spaces has, and what can be borrowed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.person import signed_in
from core import clock
from spaces.forms.facilities import FacilitiesForm, StockForm
from spaces.services.catalogue import set_facilities
from spaces.services.lending import set_stock
from spaces.views.manage import managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_http_methods(READ_WRITE)
def facilities(request: HttpRequest, slug: str, space: str = "") -> HttpResponse:
    """Yes, no or not known for each thing; of one space, or of the whole venue."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.spaces, slug=space) if space else None
    form = FacilitiesForm(request.POST or None, venue=venue, space=found)
    back = back_to(venue, "manage_spaces") if found else back_to(venue)
    done = answer(
        request,
        form,
        save=lambda: set_facilities(
            venue, found, form.notes(), actor=signed_in(request), now=clock.now()
        ),
        said=_("What there is, is saved."),
        go_to=back,
    )
    title = _("What there is")
    if found:
        title = _("What %(name)s has") % {"name": found.name}
    lead = _("Not known is shown as not known, never as no.")
    return done or form_page(request, form, title=title, back=back, venue=venue, lead=lead)


@login_required
@require_http_methods(READ_WRITE)
def stock(request: HttpRequest, slug: str) -> HttpResponse:
    """Things that people can book with a space."""
    venue = managed_or_404(request, slug)
    form = StockForm(request.POST or None, venue=venue)
    done = answer(
        request,
        form,
        save=lambda: set_stock(venue, form.quantities(), actor=signed_in(request), now=clock.now()),
        said=_("The list is saved."),
        go_to=back_to(venue),
    )
    return done or form_page(
        request,
        form,
        title=_("Things to borrow"),
        back=back_to(venue),
        venue=venue,
        lead=_("Chairs, tables, gazebos: what people can book with a space, and how many."),
    )
