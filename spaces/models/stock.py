"""Things that are counted, not exclusive: chairs, gazebos, study places."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class StockItem(models.Model):
    """`vat_class` says how VAT looks at it when the operator is registered."""

    class VatClass(models.TextChoices):
        FOLLOWS_HIRE = "follows_hire", _("Part of the hire: as the space")
        EQUIPMENT = "equipment", _("Equipment hired by itself")
        CATERING = "catering", _("Food, drink and service")
        STORAGE = "storage", _("Storage by itself")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="stock")
    name = models.CharField(_("name"), max_length=80)
    quantity = models.PositiveIntegerField(_("how many there are"))
    vat_class = models.CharField(
        _("for VAT"), max_length=12, choices=VatClass, default=VatClass.FOLLOWS_HIRE
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("stock item")
        verbose_name_plural = _("stock items")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["venue", "name"], name="stock_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class StockClaim(models.Model):
    """`quantity` of an item is out during [starts_at, ends_at).

    A deferred constraint trigger refuses a commit in which, at any moment, live claims add up
    to more than the item has. Written by `spaces/stock.py` alone.
    """

    item = models.ForeignKey(StockItem, models.PROTECT, related_name="claims", db_index=False)
    quantity = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    active = models.BooleanField(default=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    owner_kind = models.CharField(max_length=20)
    owner_id = models.BigIntegerField()

    OVER_USE = "stock_over_use"

    class Meta:
        verbose_name = _("stock claim")
        verbose_name_plural = _("stock claims")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="stock_order"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_some"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["item", "starts_at"], condition=Q(active=True), name="stock_item_time"
            ),
            models.Index(fields=["owner_kind", "owner_id"], name="stock_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.item_id}"
