"""What was agreed besides the price: deposits, what is due when, and what cancelling costs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class By(models.TextChoices):
    """Who calls a date off."""

    HIRER = "hirer", _("The hirer")
    VENUE = "venue", _("The venue")


class Deposit(models.Model):
    """Given back after the hire, beside the price; once for a booking.

    `amount` null: the venue has yet to say it, and `why` is the question.
    """

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="deposits")
    version = models.ForeignKey("tariffs.TariffVersion", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        ordering = ["booking", "name"]
        verbose_name = _("deposit")
        verbose_name_plural = _("deposits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "name"], name="deposit_once_per_name"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="deposit_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.amount}"


class DuePart(models.Model):
    """A part of the price and the day by which it is paid. The parts come to the price.

    `on` null: the day is not known yet. `rule` is the schedule of `version` that gave it; where
    the rates left that open it is empty, and `why` is the question.
    """

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="due_parts")
    version = models.ForeignKey("tariffs.TariffVersion", models.PROTECT, related_name="+")
    rule = models.CharField(_("rule"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("order"))
    on = models.DateField(_("by"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    why = models.CharField(_("why"), max_length=300, blank=True)
    is_returnable = models.BooleanField(_("given back when cancelled"), default=True)

    class Meta:
        ordering = ["booking", "position"]
        verbose_name = _("payment due")
        verbose_name_plural = _("payments due")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "position"], name="due_part_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="due_part_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.amount}"


class CancelTerms(models.Model):
    """The scale agreed for one date, where it is called off by the hirer or by the venue.

    `rule` names it in `version`. Where the rates left it open, `question` says what to ask.
    """

    occurrence = models.ForeignKey(
        "bookings.Occurrence", models.CASCADE, related_name="cancel_terms"
    )
    version = models.ForeignKey("tariffs.TariffVersion", models.PROTECT, related_name="+")
    by = models.CharField(_("who cancels"), max_length=5, choices=By)
    rule = models.CharField(_("rule"), max_length=80, blank=True)
    question = models.CharField(_("what is open"), max_length=300, blank=True)

    class Meta:
        ordering = ["occurrence", "by"]
        verbose_name = _("terms of cancelling")
        verbose_name_plural = _("terms of cancelling")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occurrence", "by"], name="cancel_terms_once"),
            models.CheckConstraint(
                condition=(~Q(rule="") & Q(question="")) | (Q(rule="") & ~Q(question="")),
                name="cancel_terms_rule_or_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id} {self.by}: {self.rule or self.question}"


class CancellationCharge(models.Model):
    """What a date that was called off costs, and what is given back of the agreed price.

    `charge` and `refund` null: the venue must decide, and `why` is the question.
    """

    occurrence = models.OneToOneField(
        "bookings.Occurrence", models.CASCADE, related_name="cancellation_charge"
    )
    version = models.ForeignKey(
        "tariffs.TariffVersion", models.PROTECT, null=True, related_name="+"
    )
    by = models.CharField(_("who cancelled"), max_length=5, choices=By)
    agreed = models.DecimalField(_("agreed price"), max_digits=14, decimal_places=2)
    charge = models.DecimalField(_("to pay"), max_digits=14, decimal_places=2, null=True)
    refund = models.DecimalField(_("given back"), max_digits=14, decimal_places=2, null=True)
    why = models.CharField(_("why"), max_length=300)
    cancelled_at = models.DateTimeField(_("cancelled"))

    class Meta:
        ordering = ["occurrence"]
        verbose_name = _("cancellation charge")
        verbose_name_plural = _("cancellation charges")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(charge__isnull=True, refund__isnull=True)
                | Q(charge__gte=0, refund__gte=0),
                name="cancellation_charge_not_below_zero",
            )
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id}: {self.charge}"
