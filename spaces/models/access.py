"""Access facts about the building: yes, no or not known, each with source and date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AccessFact(models.Model):
    """One statement about a venue or one of its spaces; the newest that is not superseded counts.

    Codes and units: `spaces/access_facts.py`. A fact nobody has checked has no row, or a row
    with value `unknown`; neither ever means no.
    """

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not checked yet")

    class Source(models.TextChoices):
        OWNER = "owner", _("The venue")
        AUDIT = "audit", _("Council audit")
        CHECK = "check", _("Access check by visitors")
        VISITOR = "visitor", _("A visitor")
        IMPORTED = "imported", _("Imported record")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="access_facts")
    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, null=True, blank=True, related_name="access_facts"
    )
    code = models.SlugField(_("fact"), max_length=40)
    value = models.CharField(_("value"), max_length=8, choices=Value, default=Value.UNKNOWN)
    choice = models.CharField(_("which kind"), max_length=30, blank=True)
    measure = models.DecimalField(
        _("measured"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    note = models.CharField(_("in plain words"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.OWNER)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        verbose_name = _("access fact")
        verbose_name_plural = _("access facts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue", "space", "code", "source"],
                condition=Q(superseded_by__isnull=True),
                name="access_fact_one_current_per_source",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | ~Q(unit=""), name="access_fact_measure_has_unit"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["code", "value"],
                include=["venue", "space"],
                condition=Q(superseded_by__isnull=True),
                name="access_fact_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_value_display()}"
