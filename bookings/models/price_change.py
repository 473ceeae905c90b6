"""What a date's price was before published rates gave it another, so that its hirer can see it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PriceChange(models.Model):
    """`old_total` None: there was no price before. The new lines are the date's quote lines."""

    class Why(models.TextChoices):
        FINAL = "final", _("The estimate became final when rates for that day were published")
        ON_THE_DAY = "on_the_day", _("The venue charges the rates in force on the day")
        FIRST = "first", _("Rates for that day were published")

    occurrence = models.ForeignKey(
        "bookings.Occurrence", models.CASCADE, related_name="price_changes"
    )
    version = models.ForeignKey("tariffs.TariffVersion", models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=10, choices=Why)
    old_total = models.DecimalField(
        _("price before"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    new_total = models.DecimalField(_("price after"), max_digits=14, decimal_places=2)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ["changed_at", "pk"]
        verbose_name = _("change of a price")
        verbose_name_plural = _("changes of prices")

    def __str__(self) -> str:
        return f"{self.occurrence_id}: {self.old_total} to {self.new_total}"
