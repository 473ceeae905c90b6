"""Pictures of a venue: photos, and plans of its floors with its spaces marked.

The files are written by `spaces/pictures.py`, several sizes of each, under the picture's `name`,
which nobody can guess. They are never served from the folder itself.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_name() -> str:
    """24 random bytes, as letters that are good in an address."""
    return secrets.token_urlsafe(24)


class Picture(models.Model):
    """A picture that was decoded, turned upright and written anew; its size is the largest's."""

    name = models.CharField(_("file"), max_length=32, unique=True, default=new_name, editable=False)
    alt = models.CharField(
        _("what it shows"),
        max_length=250,
        help_text=_("For people who cannot see it. For example, “The hall, with its stage.”"),
    )
    width = models.PositiveSmallIntegerField(_("width in pixels"), editable=False)
    height = models.PositiveSmallIntegerField(_("height in pixels"), editable=False)
    added_at = models.DateTimeField(_("added"), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alt


class Photo(Picture):
    """What a venue or one of its spaces looks like; the first in order stands for the venue."""

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="photos")
    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, null=True, blank=True, related_name="photos"
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(alt=""), name="photo_says_what_it_shows")
        ]


class FloorPlan(Picture):
    """A drawing of one floor."""

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="floor_plans")
    floor = models.SmallIntegerField(_("floor, 0 is the ground"), default=0)

    class Meta:
        ordering = ["floor"]
        verbose_name = _("floor plan")
        verbose_name_plural = _("floor plans")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue", "floor"],
                name="floor_plan_once",
                violation_error_message=_("There is a plan of that floor. Remove it first."),
            ),
            models.CheckConstraint(condition=~Q(alt=""), name="floor_plan_says_what_it_shows"),
        ]


class PlanMark(models.Model):
    """Where a space is on a plan, in hundredths of its width and height from the top left."""

    plan = models.ForeignKey(FloorPlan, models.CASCADE, related_name="marks")
    space = models.ForeignKey("spaces.Space", models.CASCADE, related_name="plan_marks")
    x = models.DecimalField(
        _("from the left, in per cent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    y = models.DecimalField(
        _("from the top, in per cent"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("mark on a floor plan")
        verbose_name_plural = _("marks on floor plans")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "space"], name="plan_mark_once"),
            models.CheckConstraint(
                condition=Q(x__range=(0, 100), y__range=(0, 100)), name="plan_mark_is_on_the_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} on {self.plan_id}"
