"""A round of visits that a council asks for, and how long venues have to reply."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReplyPeriod(models.Model):
    """How many days a venue of the council has to reply, for visits sent in on or after a day."""

    council = models.ForeignKey("accounts.Council", models.CASCADE, related_name="reply_periods")
    starts_on = models.DateField(_("from"))
    days = models.PositiveSmallIntegerField(
        _("days to reply"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("time to reply")
        verbose_name_plural = _("times to reply")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["council", "starts_on"], name="reply_period_once"),
            models.CheckConstraint(
                condition=Q(days__range=(1, 90)), name="reply_period_of_some_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.days}"


class CheckRound(models.Model):
    """Visits that belong together. While it is not closed, checkers can be invited to it."""

    council = models.ForeignKey("accounts.Council", models.CASCADE, related_name="check_rounds")
    name = models.CharField(_("name"), max_length=120)
    words = models.TextField(_("what checkers should know"), max_length=2000, blank=True)
    visit_by = models.DateField(_("visit by"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("made"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("round of access checks")
        verbose_name_plural = _("rounds of access checks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["council", "name"], name="check_round_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="check_round_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
