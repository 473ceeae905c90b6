"""Kinds of hirer that rates speak of, and an organisation's standing as one of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HirerCategory(models.TextChoices):
    """The kinds of hirer found in 102 published charge sheets (standards 6.1)."""

    PRIVATE = "private", _("Private person or family")
    COMMUNITY = "community", _("Community group")
    CHARITY = "charity", _("Charity")
    YOUNG_PEOPLE = "young_people", _("Young people's group")
    FAITH = "faith", _("Faith group")
    STATUTORY = "statutory", _("Public body")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    COMMERCIAL = "commercial", _("Business")


class Concession(models.Model):
    """That an organisation counts as a category, on what evidence, who decided, until when."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Claimed, not yet checked")
        ACCEPTED = "accepted", _("Checked and accepted")
        REFUSED = "refused", _("Checked and refused")
        EXPIRED = "expired", _("Ran out")

    organisation = models.ForeignKey(
        "accounts.Organisation", models.CASCADE, related_name="concessions"
    )
    category = models.CharField(_("category"), max_length=20, choices=HirerCategory)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CLAIMED)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("concession")
        verbose_name_plural = _("concessions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "category"],
                condition=Q(state__in=["claimed", "accepted"]),
                name="concession_one_live_per_category",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed") | Q(decided_at__isnull=False),
                name="concession_decision_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_category_display()}"
