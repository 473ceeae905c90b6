"""What a checker photographed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from spaces.models.picture import Picture


class VisitPhoto(Picture):
    """Public once the visit is; the files are kept by `spaces/pictures.py` as those of venues."""

    visit = models.ForeignKey("checks.Visit", models.CASCADE, related_name="photos")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("photo of a visit")
        verbose_name_plural = _("photos of visits")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(alt=""), name="visit_photo_says_what_it_shows"
            )
        ]
