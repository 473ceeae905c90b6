"""The photos and floor plans of a venue, as its page shows them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from spaces.models import Venue
from spaces.views.plan import drawn_plan


def pictures_of(venue: Venue) -> dict[str, Any]:
    """The first photo for the head, the others below, and the plans. Four queries at most."""
    photos = [
        {
            "src": reverse("picture", args=[photo.name, "medium"]),
            "large": reverse("picture", args=[photo.name, "large"]),
            "alt": photo.alt,
            "caption": photo.caption,
            "space": photo.space.name if photo.space else "",
        }
        for photo in venue.photos.select_related("space")
    ]
    plans = venue.floor_plans.prefetch_related("marks__space")
    return {
        "first_photo": photos[0] if photos else None,
        "photos": photos[1:],
        "plans": [drawn_plan(plan) for plan in plans],
    }
