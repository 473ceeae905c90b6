"""One date of a booking, the spaces it uses and the things it takes from stock."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The state of one date; `bookings/transitions.py` says what may follow what."""

    REQUESTED = "requested", _("Waiting for the venue")
    HELD = "held", _("Held for you")
    CONFIRMED = "confirmed", _("Booked")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Ran out")
    CANCELLED_BY_HIRER = "cancelled_by_hirer", _("Cancelled by the hirer")
    CANCELLED_BY_VENUE = "cancelled_by_venue", _("Cancelled by the venue")
    ATTENDED = "attended", _("Took place")
    NO_SHOW = "no_show", _("Nobody came")


class Occurrence(models.Model):
    """[starts_at, ends_at) is the outer span of its uses; the rows are the truth once written."""

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=20, choices=State)
    hold_until = models.DateTimeField(_("held until"), null=True, blank=True)
    reason = models.CharField(_("reason given"), max_length=300, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="occurrence_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "held"], hold_until__isnull=False)
                | (~Q(state__in=["requested", "held"]) & Q(hold_until__isnull=True)),
                name="occurrence_hold_only_while_waiting",
            ),
            models.UniqueConstraint(
                fields=["booking", "starts_at"], name="occurrence_once_per_start"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], include=["booking"], name="occurrence_by_time"),
            models.Index(
                fields=["hold_until"],
                condition=Q(state__in=["requested", "held"]),
                name="occurrence_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.starts_at}"


class Use(models.Model):
    """A space is used for a time. The buffers are the space's at the time of booking."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="uses")
    space = models.ForeignKey("spaces.Space", models.PROTECT, related_name="uses")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    setup_minutes = models.PositiveSmallIntegerField(_("kept free before"), default=0)
    cleardown_minutes = models.PositiveSmallIntegerField(_("kept free after"), default=0)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="use_order"),
            models.UniqueConstraint(
                fields=["occurrence", "space", "starts_at"], name="use_once_per_space"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space", "starts_at"], name="use_by_space"),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.starts_at}"


class ItemUse(models.Model):
    """Counted things that go with a date."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="item_uses")
    item = models.ForeignKey("spaces.StockItem", models.PROTECT, related_name="uses")
    quantity = models.PositiveIntegerField(_("how many"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occurrence", "item"], name="item_once_per_date"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="item_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.item_id}"
