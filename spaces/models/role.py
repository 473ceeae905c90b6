"""What somebody may do at one venue."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffRole


class VenueRole(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="venue_roles")
    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=10, choices=StaffRole)

    class Meta:
        verbose_name = _("venue role")
        verbose_name_plural = _("venue roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "venue", "role"], name="venue_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.venue}"
