"""Opening hours that hold on some dates only: a season, school terms, a single day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class HoursVariant(models.Model):
    """Other hours of one space on some dates; without rules it is closed then.

    A single day goes before a bank holiday, a bank holiday before a season, a season before
    the usual week.
    """

    class Kind(models.TextChoices):
        SEASON = "season", _("Season or school term")
        DAY = "day", _("Single day")

    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, related_name="hours_variants", verbose_name=_("space")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("other hours")
        verbose_name_plural = _("other hours")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["space", "kind", "name"], name="hours_variant_name_once_per_space"
            )
        ]

    def __str__(self) -> str:
        return self.name


class VariantDates(models.Model):
    """The London dates [first_on, last_on], both included, on which a variant holds."""

    variant = models.ForeignKey(
        HoursVariant, models.CASCADE, related_name="dates", verbose_name=_("other hours")
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_on"]
        verbose_name = _("dates of other hours")
        verbose_name_plural = _("dates of other hours")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on")), name="variant_dates_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_on} {self.last_on}"
