"""The lines of the price that was agreed, kept with the date they belong to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuoteLine(models.Model):
    """One line: rule, quantity, unit price, amount and reason. `list_amount` is the full price,
    so that what was given is on record; `is_estimate` until rates for the date are published.

    `vat_amount` is the VAT within `amount`, pounds; over the lines of a date it sums to that of
    the quote. `vat_rule` is the rule that gave it: of the rate sheet, or of `tariffs.vat`."""

    occurrence = models.ForeignKey(
        "bookings.Occurrence", models.CASCADE, related_name="quote_lines"
    )
    version = models.ForeignKey(
        "tariffs.TariffVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12)
    rule = models.CharField(_("rule"), max_length=80)
    what = models.CharField(_("what"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20)
    unit_price = models.DecimalField(_("price of one"), max_digits=12, decimal_places=6)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    list_amount = models.DecimalField(_("full price"), max_digits=14, decimal_places=2)
    vat = models.CharField(_("VAT"), max_length=12, default="exempt")
    vat_rate = models.DecimalField(
        _("rate of VAT in percent"), max_digits=5, decimal_places=2, default=0
    )
    vat_amount = models.DecimalField(
        _("VAT in the amount"), max_digits=14, decimal_places=2, default=0
    )
    vat_rule = models.CharField(_("rule of VAT"), max_length=80, blank=True)
    vat_why = models.CharField(_("why this VAT"), max_length=500, blank=True)
    why = models.CharField(_("why"), max_length=300)
    is_estimate = models.BooleanField(_("estimate until rates are published"), default=False)

    class Meta:
        ordering = ["occurrence", "position"]
        verbose_name = _("quote line")
        verbose_name_plural = _("quote lines")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occurrence", "position"], name="quote_line_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.amount}"
