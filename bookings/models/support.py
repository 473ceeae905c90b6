"""Help with the price: free hours of a group, vouchers, and grants that pay a part.

Each has a `total` and what is `used` of it. A trigger keeps `used` (migration `support`), and a
named constraint refuses more than the total, whoever writes. A use that was given back stays as
a row with `released_at`, and no longer counts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import HirerCategory


def _pounds(label: Any, **more: Any) -> models.DecimalField:
    """Pounds, or a count of the same width."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, **more)


def _within(*, over: str, period: str) -> list[models.CheckConstraint]:
    """Never more than there is (`over`), and a period that ends after it begins (`period`)."""
    return [
        models.CheckConstraint(condition=Q(used__gte=0, used__lte=F("total")), name=over),
        models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name=period),
    ]


class Support(models.Model):
    """At all venues of an operator, or at one. Both days count; `ended_at`: ended before."""

    operator = models.ForeignKey(
        "accounts.Operator", models.CASCADE, related_name="+", verbose_name=_("operator")
    )
    venue = models.ForeignKey(
        "spaces.Venue",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only at this venue"),
    )
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    total = _pounds(_("in all"), validators=[MinValueValidator(1)])
    used = _pounds(_("used"), default=Decimal(0), editable=False)
    reason = models.CharField(_("why"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def left(self) -> Decimal:
        """What may still be used of it."""
        return self.total - self.used

    def is_over(self, today: date) -> bool:
        """Whether it can be used no more on any day from `today` on."""
        return self.ended_at is not None or self.last_on < today


class SupportUse(models.Model):
    """`counted`: how much of the total; `amount`: pounds taken off the price, above zero."""

    counted = _pounds(_("counted"))
    amount = _pounds(_("taken off the price"))
    released_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        abstract = True


class Allowance(Support):
    """Free hours of a group in a period: `total` and `used` are minutes of hire.

    `weekdays` (0 is Monday) and `spaces` empty: every day, every space.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", models.CASCADE, related_name="allowances"
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    spaces: models.ManyToManyField = models.ManyToManyField(
        "spaces.Space", blank=True, related_name="+", verbose_name=_("only in these spaces")
    )

    class Meta:
        ordering = ["last_on", "pk"]
        verbose_name = _("free hours")
        verbose_name_plural = _("free hours")
        constraints: ClassVar = [
            *_within(over="allowance_not_overspent", period="allowance_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.reason}"


class AllowanceSpend(SupportUse):
    """Free hours spent on one date."""

    source = models.ForeignKey(Allowance, models.CASCADE, related_name="uses")
    occurrence = models.ForeignKey(
        "bookings.Occurrence", models.CASCADE, related_name="allowance_spends"
    )

    class Meta:
        verbose_name = _("free hours spent")
        verbose_name_plural = _("free hours spent")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "occurrence"], name="allowance_once_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id}: {self.counted}"


class Voucher(Support):
    """A code that takes something off one booking. `total` and `used` are numbers of bookings.

    Only a digest of the code is kept; `prefix` is its beginning, to tell vouchers apart.
    `value`: pounds, percent or hours off each booking. The days are those of booking.
    """

    class Kind(models.TextChoices):
        POUNDS = "pounds", _("Pounds off the booking")
        PERCENT = "percent", _("Percent off the booking")
        HOURS = "hours", _("Free hours of hire")

    digest = models.CharField(_("digest of the code"), max_length=64, unique=True)
    prefix = models.CharField(_("begins with"), max_length=4)
    kind = models.CharField(_("what it gives"), max_length=8, choices=Kind)
    value = models.DecimalField(_("how much"), max_digits=8, decimal_places=2)
    once_each = models.BooleanField(_("once for each hirer"), default=True)
    categories = ArrayField(
        models.CharField(max_length=20, choices=HirerCategory), default=list, blank=True
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints: ClassVar = [
            *_within(over="voucher_not_overused", period="voucher_period"),
            models.CheckConstraint(
                condition=Q(value__gt=0) & (~Q(kind="percent") | Q(value__lte=100)),
                name="voucher_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…: {self.reason}"


class VoucherUse(SupportUse):
    """A voucher used for one booking."""

    source = models.ForeignKey(Voucher, models.CASCADE, related_name="uses")
    booking = models.OneToOneField("bookings.Booking", models.CASCADE, related_name="voucher_use")

    class Meta:
        verbose_name = _("voucher used")
        verbose_name_plural = _("vouchers used")

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.amount}"


class Grant(Support):
    """Somebody else pays a part for a group: `total` and `used` are pounds.

    Of each date either `percent` of what is left to pay, or at most `per_date` pounds.
    """

    organisation = models.ForeignKey("accounts.Organisation", models.CASCADE, related_name="grants")
    funder = models.CharField(_("who pays"), max_length=120)
    percent = models.DecimalField(
        _("percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    per_date = _pounds(_("pounds a date"), null=True, blank=True)

    class Meta:
        ordering = ["last_on", "pk"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints: ClassVar = [
            *_within(over="grant_not_overspent", period="grant_period"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100, per_date__isnull=True)
                | Q(percent__isnull=True, per_date__gt=0),
                name="grant_percent_or_pounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.funder}"


class GrantShare(SupportUse):
    """What a grant pays of one date."""

    source = models.ForeignKey(Grant, models.CASCADE, related_name="uses")
    occurrence = models.ForeignKey(
        "bookings.Occurrence", models.CASCADE, related_name="grant_shares"
    )

    class Meta:
        verbose_name = _("share of a grant")
        verbose_name_plural = _("shares of grants")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "occurrence"], name="grant_once_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id}: {self.amount}"
