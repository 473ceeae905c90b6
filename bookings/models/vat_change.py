"""A block of sports dates that no longer counts as a series, and the VAT that became due."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VatChange(models.Model):
    """`amount` of VAT is due on the dates that are left, because conditions `failed`.

    Nobody is charged by it: the price stays until a manager settles the change. `is_added`: by
    the rates VAT comes on top of the price; otherwise it is within it.
    """

    class Settled(models.TextChoices):
        ADDED = "added", _("Added to the price")
        BORNE = "borne", _("The venue bears it: the price stays")

    ONE_OPEN = "vat_change_one_open"

    booking = models.ForeignKey(
        "bookings.Booking", models.CASCADE, related_name="vat_changes", verbose_name=_("booking")
    )
    at = models.DateTimeField(_("when"))
    failed = ArrayField(models.SlugField(max_length=30), verbose_name=_("what no longer holds"))
    words = models.CharField(_("in words"), max_length=500)
    amount = models.DecimalField(_("VAT that is due"), max_digits=14, decimal_places=2)
    rate = models.DecimalField(_("rate in percent"), max_digits=5, decimal_places=2)
    is_added = models.BooleanField(_("VAT comes on top of the price"))
    settled = models.CharField(_("settled"), max_length=8, choices=Settled, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("change of VAT")
        verbose_name_plural = _("changes of VAT")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(settled=""), name="vat_change_one_open"
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at__isnull=True)
                | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="vat_change_settled_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.amount}"
