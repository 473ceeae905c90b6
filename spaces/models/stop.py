"""Stops and stations of public transport, by their codes in the national list (NaPTAN)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Stop(models.Model):
    """Where a bus, train, tram or ferry is boarded.

    The national list does not say whether there are steps: `step_free` is said by people and
    left alone by a new import.
    """

    class Kind(models.TextChoices):
        BUS = "bus", _("Bus stop")
        COACH = "coach", _("Coach stop")
        RAIL = "rail", _("Railway station")
        METRO = "metro", _("Tram or underground stop")
        FERRY = "ferry", _("Ferry landing")

    class StepFree(models.TextChoices):
        YES = "yes", _("Without steps")
        NO = "no", _("Has steps")
        UNKNOWN = "unknown", _("Not checked yet")

    code = models.CharField(_("ATCO code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    indicator = models.CharField(
        _("which of them"), max_length=50, blank=True, help_text=_("For example, “Stop C”")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    latitude = models.FloatField(
        _("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    step_free = models.CharField(
        _("way on and off"), max_length=8, choices=StepFree, default=StepFree.UNKNOWN
    )
    is_served = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("stop or station")
        verbose_name_plural = _("stops and stations")
        indexes: ClassVar = [
            models.Index(
                fields=["latitude", "longitude"],
                condition=models.Q(is_served=True),
                name="stop_by_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.indicator})" if self.indicator else self.name
