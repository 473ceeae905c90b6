"""Where managers say what is known of getting in: all places, and the facts of one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.person import signed_in
from core import clock, words
from spaces import routes
from spaces.access_facts import FACTS, said_by
from spaces.forms.access import FactsForm
from spaces.models import AccessFact, AccessNode, Venue
from spaces.policies import May, VenuePolicy
from spaces.routes.sentences import route_sentence
from spaces.routes.timeline import moment_at
from spaces.routes.week import minute_at
from spaces.services.access import FactPlace, record_facts, settle
from spaces.views.fact_photos import rows_with_photos
from spaces.views.manage import crumbs, managed_or_404
from spaces.views.page import READ_WRITE, answer, back_to, form_page


@login_required
@require_safe
def access(request: HttpRequest, slug: str) -> HttpResponse:
    """Every place with what is left to check, the ways, and where reports differ."""
    venue = managed_or_404(request, slug)
    now = clock.now()
    known = routes.load([venue.pk], today=clock.today(), now=now)[venue.pk]
    minute = minute_at(now)
    moment = moment_at(known, now, piece=(minute, minute + 1))
    context = {
        "venue": venue,
        "places": _places(venue, known),
        "nodes": known.nodes,
        "ways": _ways(venue, known),
        "answers": [
            {"room": room.name, **route_sentence(routes.route_to(known, room, moment))}
            for room in known.rooms
            if room.is_bookable
        ],
        "differing": _differing(known),
        "crumbs": crumbs(venue),
    }
    return render(request, "spaces/access.html", context)


@login_required
@require_http_methods(READ_WRITE)
def facts(request: HttpRequest, slug: str, kind: str, pk: int = 0) -> HttpResponse:
    """The questions about one place, in the words of one source."""
    venue = managed_or_404(request, slug)
    place = _place_or_404(venue, kind, pk)
    source = _source(request, venue)
    rows = AccessFact.objects.filter(**place.key(), source=source, superseded_by=None)
    form = FactsForm(
        request.POST or None,
        place=place,
        rows={row.code: row for row in rows},
        today=clock.today(),
    )
    actor = signed_in(request)
    done = answer(
        request,
        form,
        save=lambda: record_facts(place, form.said(), source=source, actor=actor, now=clock.now()),
        said=_("Saved: %(place)s.") % {"place": place.name},
        go_to=back_to(venue, "manage_access"),
    )
    return done or form_page(
        request,
        form,
        title=_("Access: %(place)s") % {"place": place.name},
        back=back_to(venue, "manage_access"),
        venue=venue,
        lead=_("Not checked is shown as not checked, never as no."),
        template="spaces/facts.html",
        rows=rows_with_photos(rows),
    )


@login_required
@require_POST
def settle_one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Of reports that differ, keep one."""
    venue = managed_or_404(request, slug)
    rows = AccessFact.objects.filter(venue=venue, superseded_by=None).select_related(
        "venue__council", "venue__operator", "space", "node", "link__low", "link__high"
    )
    settle(get_object_or_404(rows, pk=pk), actor=signed_in(request), now=clock.now())
    messages.success(request, _("Settled. The other report is kept in the record."))
    return redirect(back_to(venue, "manage_access"))


def _place_or_404(venue: Venue, kind: str, pk: int) -> FactPlace:
    if kind == "venue":
        return FactPlace(venue)
    if kind == "spaces":
        return FactPlace(venue, space=get_object_or_404(venue.spaces, pk=pk))
    if kind == "ways":
        links = venue.access_links.select_related("low", "high")
        return FactPlace(venue, link=get_object_or_404(links, pk=pk))
    if kind != "places":
        raise Http404
    node = get_object_or_404(venue.access_nodes.select_related("space"), pk=pk)
    if node.kind in {AccessNode.Kind.LANDING, AccessNode.Kind.SPACE}:
        raise Http404
    return FactPlace(venue, node=node)


def _source(request: HttpRequest, venue: Venue) -> str:
    """Officers may enter what an audit found; anybody else speaks for the venue."""
    wanted = request.GET.get("source", "")
    is_officer = VenuePolicy(request.user).may(May.FIGURES, venue)
    if is_officer and wanted in AccessFact.Source.values:
        return wanted
    return AccessFact.Source.OWNER


def _places(venue: Venue, known: routes.VenueAccess) -> list[dict[str, Any]]:
    """The venue, its rooms and the places on its ways, each with how much is not checked."""
    found = [("venue", 0, _("The whole venue"), FactPlace(venue), ("venue", 0))]
    by_space = {space.pk: space for space in venue.spaces.all()}
    for room in known.rooms:
        place = FactPlace(venue, space=by_space[room.id])
        found.append(("spaces", room.id, room.name, place, ("space", room.id)))
    for node in known.nodes:
        if node.kind not in {AccessNode.Kind.LANDING, AccessNode.Kind.SPACE}:
            place = FactPlace(venue, node=node)
            found.append(("places", node.pk, node.name, place, ("node", node.pk)))
    return [
        {
            "href": back_to(venue, "manage_access_facts", kind, pk),
            "name": name,
            "known": sum(bool(known.state(key, fact.code).rows) for fact in place.facts()),
            "asked": len(place.facts()),
        }
        for kind, pk, name, place, key in found
    ]


def _ways(venue: Venue, known: routes.VenueAccess) -> list[dict[str, Any]]:
    names = {node.pk: node.name for node in known.nodes}
    said = {
        "yes": _("free of steps"),
        "no": _("has steps"),
        "unknown": _("not checked yet"),
    }
    return [
        {
            "pk": link.pk,
            "name": f"{names[link.low_id]} – {names[link.high_id]}",
            "said": said[known.state(("link", link.pk), "internal_route_step_free").state],
            "href": back_to(venue, "manage_access_facts", "ways", link.pk),
        }
        for link in known.links
    ]


def _differing(known: routes.VenueAccess) -> list[dict[str, Any]]:
    """Facts whose sources disagree, with what each of them says."""
    names = {("node", node.pk): node.name for node in known.nodes}
    names |= {("space", room.id): room.name for room in known.rooms}
    found = []
    for key, codes in known.rows.items():
        for code in codes:
            if code in FACTS and known.state(key, code).reports_differ:
                rows = [
                    {
                        "pk": row.pk,
                        "source": row.get_source_display(),
                        "said": said_by(FACTS[code], row),
                        "day": words.long_day(row.checked_on) if row.checked_on else "",
                    }
                    for row in known.state(key, code).rows
                ]
                question = FACTS[code].question
                found.append({"place": names.get(key, ""), "question": question, "rows": rows})
    return found
