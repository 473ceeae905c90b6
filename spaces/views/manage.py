"""Where a manager starts: their venues, and for each one page that leads to all that can be set.

A page below manage/venues/<slug>/ asks `managed_or_404` for its venue first. It comes into the
list by the name of its address in `_SECTIONS`; a name that nobody has an address for is left out.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.policies import MANAGERS, OFFICERS
from core.errors import NotAllowed
from spaces.models import Venue
from spaces.policies import May, VenuePolicy

_PER_PAGE = 50
# The name of the address, what the link says, and what is behind it.
_SECTIONS = (
    ("manage_details", _("Details"), _("Name, address, who may see it, how to book, contact")),
    ("manage_spaces", _("Spaces"), _("Rooms, how many people fit, what each one has")),
    ("manage_facilities", _("What there is"), _("Kitchen, wifi, prayer room, car park")),
    ("manage_stock", _("Things to borrow"), _("Chairs, tables, gazebos, and how many")),
    ("manage_photos", _("Photos and floor plans"), _("Pictures, each with its words")),
    ("manage_times", _("Opening times"), _("When each space is open")),
    ("manage_quiet", _("Quiet times"), _("When it is kept quiet, and why")),
    ("manage_closures", _("Closures"), _("Close spaces for a while, and see whom that touches")),
    ("manage_limits", _("Limits of the premises"), _("Licence hours, notices, fire limit")),
    ("manage_access", _("Access"), _("Steps, doors, lifts, toilets, and the ways between them")),
    ("manage_faults", _("Faults"), _("A lift out of order, a broken door")),
    ("manage_checks", _("Access checks"), _("What visitors found for the council, and your reply")),
    ("venue_reports", _("Changes that visitors report"), _("Accept them, or set them aside")),
    ("manage_calendars", _("Calendars"), _("Busy times from another calendar")),
    ("manage_vat", _("VAT"), _("Registration, option to tax, spaces for sport")),
    ("manage_rates", _("Rates"), _("What an hour costs, for whom")),
    ("rates_try", _("Try rates out"), _("Who would pay more, and which prices stay as agreed")),
    ("manage_support", _("Help with the price"), _("Free hours, vouchers and grants")),
)


def managed_or_404(request: HttpRequest, slug: str) -> Venue:
    """The venue, if the person runs it; those who may only see it are told so.

    Raises: Http404, NotAllowed.
    """
    policy = VenuePolicy(request.user)
    found = get_object_or_404(policy.visible(), slug=slug)
    if not policy.can_manage(found):
        raise NotAllowed
    return found


@login_required
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    """The venues that the person runs."""
    policy = VenuePolicy(request.user)
    rows = policy.manageable().order_by("name", "pk")
    if not policy.scope.is_staff and not rows.exists():
        raise PermissionDenied
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_add": policy.operators().exists(),
        "decides_concessions": bool(
            policy.scope.is_administrator or policy.scope.council_ids(MANAGERS)
        ),
        "sees_figures": policy.venues(May.FIGURES).exists(),
        "runs_checks": bool(policy.scope.is_administrator or policy.scope.council_ids(OFFICERS)),
    }
    return render(request, "spaces/venues.html", context)


@login_required
@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """One venue: a link to all that its manager can set."""
    found = managed_or_404(request, slug)
    context = {
        "venue": found,
        "sections": _sections(found),
        "is_draft": found.visibility == Venue.Visibility.DRAFT,
        "crumbs": crumbs(),
    }
    return render(request, "spaces/venue.html", context)


def crumbs(venue: Venue | None = None) -> list[tuple[Any, str]]:
    """The way back: my venues, and this one."""
    trail: list[tuple[Any, str]] = [(_("Your venues"), reverse("manage_venues"))]
    if venue is not None:
        trail.append((venue.name, reverse("manage_venue", args=[venue.slug])))
    return trail


def _sections(venue: Venue) -> list[dict[str, Any]]:
    found = []
    for name, words, hint in _SECTIONS:
        try:
            href = reverse(name, args=[venue.slug])
        except NoReverseMatch:
            continue
        found.append({"href": href, "words": words, "hint": hint})
    return found
