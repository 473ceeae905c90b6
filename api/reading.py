"""Which venues and spaces a caller may read; what is not for them does not exist."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from core.errors import NotFound
from spaces.models import Facility, Pool, Space, Venue
from spaces.policies import VenuePolicy


def venues_listed(request: Request) -> QuerySet[Venue]:
    """Venues that may stand in a list for this caller."""
    return VenuePolicy(request.user).listed()


def venue_named(request: Request, slug: str) -> Venue:
    """One venue with all that its page tells.

    Raises: NotFound.
    """
    rows = (
        VenuePolicy(request.user)
        .visible()
        .prefetch_related(
            Prefetch("spaces", queryset=_told(Space.objects.all())),
            Prefetch("facilities", queryset=Facility.objects.filter(space=None)),
            "stock",
            "pools",
        )
    )
    venue = rows.filter(slug=slug).first()
    if venue is None:
        raise NotFound(_("There is no such venue."))
    return venue


def spaces_listed(request: Request) -> QuerySet[Space]:
    """Spaces of venues that may stand in a list for this caller."""
    listed = VenuePolicy(request.user).listed()
    return _told(Space.objects.filter(venue__in=listed.values("pk")))


def space_numbered(request: Request, pk: int) -> Space:
    """One space.

    Raises: NotFound.
    """
    visible = VenuePolicy(request.user).visible()
    space = _told(Space.objects.filter(venue__in=visible.values("pk"), pk=pk)).first()
    if space is None:
        raise NotFound(_("There is no such space."))
    return space


def require_spaces(request: Request, ids: Collection[int]) -> dict[int, Space]:
    """All these spaces by id, with their venues.

    Raises: NotFound, naming those that are not there.
    """
    if not ids:
        return {}
    visible = VenuePolicy(request.user).visible()
    rows = Space.objects.filter(venue__in=visible.values("pk"), pk__in=set(ids))
    found = {space.pk: space for space in rows.select_related("venue")}
    missing = sorted(set(ids) - set(found))
    if missing:
        numbers = ", ".join(map(str, missing[:20]))
        raise NotFound(_("There is no space %(numbers)s.") % {"numbers": numbers})
    return found


def require_pools(request: Request, ids: Collection[int]) -> dict[int, Pool]:
    """All these pools by id.

    Raises: NotFound, naming those that are not there.
    """
    if not ids:
        return {}
    visible = VenuePolicy(request.user).visible()
    found = Pool.objects.filter(venue__in=visible.values("pk")).in_bulk(set(ids))
    missing = sorted(set(ids) - set(found))
    if missing:
        numbers = ", ".join(map(str, missing[:20]))
        raise NotFound(_("There is no pool %(numbers)s.") % {"numbers": numbers})
    return found


def _told(spaces: QuerySet[Space]) -> QuerySet[Space]:
    return spaces.select_related("venue").prefetch_related("layouts", "facilities", "atom_rows")
