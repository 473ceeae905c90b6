"""A token with which a program acts for a person. Only its digest is kept."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PersonalToken(models.Model):
    """The secret is shown once; `prefix` is its beginning, to tell tokens apart."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("whose")
    )
    name = models.CharField(_("what it is for"), max_length=60)
    digest = models.CharField(_("SHA-256 of the secret"), max_length=64, unique=True)
    prefix = models.CharField(_("begins with"), max_length=12)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("runs out"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("personal token")
        verbose_name_plural = _("personal tokens")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(created_at__lt=F("expires_at")), name="token_runs_out_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    def works(self, *, now: datetime) -> bool:
        """Whether it may still be used."""
        return self.revoked_at is None and now < self.expires_at
