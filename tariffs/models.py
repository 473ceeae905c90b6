"""Tariffs as data: a venue's dated versions, each one document of rules, and guide prices."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import HirerCategory


def item_slug(name: str) -> str:
    """The short name by which rates speak of a counted thing: "Folding chairs" folding-chairs."""
    return slugify(name)


class Tariff(models.Model):
    """What a venue charges. One tariff, many dated versions."""

    class PickedBy(models.TextChoices):
        EVENT_DATE = "event_date", _("The rates in force on the day of the hire")
        BOOKING_DATE = "booking_date", _("The rates in force on the day of booking")

    class Agreed(models.TextChoices):
        AT_BOOKING = "at_booking", _("The price agreed at booking stays")
        ON_THE_DAY = "on_the_day", _("The rates in force on the day are charged")

    venue = models.OneToOneField("spaces.Venue", models.CASCADE, related_name="tariff")
    picked_by = models.CharField(
        _("which rates count"), max_length=12, choices=PickedBy, default=PickedBy.EVENT_DATE
    )
    agreed = models.CharField(
        _("what new rates do to booked dates"),
        max_length=10,
        choices=Agreed,
        default=Agreed.AT_BOOKING,
        help_text=_("An estimate always becomes final when the rates for its day are published."),
    )
    agreed_since = models.DateTimeField(
        _("since when"),
        null=True,
        blank=True,
        help_text=_("Bookings made before then keep their price, whatever is chosen now."),
    )

    class Meta:
        verbose_name = _("tariff")
        verbose_name_plural = _("tariffs")

    def __str__(self) -> str:
        return f"{self.venue}"


class TariffVersion(models.Model):
    """Rules in force on [valid_from, valid_to): `document` is a list of rules as data.

    Shape: `tariffs/rules/`; published versions are never edited, so kept quotes replay for ever.
    Without `published_at` it is a draft, which prices nothing.
    """

    tariff = models.ForeignKey(Tariff, models.CASCADE, related_name="versions")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until, not included"), null=True, blank=True)
    document = models.JSONField(_("rules"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Goes up each time a draft is saved, so that nobody saves over what they have not seen.
    revision = models.PositiveIntegerField(_("times saved"), default=0, editable=False)

    class Meta:
        ordering = ["valid_from"]
        verbose_name = _("tariff version")
        verbose_name_plural = _("tariff versions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="tariff_version_order",
            ),
            models.UniqueConstraint(
                fields=["tariff", "valid_from"],
                condition=Q(published_at__isnull=False),
                name="tariff_version_one_per_start",
            ),
            models.UniqueConstraint(
                fields=["tariff", "valid_from"],
                condition=Q(published_at__isnull=True),
                name="tariff_version_one_draft_per_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tariff} from {self.valid_from}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.published_at is None


class GuidePrice(models.Model):
    """The price of an hour for a kind of hirer at a time of week, made when rates are published.

    For search lists and facets only; a quote is always computed. `amount` null: ask the venue.
    """

    class Daypart(models.TextChoices):
        WEEKDAY = "weekday", _("Weekday")
        EVENING = "evening", _("Evening")
        WEEKEND = "weekend", _("Weekend")

    space = models.ForeignKey("spaces.Space", models.CASCADE, related_name="guide_prices")
    category = models.CharField(_("kind of hirer"), max_length=20, choices=HirerCategory)
    daypart = models.CharField(_("time of week"), max_length=8, choices=Daypart)
    amount = models.DecimalField(
        _("pounds an hour"), max_digits=12, decimal_places=6, null=True, blank=True
    )

    class Meta:
        verbose_name = _("guide price")
        verbose_name_plural = _("guide prices")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["space", "category", "daypart"], name="guide_price_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["category", "daypart"],
                include=["space", "amount"],
                name="guide_price_by_hirer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.category} {self.daypart}"
