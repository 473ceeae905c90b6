"""The photos and floor plans of a venue, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from spaces.models import Photo, Space, Venue
from spaces.views.plan import drawn_plan


def first_photos(spaces: Sequence[Space]) -> dict[int, dict[str, str]]:
    """`photo_url` and `photo_alt` of each space's first photo, or its venue's. One query."""
    own: dict[int, Photo] = {}
    theirs: dict[int, Photo] = {}
    for photo in Photo.objects.filter(venue__in={space.venue_id for space in spaces}):
        if photo.space_id is None:
            theirs.setdefault(photo.venue_id, photo)
        else:
            own.setdefault(photo.space_id, photo)
    found = {space.pk: own.get(space.pk) or theirs.get(space.venue_id) for space in spaces}
    return {
        pk: {"photo_url": reverse("picture", args=[photo.name, "medium"]), "photo_alt": photo.alt}
        for pk, photo in found.items()
        if photo
    }


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
