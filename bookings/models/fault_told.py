"""Who was told that something they need is out of order, so that nobody is told twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class FaultTold(models.Model):
    """Whoever asked for an adjustment was told that `fault` began, should be over, or ended.

    It goes when the request for the adjustment goes: it says as much about the person.
    """

    class Turn(models.TextChoices):
        BEGAN = "began", _("Out of order")
        OVERDUE = "overdue", _("Should be working again")
        ENDED = "ended", _("Working again")

    fault = models.ForeignKey("spaces.AccessFault", models.CASCADE, related_name="told")
    asked = models.ForeignKey("bookings.AccessRequest", models.CASCADE, related_name="faults_told")
    turn = models.CharField(_("what was said"), max_length=8, choices=Turn)
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("notice of a fault")
        verbose_name_plural = _("notices of faults")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fault", "asked", "turn"], name="fault_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.asked_id}: {self.turn}"
