"""Photos and floor plans: handed out, added, described, put in order and removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from core import clock
from spaces import pictures
from spaces.forms.pictures import MarksForm, NewPhotoForm, NewPlanForm, PhotoWordsForm
from spaces.models import FactPhoto, FloorPlan, Photo, Venue
from spaces.policies import VenuePolicy
from spaces.services import pictures as services
from spaces.services.pictures import Way
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page
from spaces.views.plan import drawn_plan

_FRESH_SECONDS = 3600
_PHOTOS = "manage_photos"


@require_safe
def picture(request: HttpRequest, name: str, size: str) -> HttpResponseBase:
    """One size of a photo or plan, to whoever may see its venue."""
    venue = _venue_of(name)
    is_public = venue.visibility == Venue.Visibility.PUBLIC
    if size not in pictures.SIZES or not (is_public or VenuePolicy(request.user).can_see(venue)):
        raise Http404
    try:
        file = pictures.open_picture(name, size)
    except FileNotFoundError as error:
        raise Http404 from error
    answered = FileResponse(file, content_type="image/jpeg", filename=f"{size}.jpg")
    fresh = f"public, max-age={_FRESH_SECONDS}" if is_public else "private, no-store"
    answered.headers["Cache-Control"] = fresh
    return answered


def _venue_of(name: str) -> Venue:
    for kind in (Photo, FloorPlan):
        row = kind.objects.select_related("venue").filter(name=name).first()
        if row is not None:
            venue: Venue = row.venue
            return venue
    # Of what is said now: the photo of a report that was set aside is not shown.
    said = FactPhoto.objects.filter(name=name, fact__superseded_by=None)
    return get_object_or_404(said.select_related("fact__venue")).fact.venue


@login_required
@require_safe
def photos(request: HttpRequest, slug: str) -> HttpResponse:
    """All pictures of a venue in order."""
    venue = managed_or_404(request, slug)
    context = {
        "venue": venue,
        "photos": venue.photos.select_related("space"),
        "plans": venue.floor_plans.all(),
        "crumbs": crumbs(venue),
    }
    return render(request, "spaces/photos.html", context)


@login_required
@require_http_methods(READ_WRITE)
def add_photo(request: HttpRequest, slug: str) -> HttpResponse:
    """A photo and its words."""
    venue = managed_or_404(request, slug)
    form = NewPhotoForm(request.POST or None, request.FILES or None, choices=venue.spaces.all())
    done = answer(
        request,
        form,
        save=lambda: services.add_photo(
            venue,
            form.cleaned_data["file"].read(),
            form.said(),
            actor=signed_in(request),
            now=clock.now(),
        ),
        said=_("The photo is added."),
        go_to=back_to(venue, _PHOTOS),
    )
    return done or _form(request, form, venue, title=_("Add a photo"), multipart=True)


@login_required
@require_http_methods(READ_WRITE)
def photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The words of a photo."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.photos, pk=pk)
    said = {"alt": found.alt, "caption": found.caption, "space": found.space_id}
    form = PhotoWordsForm(request.POST or None, initial=said, choices=venue.spaces.all())
    done = answer(
        request,
        form,
        save=lambda: services.change_photo(
            found, form.said(), actor=signed_in(request), now=clock.now()
        ),
        said=_("The words are saved."),
        go_to=back_to(venue, _PHOTOS),
    )
    return done or _form(
        request, form, venue, title=_("Words of a photo"), photo=found, template="spaces/photo.html"
    )


@login_required
@require_POST
def move_photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place up or down."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.photos, pk=pk)
    way = Way.EARLIER if request.POST.get("way") == "earlier" else Way.LATER
    services.move_photo(found, way, actor=signed_in(request), now=clock.now())
    return redirect(_PHOTOS, slug=slug)


@login_required
@require_POST
def remove_photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Gone, with its files."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.photos, pk=pk)
    services.remove_photo(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The photo is removed."))
    return redirect(_PHOTOS, slug=slug)


@login_required
@require_http_methods(READ_WRITE)
def add_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The drawing of a floor."""
    venue = managed_or_404(request, slug)
    form = NewPlanForm(request.POST or None, request.FILES or None)
    done = answer(
        request,
        form,
        save=lambda: services.add_floor_plan(
            venue,
            form.cleaned_data["file"].read(),
            floor=form.cleaned_data["floor"],
            alt=form.cleaned_data["alt"],
            actor=signed_in(request),
            now=clock.now(),
        ),
        said=_("The plan is added. Now mark where the spaces are."),
        go_to=back_to(venue, _PHOTOS),
    )
    return done or _form(request, form, venue, title=_("Add a floor plan"), multipart=True)


@login_required
@require_http_methods(READ_WRITE)
def plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Where the spaces are on a plan."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.floor_plans.prefetch_related("marks__space"), pk=pk)
    form = MarksForm(request.POST or None, plan=found, choices=list(venue.spaces.all()))
    done = answer(
        request,
        form,
        save=lambda: services.set_marks(
            found, form.marks(), actor=signed_in(request), now=clock.now()
        ),
        said=_("The plan is saved."),
        go_to=request.path,
    )
    return done or _form(
        request,
        form,
        venue,
        title=_("Spaces on the plan"),
        plan=drawn_plan(found),
        template="spaces/plan.html",
    )


@login_required
@require_POST
def remove_plan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Gone, with its files."""
    venue = managed_or_404(request, slug)
    found = get_object_or_404(venue.floor_plans, pk=pk)
    services.remove_floor_plan(found, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The plan is removed."))
    return redirect(_PHOTOS, slug=slug)


def _form(
    request: HttpRequest, form: Any, venue: Venue, *, title: str, **more: Any
) -> HttpResponse:
    return form_page(request, form, title=title, back=back_to(venue, _PHOTOS), venue=venue, **more)
