"""What anybody may read and say: published visits, their photos, and “this has changed”."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checks.answers import Given
from checks.forms.reports import OTHER, ReportForm, WhichForm
from checks.limit import is_too_often
from checks.models import Visit, VisitPhoto, VisitState
from checks.policies import CheckPolicy, published
from checks.queries import found, photos_of, said_now
from checks.services.reports import Reported, report_change
from core import clock
from core.errors import BadInput, StateConflict
from spaces import pictures
from spaces.access_facts import FACTS, Fact
from spaces.models import AccessNode, Space, Venue
from spaces.policies import VenuePolicy
from spaces.views.page import READ_WRITE

_MOST_VISITS = 20
_FRESH_SECONDS = 3600
_ROOM, _NODE = "room-", "place-"


@require_safe
def checks(request: HttpRequest, slug: str) -> HttpResponse:
    """The published access checks of a venue, newest first."""
    venue = _public_or_404(request, slug)
    visits = list(published(venue)[:_MOST_VISITS])
    told, photos = found(visits), photos_of(visits)
    context = {
        "venue": venue,
        "visits": [
            {"visit": row, "found": told[row.pk], "photos": photos[row.pk]} for row in visits
        ],
    }
    return render(request, "checks/published.html", context)


@require_safe
def photo(request: HttpRequest, name: str, size: str) -> HttpResponseBase:
    """One size of a visit's photo: to all once it is published, before that to those concerned."""
    rows = VisitPhoto.objects.select_related("visit__venue", "visit__round")
    row = get_object_or_404(rows, name=name)
    is_public = (
        row.visit.state == VisitState.PUBLISHED
        and row.visit.venue.visibility == Venue.Visibility.PUBLIC
    )
    if size not in pictures.SIZES or not (is_public or _may_read(request, row.visit)):
        raise Http404
    try:
        file = pictures.open_picture(name, size)
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file, content_type="image/jpeg", filename=f"{size}.jpg")
    fresh = f"public, max-age={_FRESH_SECONDS}" if is_public else "private, no-store"
    answer.headers["Cache-Control"] = fresh
    return answer


@require_http_methods(READ_WRITE)
def changed(request: HttpRequest, slug: str) -> HttpResponse:
    """“This has changed”: choose what, then say what is true now. Nobody has to sign in."""
    venue = _public_or_404(request, slug)
    places = _places(venue)
    asked = request.GET.get("fact", "")
    fact = FACTS.get(asked)
    if fact is None and asked != OTHER:
        return _which(request, venue, places)
    place = request.GET.get("place", "")
    chosen = places.get(place) if place in places else None
    if fact is not None and not _fits(fact, chosen):
        chosen = None
    form = ReportForm(request.POST or None, facts=[fact] if fact else [], has_notes=False)
    if request.method == "POST":
        if is_too_often(request):
            return _wait(request)
        if form.is_machine:
            return redirect(f"{reverse('venue_changed', args=[slug])}?thanks=1")
        if form.is_valid() and _keep(venue, form, fact, chosen):
            return redirect(f"{reverse('venue_changed', args=[slug])}?thanks=1")
    space_id = chosen.pk if isinstance(chosen, Space) else None
    node_id = chosen.pk if isinstance(chosen, AccessNode) else None
    context = {
        "venue": venue,
        "fact": fact,
        "place": chosen,
        "form": form,
        "now_says": said_now(venue).get((fact.code, space_id, node_id), "") if fact else "",
        "query": urlencode({"fact": asked, "place": place}),
    }
    return render(request, "checks/change.html", context, status=422 if form.errors else 200)


def _wait(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Too many tries"), "brand": None, "manages_venues": False}
    answer = render(request, "errors/429.html", context, status=429)
    answer.headers["Retry-After"] = "600"
    return answer


def _keep(venue: Venue, form: ReportForm, fact: Fact | None, chosen: Any) -> bool:
    said = Reported(
        words=form.cleaned_data["words"],
        fact=fact,
        given=form.given()[fact.code] if fact else Given(),
        space=chosen if isinstance(chosen, Space) else None,
        node=chosen if isinstance(chosen, AccessNode) else None,
        email=form.cleaned_data["email"],
    )
    try:
        report_change(venue, said, now=clock.now())
    except (BadInput, StateConflict) as error:
        form.refuse(error)
        return False
    return True


def _which(request: HttpRequest, venue: Venue, places: dict[str, Any]) -> HttpResponse:
    """The first page: what, and where."""
    choices = [("", _("The whole venue")), *[(key, str(row)) for key, row in places.items()]]
    form = WhichForm(places=choices)
    context = {
        "venue": venue,
        "form": form,
        "has_places": bool(places),
        "is_done": request.GET.get("thanks") == "1",
    }
    return render(request, "checks/changed.html", context)


def _places(venue: Venue) -> dict[str, Any]:
    """Rooms, entrances, lifts and toilets, by the words that stand in the address. Two queries."""
    spaces = venue.spaces.filter(is_bookable=True).order_by("name", "pk")
    nodes = venue.access_nodes.filter(kind__in=["entrance", "lift", "toilet"])
    return {
        **{f"{_ROOM}{row.pk}": row for row in spaces},
        **{f"{_NODE}{row.pk}": row for row in nodes},
    }


def _fits(fact: Fact, place: Any) -> bool:
    """Whether the fact can be said of the place; otherwise it is taken as of the whole venue."""
    if isinstance(place, Space):
        return "space" in fact.where
    if isinstance(place, AccessNode):
        return place.kind in fact.where
    return True


def _may_read(request: HttpRequest, visit: Visit) -> bool:
    policy = CheckPolicy(request.user)
    if not policy.scope.is_person:
        return False
    if visit.checker_id == request.user.pk or policy.is_officer_of(visit.round.council_id):
        return True
    is_sent = visit.state in {VisitState.SENT, VisitState.PUBLISHED}
    return is_sent and policy.of_venues.can_manage(visit.venue)


def _public_or_404(request: HttpRequest, slug: str) -> Venue:
    rows = VenuePolicy(request.user).visible().filter(visibility=Venue.Visibility.PUBLIC)
    return get_object_or_404(rows, slug=slug)
