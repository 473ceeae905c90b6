"""Rates tried on many past bookings, worked out behind the scenes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WhatIfRun(models.Model):
    """`result` is `bookings/services/what_if/kept.py`'s; it names hirers by number only.

    `digest` tells the document it was worked out by: a draft may have changed since.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to begin")
        RUNNING = "running", _("Being worked out")
        DONE = "done", _("Done")
        FAILED = "failed", _("It could not be worked out")

    version = models.ForeignKey(
        "tariffs.TariffVersion", models.CASCADE, related_name="what_if_runs"
    )
    digest = models.CharField(_("digest of the rates"), max_length=64)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    dates_total = models.PositiveIntegerField(_("dates in all"), default=0)
    dates_done = models.PositiveIntegerField(_("dates done"), default=0)
    result = models.JSONField(_("result"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("asked"), db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rates tried on past bookings")
        verbose_name_plural = _("rates tried on past bookings")
        indexes: ClassVar = [
            models.Index(fields=["version", "first", "last"], name="what_if_run_of_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.first} {self.last}"
