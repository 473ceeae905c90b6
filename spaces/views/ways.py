"""Where managers draw the ways of a venue: places, what joins them, and what comes off again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.views.person import signed_in
from core import clock
from spaces.forms.ways import PlaceForm, WayForm
from spaces.models import AccessLink, AccessNode, Venue
from spaces.services.access import FactPlace, Said, record_facts
from spaces.services.ways import join, remove_place, save_place, unjoin
from spaces.views.manage import managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page

# The one question that is asked when a place is added.
_USABLE = {
    AccessNode.Kind.ENTRANCE.value: "entrance_step_free",
    AccessNode.Kind.LIFT.value: "lift",
    AccessNode.Kind.TOILET.value: "accessible_toilet",
}


@login_required
@require_http_methods(READ_WRITE)
def add_place(request: HttpRequest, slug: str) -> HttpResponse:
    """A new entrance, lift, hallway, toilet or room."""
    venue = managed_or_404(request, slug)
    form = PlaceForm(request.POST or None, venue=venue, node=None)
    done = answer(
        request,
        form,
        save=lambda: _add(venue, form, actor=signed_in(request)),
        said=_("The place is added."),
        go_to=back_to(venue, "manage_access"),
    )
    return done or form_page(
        request,
        form,
        title=_("Add a place"),
        back=back_to(venue, "manage_access"),
        venue=venue,
        lead=_("Begin with the doors, then what they lead to."),
    )


@transaction.atomic
def _add(venue: Venue, form: PlaceForm, *, actor: User) -> None:
    said, now = form.cleaned_data, clock.now()
    node = AccessNode(
        venue=venue,
        kind=said["kind"],
        name=said["name"],
        space=form.rooms.get(said["room"]) if said["kind"] == AccessNode.Kind.SPACE else None,
        hours=said["hours"],
        note=said["note"],
        position=venue.access_nodes.count(),
    )
    save_place(node, form.door_hours(), actor=actor, now=now)
    code = _USABLE.get(node.kind)
    today = clock.today()
    if code:
        place = FactPlace(venue, node=node)
        record_facts(place, [Said(code, said["usable"], today)], actor=actor, now=now)
    for other in venue.access_nodes.filter(pk__in=said.get("joined") or ()):
        link = join(node, other, actor=actor, now=now)
        is_free = Said("internal_route_step_free", "yes", today)
        record_facts(FactPlace(venue, link=link), [is_free], actor=actor, now=now)


@login_required
@require_http_methods(READ_WRITE)
def change_place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a place is called, and when a door is open."""
    venue = managed_or_404(request, slug)
    nodes = venue.access_nodes.select_related("venue__council", "venue__operator", "space")
    node = get_object_or_404(nodes, pk=pk)
    form = PlaceForm(request.POST or None, venue=venue, node=node)

    def save() -> None:
        for name in ("name", "hours", "note"):
            setattr(node, name, form.cleaned_data.get(name, getattr(node, name)))
        save_place(node, form.door_hours(), actor=signed_in(request), now=clock.now())

    done = answer(request, form, save=save, said=_("Saved."), go_to=back_to(venue, "manage_access"))
    title, back = _("Change a place"), back_to(venue, "manage_access")
    return done or form_page(request, form, title=title, back=back, venue=venue)


@login_required
@require_POST
def take_place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a place off the ways."""
    venue = managed_or_404(request, slug)
    nodes = AccessNode.objects.filter(venue=venue).select_related(
        "venue__council", "venue__operator"
    )
    node = get_object_or_404(nodes, pk=pk)
    remove_place(node, actor=signed_in(request), now=clock.now())
    messages.success(request, _("The place is off the ways."))
    return redirect(back_to(venue, "manage_access"))


@login_required
@require_http_methods(READ_WRITE)
def add_way(request: HttpRequest, slug: str) -> HttpResponse:
    """A way between two places that are there already."""
    venue = managed_or_404(request, slug)
    form = WayForm(request.POST or None, venue=venue)

    @transaction.atomic
    def save() -> None:
        said, actor, now = form.cleaned_data, signed_in(request), clock.now()
        one, other = form.nodes[said["one"]], form.nodes[said["other"]]
        link = join(one, other, note=said["note"], actor=actor, now=now)
        answered = Said("internal_route_step_free", said["step_free"], clock.today())
        record_facts(FactPlace(venue, link=link), [answered], actor=actor, now=now)

    done = answer(
        request, form, save=save, said=_("The way is added."), go_to=back_to(venue, "manage_access")
    )
    title, back = _("Add a way between two places"), back_to(venue, "manage_access")
    return done or form_page(request, form, title=title, back=back, venue=venue)


@login_required
@require_POST
def take_way(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a way away."""
    venue = managed_or_404(request, slug)
    links = AccessLink.objects.filter(venue=venue).select_related(
        "venue__council", "venue__operator", "low", "high"
    )
    unjoin(get_object_or_404(links, pk=pk), actor=signed_in(request), now=clock.now())
    messages.success(request, _("The way is removed."))
    return redirect(back_to(venue, "manage_access"))
