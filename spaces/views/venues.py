"""Adding a venue, its details, and letting the public see it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.person import signed_in
from core import clock
from core.errors import StateConflict
from spaces.forms.venue import NewVenueForm, VenueForm
from spaces.models import Venue
from spaces.models.venue import NOT_BY_THE_HOUR
from spaces.policies import VenuePolicy
from spaces.services.catalogue import create_venue, update_venue
from spaces.services.publishing import publish_venue
from spaces.views.manage import managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_http_methods(READ_WRITE)
def add(request: HttpRequest) -> HttpResponse:
    """A new venue, as a draft that nobody else sees."""
    operators = VenuePolicy(request.user).operators()
    if not operators.exists():
        raise PermissionDenied
    venue = Venue(visibility=Venue.Visibility.DRAFT)
    form = NewVenueForm(request.POST or None, instance=venue, operators=operators)
    if request.method == "POST" and form.is_valid():
        create_venue(form.instance, actor=signed_in(request), now=clock.now())
        messages.success(request, _("Added. Only you and those who run it can see it yet."))
        name = "manage_rooms_add" if venue.kind not in NOT_BY_THE_HOUR else "manage_venue"
        return redirect(name, slug=form.instance.slug)
    return form_page(
        request,
        form,
        title=_("Add a venue"),
        back=reverse("manage_venues"),
        button=_("Continue"),
    )


@login_required
@require_http_methods(READ_WRITE)
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is said of the venue itself."""
    venue = managed_or_404(request, slug)
    shown = managed_or_404(request, slug) if request.method == "POST" else venue
    form = VenueForm(request.POST or None, instance=venue)
    done = answer(
        request,
        form,
        save=lambda: update_venue(form.instance, actor=signed_in(request), now=clock.now()),
        said=_("The details are saved."),
        go_to=back_to(shown),
    )
    return done or form_page(request, form, title=_("Details"), back=back_to(shown), venue=shown)


@login_required
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody may see it from now on."""
    venue = managed_or_404(request, slug)
    try:
        publish_venue(venue, actor=signed_in(request), now=clock.now())
    except StateConflict as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Published. Everybody can see it now."))
    return redirect("manage_venue", slug=slug)
