"""Counts of searches that found nothing, so that demand is known later. No person is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchMiss(models.Model):
    """How often, in one month, a need could not be met in a ward at a time of week."""

    month = models.DateField(_("month, its first day"))
    ward = models.ForeignKey(
        "spaces.Ward", models.CASCADE, null=True, blank=True, related_name="search_misses"
    )
    daypart = models.CharField(_("time of week"), max_length=20)
    need = models.CharField(_("need"), max_length=40, blank=True)
    times = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["month", "ward", "daypart", "need"],
                name="search_miss_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.daypart} {self.need}: {self.times}"
