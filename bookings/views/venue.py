"""The page of a venue: what it is, when its spaces are free, what they cost, how to get in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.views import venue_about, venue_week
from bookings.views.getting_there import Near, on_the_way, stops_near
from bookings.views.kept import PARAMETER, for_space, from_page
from bookings.views.maps import Spot, drawn_map
from bookings.views.venue_access import access
from bookings.views.venue_pictures import pictures_of
from core import clock
from core.clock import london
from notices.links import absolute
from spaces.access_facts import facts_of_venues
from spaces.access_out import data_block, schema_org
from spaces.models import Space, Venue
from spaces.policies import VenuePolicy
from spaces.routes import VenueAccess
from tariffs.models import GuidePrice


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, its spaces, how to get in and there. The same statements for any number."""
    rows = VenuePolicy(request.user).visible().select_related("ward")
    found = get_object_or_404(rows, slug=slug)
    now = clock.now()
    today = london(now).date()
    monday = venue_week.monday_of(request.GET.get("week", ""), today=today)
    spaces = venue_about.spaces_of(found)
    known = access(found, spaces, now=now)
    stops = stops_near(found)
    about = venue_about.of_the_venue(found)
    context = {
        "venue": found,
        "is_booked_here": found.booking_mode == Venue.BookingMode.HERE,
        "book_href": _book(request, found, spaces),
        "how_to_book": venue_about.how_to_book(found),
        "spaces": _spaces(request, found, spaces, monday, now, known["of_spaces"]),
        "as_list": request.GET.get("as") == "list",
        "rates": venue_about.rate_tables(spaces),
        "dayparts": GuidePrice.Daypart.labels,
        "access": known,
        "json_ld": _json_ld(found, spaces, known["known"]),
        "stops": stops,
        "map": _map(found, stops),
        "crumbs": [(_("Find a place"), reverse("home"))],
        "marks": venue_about.marks(about["by_code"], spaces),
        "on_the_way": on_the_way(about["by_code"], facts_of_venues([found.pk])[found.pk]),
        **pictures_of(found),
        **about,
    }
    return render(request, "bookings/venue.html", context)


def _json_ld(found: Venue, spaces: Sequence[Space], known: VenueAccess) -> str:
    """For search engines; of a public venue alone."""
    if found.visibility != Venue.Visibility.PUBLIC:
        return ""
    url = absolute(reverse("venue", args=[found.slug]))
    return data_block(schema_org(found, list(spaces), known, url=url))


def _spaces(
    request: HttpRequest,
    found: Venue,
    spaces: Sequence[Space],
    monday: date,
    now: datetime,
    facts: dict[int, list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """Each space with its week; of a venue that is not booked here nobody knows what is free."""
    weeks = {}
    if found.booking_mode == Venue.BookingMode.HERE:
        weeks = venue_week.weeks(spaces, monday, now=now)
    asked = request.GET.get("space", "")
    opened = asked if any(space.slug == asked for space in spaces) else _first(spaces)
    return [
        {
            "space": space,
            "in_short": venue_about.in_short(space),
            "facts": venue_about.facts_of(space),
            "access": facts[space.pk],
            "calendar": venue_about.calendar_links(space),
            "is_open": space.slug == opened,
            **weeks.get(space.pk, {}),
            **_links(request, space, monday, now),
        }
        for space in spaces
    ]


def _book(request: HttpRequest, found: Venue, spaces: Sequence[Space]) -> str:
    """To booking, with the space and all that was asked for on the way here."""
    href = reverse("book_pick", args=[found.slug])
    asked = request.GET.get("space", "")
    chosen = next((one for one in spaces if one.slug == asked and one.is_bookable), None)
    if chosen is None:
        return href
    return f"{href}?{for_space(from_page(request.GET), chosen.pk)}"


def _first(spaces: Sequence[Space]) -> str:
    return next((space.slug for space in spaces if space.is_bookable), "")


def _links(request: HttpRequest, space: Space, monday: date, now: datetime) -> dict[str, str]:
    """Other weeks and the other shape of this one; each comes back to this very space."""
    step = venue_week.steps(monday, today=london(now).date())
    is_list = request.GET.get("as") == "list"
    said = from_page(request.GET)
    return {
        "other_href": _link(space, monday, said, is_list=not is_list),
        "earlier_href": _link(space, step["earlier"], said, is_list=is_list),
        "later_href": _link(space, step["later"], said, is_list=is_list),
    }


def _link(space: Space, monday: date | None, said: str, *, is_list: bool) -> str:
    if monday is None:
        return ""
    query = {"week": monday.isoformat(), "space": space.slug}
    if said:
        query[PARAMETER] = said
    if is_list:
        query["as"] = "list"
    return f"?{urlencode(query)}#space-{space.slug}"


def _map(found: Venue, stops: Sequence[Near]) -> dict[str, Any] | None:
    if found.latitude is None or found.longitude is None:
        return None
    return drawn_map(
        [],
        council_ids=[found.council_id],
        title=_("Where %(venue)s is") % {"venue": found.name},
        here=Spot(found.latitude, found.longitude, found.name),
        spots=[Spot(one.stop.latitude, one.stop.longitude, one.stop.name) for one in stops],
    )
