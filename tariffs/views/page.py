"""What the pages about rates share: the way back, and the link to last year's bookings."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from spaces.models import Venue
from spaces.views.manage import crumbs


def trail(venue: Venue) -> list[tuple[Any, str]]:
    """The way back: my venues, this one, its rates."""
    return [*crumbs(venue), (_("Rates"), reverse("manage_rates", args=[venue.slug]))]


def what_if_url(pk: int) -> str:
    """Where last year's bookings are priced by a draft; empty where there is no such page."""
    try:
        return reverse("rates_what_if", args=[pk])
    except NoReverseMatch:
        return ""
