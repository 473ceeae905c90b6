"""What an access fact looks like: a ramp, a door, a toilet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spaces.models.picture import Picture


class FactPhoto(Picture):
    """One photo of one statement; it goes with the statement (`spaces/services/fact_photos.py`)."""

    fact = models.OneToOneField("spaces.AccessFact", models.CASCADE, related_name="picture")

    class Meta:
        verbose_name = _("photo of an access fact")
        verbose_name_plural = _("photos of access facts")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(alt=""), name="fact_photo_says_what_it_shows")
        ]
