"""Up to three spaces side by side. The address holds the choice; nobody needs an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import HirerCategory
from bookings.finder import PriceKind, ShownPrice
from bookings.finder.answers import answers_of
from bookings.finder.prices import guides
from bookings.finder.radius import walk_minutes
from bookings.views.cards import far_words
from bookings.views.venue_pictures import first_photos
from core import clock, words
from core.clock import london, start_of_day
from core.intervals import Span, merge
from spaces.access_facts import NEEDS, State
from spaces.models import Facility, Layout, OpeningSpan, Space
from spaces.places import FoundPlace, find_place
from spaces.policies import VenuePolicy
from spaces.routes.words import why
from spaces.stops import metres_between

MOST = 3
_LONGEST_NEAR = 100
Row = dict[str, Any]


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """A table with a column for each space. The same queries for one space and for three."""
    ids = _ids(request.GET)
    now = clock.now()
    rows = Space.objects.filter(pk__in=ids[:MOST], venue__in=VenuePolicy(request.user).visible())
    by_id = rows.select_related("venue__council").prefetch_related("layouts").in_bulk()
    spaces = [by_id[pk] for pk in ids if pk in by_id]
    near = request.GET.get("near", "")[:_LONGEST_NEAR].strip()
    place = find_place(near) if near else None
    category = request.GET.get("category", "")
    if category not in HirerCategory.values:
        category = HirerCategory.COMMUNITY.value
    photos = first_photos(spaces)
    context = {
        "spaces": [_head(space, request.GET, photos) for space in spaces],
        "rows": _rows(spaces, place, near, category, now) if spaces else [],
        "needs": _needs(spaces, now) if spaces else [],
        "more_href": f"{reverse('home')}?{_search(request.GET, spaces)}",
        "is_full": len(spaces) >= MOST,
        "left_out": max(0, len(ids) - MOST),
        "price_for": HirerCategory(category).label,
        "crumbs": [(_("Find a place"), reverse("home"))],
    }
    return render(request, "bookings/compare.html", context)


def _ids(asked: QueryDict) -> list[int]:
    """Raises: Http404 for what is no number of a space."""
    found = []
    for value in dict.fromkeys(asked.getlist("space")):
        if not (value.isascii() and value.isdecimal() and len(value) < 16):
            raise Http404
        found.append(int(value))
    return found


def _head(space: Space, asked: QueryDict, photos: Mapping[int, dict[str, str]]) -> Row:
    left = asked.copy()
    left.setlist("space", [pk for pk in left.getlist("space") if pk != str(space.pk)])
    return {
        "name": space.name,
        "venue": space.venue.name,
        "kind": space.venue.kind,
        "href": f"{reverse('venue', args=[space.venue.slug])}#space-{space.slug}",
        "remove_href": f"?{left.urlencode()}",
        **photos.get(space.pk, {}),
    }


def _search(asked: QueryDict, spaces: Sequence[Space]) -> str:
    """The search again, with what was picked so far."""
    kept = QueryDict(mutable=True)
    for name in ("near", "category"):
        if asked.get(name):
            kept.setlist(name, [str(asked[name])])
    kept.setlist("compare", [str(space.pk) for space in spaces])
    return kept.urlencode()


def _rows(
    spaces: Sequence[Space], place: FoundPlace | None, near: str, category: str, now: datetime
) -> list[Row]:
    prices = guides(spaces, category=category)
    facilities = _facilities(spaces)
    hours = _hours(spaces, now)
    rows = [
        (_("Kind of place"), [[str(space.venue.get_kind_display())] for space in spaces]),
        (_("Price"), [[_price(prices[space.pk])] for space in spaces]),
        (_("Most people"), [_people(space) for space in spaces]),
        *(
            (str(label), [_seats(space, kind) for space in spaces])
            for kind, label in Layout.Kind.choices
            if any(layout.kind == kind for space in spaces for layout in space.layouts.all())
        ),
        (_("It has"), [facilities[space.pk] for space in spaces]),
        (_("Open in the next seven days"), [hours[space.pk] for space in spaces]),
    ]
    if near:
        rows.insert(0, (_("Distance"), [[_far(space, place, near)] for space in spaces]))
    return [{"label": label, "cells": cells} for label, cells in rows]


def _far(space: Space, place: FoundPlace | None, near: str) -> str:
    venue = space.venue
    if place is None:
        return _("We do not know a place called “%(near)s”") % {"near": near}
    if venue.latitude is None or venue.longitude is None:
        return _("Not known")
    here = (place.latitude, place.longitude)
    metres = metres_between(here, (venue.latitude, venue.longitude))
    return far_words(metres, walk_minutes(metres), place.name)


def _price(price: ShownPrice) -> str:
    if price.kind is PriceKind.ASK or price.an_hour is None:
        return _("Ask for the price")
    if not price.an_hour:
        return _("Free")
    return _("%(price)s an hour, at the least") % {"price": words.price(price.an_hour)}


def _people(space: Space) -> list[str]:
    return [_("Not known") if space.capacity is None else str(space.capacity)]


def _seats(space: Space, kind: str) -> list[str]:
    for layout in space.layouts.all():
        if layout.kind == kind:
            lines = [str(layout.people)]
            if layout.wheelchair_places:
                told = {"n": layout.wheelchair_places}
                lines.append(_("%(n)d wheelchair places") % told)
            return lines
    return [_("Not known")]


def _facilities(spaces: Sequence[Space]) -> dict[int, list[str]]:
    """What each has, its own words before those of its venue."""
    rows = list(Facility.objects.filter(venue__in={space.venue_id for space in spaces}))
    found = {}
    for space in spaces:
        said = {
            row.code: row for row in rows if row.venue_id == space.venue_id and not row.space_id
        }
        said |= {row.code: row for row in rows if row.space_id == space.pk}
        there = [row for row in said.values() if row.value == Facility.Value.YES]
        lines = sorted(str(row.get_code_display()) for row in there)
        found[space.pk] = lines or [_("Nobody has said yet")]
    return found


def _hours(spaces: Sequence[Space], now: datetime) -> dict[int, list[str]]:
    today = london(now).date()
    days = [today + timedelta(days=n) for n in range(7)]
    week = Span(start_of_day(days[0]), start_of_day(days[-1] + timedelta(days=1)))
    rows = OpeningSpan.objects.filter(
        space__in=spaces, starts_at__lt=week.end, ends_at__gt=week.start
    ).values_list("space_id", "starts_at", "ends_at")
    spans: dict[int, list[Span]] = {space.pk: [] for space in spaces}
    for space_id, starts_at, ends_at in rows:
        spans[space_id].append(Span(starts_at, ends_at))
    return {
        space.pk: [_day(day, spans[space.pk]) for day in days]
        if space.hours_known
        else [_("Not known: ask them")]
        for space in spaces
    }


def _day(day: date, spans: Sequence[Span]) -> str:
    whole = Span(start_of_day(day), start_of_day(day + timedelta(days=1)))
    parts = [part for span in merge(spans) if (part := span.clip(whole))]
    said = ", ".join(words.times(part.start, part.end) for part in parts) or _("closed")
    if parts == [whole]:
        said = _("all day")
    return _("%(day)s: %(times)s") % {"day": date_format(day, "D"), "times": said}


def _needs(spaces: Sequence[Space], now: datetime) -> list[Row]:
    """Each need with a yes, a no or not checked yet for each space, and what decides a no."""
    known = answers_of([space.pk for space in spaces], now=now)
    rows = []
    for slug, need in NEEDS.items():
        told = [known.get((space.pk, slug)) for space in spaces]
        rows.append(
            {
                "label": str(need.label),
                "cells": [
                    {
                        "state": answer.state if answer else State.UNKNOWN,
                        "note": why(answer.why) if answer and answer.state is State.NO else "",
                    }
                    for answer in told
                ],
            }
        )
    return rows
