"""What VAT has to know of buildings and spaces, each decided by a person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dated import Dated, in_order, one_at_a_time


class OptionToTax(Dated):
    """The operator has opted to tax this building on these days: its hires then carry VAT."""

    NO_OVERLAP = "option_to_tax_no_overlap"

    venue = models.ForeignKey(
        "spaces.Venue", models.CASCADE, related_name="options_to_tax", verbose_name=_("venue")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("option to tax")
        verbose_name_plural = _("options to tax")
        constraints: ClassVar = [
            in_order("option_to_tax_order"),
            one_at_a_time("venue", name="option_to_tax_no_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.first_on}"


class SportsDecision(models.Model):
    """Whether a space is designed or adapted for sport. Without a row nobody has decided.

    A person decides, and says why: a general hall hired for a dance class is none; markings on
    the floor may make it one.
    """

    space = models.OneToOneField(
        "spaces.Space", models.CASCADE, related_name="sports_decision", verbose_name=_("space")
    )
    is_sports_facility = models.BooleanField(_("is a sports facility"))
    note = models.CharField(_("why"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision on a sports facility")
        verbose_name_plural = _("decisions on sports facilities")

    def __str__(self) -> str:
        return f"{self.space_id}: {self.is_sports_facility}"
