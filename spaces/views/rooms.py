"""The spaces of a venue: the list, several new ones, one, wholes, parts, pools and neighbours."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.person import signed_in
from core import clock
from spaces.forms.rooms import (
    NeighboursForm,
    NewRoomsForm,
    NewWholeForm,
    PartsForm,
    PoolForm,
    RoomForm,
)
from spaces.models import Pool, Space, Venue
from spaces.models.venue import NOT_BY_THE_HOUR
from spaces.services.catalogue import (
    create_pool,
    create_whole,
    set_acoustic_neighbours,
    set_layouts,
    update_space,
)
from spaces.services.parts import set_parts
from spaces.services.rooms import add_rooms
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_safe
def rooms(request: HttpRequest, slug: str) -> HttpResponse:
    """Every space with what it is and the ways to change it."""
    venue = managed_or_404(request, slug)
    rows = venue.spaces.select_related("pool").prefetch_related("atom_rows__part", "layouts")
    entries = [
        {
            "space": space,
            "parts": [row.part for row in space.atom_rows.all() if row.part_id != space.pk],
            "layouts": list(space.layouts.all()),
        }
        for space in rows.order_by("position", "name")
    ]
    context = {
        "venue": venue,
        "entries": entries,
        "may_divide": len(entries) > 1,
        "crumbs": crumbs(venue),
    }
    return render(request, "spaces/rooms.html", context)


@login_required
@require_http_methods(READ_WRITE)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Several spaces on one page, with the hours that they share."""
    venue = managed_or_404(request, slug)
    now = clock.now()
    form = NewRoomsForm(request.POST or None, venue=venue)
    done = answer(
        request,
        form,
        save=lambda: add_rooms(
            venue,
            form.rooms(),
            hours=form.hours(today=clock.london(now).date()),
            actor=signed_in(request),
            now=now,
        ),
        said=_("The spaces are added."),
        go_to=back_to(venue),
    )
    return done or form_page(
        request,
        form,
        title=_("Add spaces"),
        back=back_to(venue),
        venue=venue,
        lead=_("Fill in as many as you have. You can add more later."),
    )


@login_required
@require_http_methods(READ_WRITE)
def room(request: HttpRequest, slug: str, space: str) -> HttpResponse:
    """One space and its layouts."""
    venue = managed_or_404(request, slug)
    found = _space(venue, space)
    name = found.name
    form = RoomForm(request.POST or None, instance=found)

    @transaction.atomic
    def save() -> None:
        update_space(form.instance, actor=signed_in(request), now=clock.now())
        if form.layouts_changed:
            set_layouts(form.instance, form.layouts(), actor=signed_in(request), now=clock.now())

    done = answer(
        request,
        form,
        save=save,
        said=_("%(name)s is saved.") % {"name": name},
        go_to=back_to(venue, "manage_spaces"),
    )
    return done or form_page(
        request, form, title=name, back=back_to(venue, "manage_spaces"), venue=venue
    )


@login_required
@require_http_methods(READ_WRITE)
def add_whole(request: HttpRequest, slug: str) -> HttpResponse:
    """A hall that divides, made of spaces that are there."""
    venue = managed_or_404(request, slug)
    form = NewWholeForm(request.POST or None, choices=_simple(venue))

    def save() -> None:
        said = form.cleaned_data
        whole = Space(
            venue=venue,
            name=said["name"],
            kind=said["kind"],
            capacity=said["people"],
            is_bookable=venue.kind not in NOT_BY_THE_HOUR,
        )
        create_whole(whole, list(said["spaces"]), actor=signed_in(request), now=clock.now())

    done = answer(
        request,
        form,
        save=save,
        said=_("Added. Booking it takes all its parts."),
        go_to=back_to(venue, "manage_spaces"),
    )
    return done or form_page(
        request,
        form,
        title=_("Add a space made of parts"),
        back=back_to(venue, "manage_spaces"),
        venue=venue,
        lead=_("For example, a hall with a folding wall. Add its two halves as spaces first."),
    )


@login_required
@require_http_methods(READ_WRITE)
def parts(request: HttpRequest, slug: str, space: str) -> HttpResponse:
    """What a whole is made of."""
    venue = managed_or_404(request, slug)
    whole = _space(venue, space)
    held = whole.parts.exclude(pk=whole.pk)
    choices = _simple(venue).exclude(pk=whole.pk)
    form = PartsForm(request.POST or None, choices=choices, initial={"spaces": held})
    done = answer(
        request,
        form,
        save=lambda: set_parts(
            whole, list(form.cleaned_data["spaces"]), actor=signed_in(request), now=clock.now()
        ),
        said=_("The parts are saved."),
        go_to=back_to(venue, "manage_spaces"),
    )
    title = _("Parts of %(name)s") % {"name": whole.name}
    return done or form_page(
        request, form, title=title, back=back_to(venue, "manage_spaces"), venue=venue
    )


@login_required
@require_http_methods(READ_WRITE)
def add_pool(request: HttpRequest, slug: str) -> HttpResponse:
    """Spaces that are alike: somebody books "a desk" and gets one."""
    venue = managed_or_404(request, slug)
    form = PoolForm(request.POST or None, choices=venue.spaces.filter(pool__isnull=True))

    def save() -> None:
        said = form.cleaned_data
        pool = Pool(venue=venue, name=said["name"])
        create_pool(pool, list(said["spaces"]), actor=signed_in(request), now=clock.now())

    done = answer(
        request,
        form,
        save=save,
        said=_("The pool is added."),
        go_to=back_to(venue, "manage_spaces"),
    )
    return done or form_page(
        request,
        form,
        title=_("Add a pool"),
        back=back_to(venue, "manage_spaces"),
        venue=venue,
        lead=_("Spaces that are alike, such as desks. Whoever books gets any one that is free."),
    )


@login_required
@require_http_methods(READ_WRITE)
def neighbours(request: HttpRequest, slug: str, space: str) -> HttpResponse:
    """Which spaces hear what happens here."""
    venue = managed_or_404(request, slug)
    found = _space(venue, space)
    held = found.acoustic_neighbours.all()
    choices = venue.spaces.exclude(pk=found.pk)
    form = NeighboursForm(request.POST or None, choices=choices, initial={"spaces": held})
    done = answer(
        request,
        form,
        save=lambda: set_acoustic_neighbours(
            found, list(form.cleaned_data["spaces"]), actor=signed_in(request), now=clock.now()
        ),
        said=_("The neighbours are saved."),
        go_to=back_to(venue, "manage_spaces"),
    )
    title = _("Who hears %(name)s") % {"name": found.name}
    return done or form_page(
        request,
        form,
        title=title,
        back=back_to(venue, "manage_spaces"),
        venue=venue,
        lead=_("A quiet time here keeps these spaces quiet too."),
    )


def _space(venue: Venue, slug: str) -> Space:
    found = get_object_or_404(venue.spaces, slug=slug)
    found.venue = venue
    return found


def _simple(venue: Venue) -> QuerySet[Space]:
    """Spaces that are taken by themselves, so that they may be parts."""
    return venue.spaces.filter(atom_rows__part=F("pk")).distinct()
