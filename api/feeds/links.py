"""Where a space's calendar is."""

from __future__ import annotations

from django.urls import reverse

from notices.links import absolute
from spaces.models import Space, Venue


def feed_links(space: Space) -> dict[str, str] | None:
    """The feed by https and as a webcal link; None where the venue is not public.

    The space's venue must be loaded.
    """
    if space.venue.visibility != Venue.Visibility.PUBLIC:
        return None
    address = absolute(reverse("space_busy_feed", args=[space.pk]))
    _scheme, _colon, rest = address.partition("://")
    return {"busy_ics": address, "webcal": f"webcal://{rest}"}
