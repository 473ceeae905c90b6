"""What staff may do, for a council or an operator. Roles for one venue live in `spaces`."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffRole(models.TextChoices):
    """From most to least: an officer sees figures and people, a viewer only looks."""

    OFFICER = "officer", _("Officer")
    MANAGER = "manager", _("Manager")
    CARETAKER = "caretaker", _("Caretaker")
    VIEWER = "viewer", _("Viewer")


class CouncilRole(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="council_roles")
    council = models.ForeignKey("accounts.Council", models.CASCADE, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=10, choices=StaffRole)

    class Meta:
        verbose_name = _("council role")
        verbose_name_plural = _("council roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "council", "role"], name="council_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.council}"


class OperatorRole(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="operator_roles"
    )
    operator = models.ForeignKey("accounts.Operator", models.CASCADE, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=10, choices=StaffRole)

    class Meta:
        verbose_name = _("operator role")
        verbose_name_plural = _("operator roles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "operator", "role"], name="operator_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.operator}"
