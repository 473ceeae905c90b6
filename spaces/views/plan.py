"""A floor plan as it is drawn: the picture, numbered marks on it, and the list beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from spaces.models import FloorPlan

# The drawing's own units across; as high as the picture's shape makes it.
_ACROSS = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered spot, in the drawing's units."""

    number: int
    name: str
    slug: str
    x: int
    y: int


def drawn_plan(plan: FloorPlan) -> dict[str, Any]:
    """For templates/components/plan.html; the marks and their spaces are read already."""
    height = round(_ACROSS * plan.height / plan.width)
    marks = sorted(plan.marks.all(), key=lambda mark: (mark.space.position, mark.space.name))
    return {
        "pk": plan.pk,
        "title": floor_name(plan.floor),
        "alt": plan.alt,
        "src": reverse("picture", args=[plan.name, "large"]),
        "width": _ACROSS,
        "height": height,
        "marks": [
            Mark(
                number=n,
                name=mark.space.name,
                slug=mark.space.slug,
                x=round(_ACROSS * mark.x / 100),
                y=round(height * mark.y / 100),
            )
            for n, mark in enumerate(marks, start=1)
        ],
    }


def floor_name(floor: int) -> str:
    """The ground floor, floor 2."""
    return _("Ground floor") if floor == 0 else _("Floor %(n)d") % {"n": floor}
