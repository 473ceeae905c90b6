"""When an operator is registered for VAT."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dated import Dated, in_order, one_at_a_time

# Nine digits, twelve for a branch; GD and HA are government departments and health authorities.
VAT_NUMBER = RegexValidator(
    r"^([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})$",
    _("A VAT number has 9 digits, like 123 4567 89."),
)


class VatRegistration(Dated):
    """The operator is registered for VAT on these days. Without a row it is not registered.

    `prices` says what its prices mean where a rate sheet does not say it itself.
    """

    class Prices(models.TextChoices):
        INCLUDED = "included", _("Prices include VAT")
        ADDED = "added", _("VAT is added to prices")

    NO_OVERLAP = "vat_registration_no_overlap"

    operator = models.ForeignKey(
        "accounts.Operator",
        models.CASCADE,
        related_name="vat_registrations",
        verbose_name=_("operator"),
    )
    number = models.CharField(_("VAT number"), max_length=12, blank=True, validators=[VAT_NUMBER])
    prices = models.CharField(
        _("what prices mean"), max_length=8, choices=Prices, default=Prices.INCLUDED
    )

    class Meta(Dated.Meta):
        verbose_name = _("VAT registration")
        verbose_name_plural = _("VAT registrations")
        constraints: ClassVar = [
            in_order("vat_registration_order"),
            one_at_a_time("operator", name="vat_registration_no_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.operator_id} {self.number} {self.first_on}"
