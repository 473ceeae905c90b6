"""Access facts about the building: yes, no or not known, each with source and date."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The units that standards.md 3.3 knows; a measure has one of them.
UNITS = ("m", "mm", "bays", "steps", "ratio", "places", "dB(A)")


class AccessFact(models.Model):
    """One statement about a place; each source's newest that is not superseded counts.

    The place is one room, one place on the ways of the venue (an entrance, lift or toilet), one
    way between two of them, or none of these: the whole venue. Codes and units:
    `spaces/access_facts`. A fact nobody has checked has no row, or a row with value `unknown`;
    neither ever means no.
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
    node = models.ForeignKey(
        "spaces.AccessNode", models.CASCADE, null=True, blank=True, related_name="facts"
    )
    link = models.ForeignKey(
        "spaces.AccessLink", models.CASCADE, null=True, blank=True, related_name="facts"
    )
    code = models.SlugField(_("fact"), max_length=40)
    value = models.CharField(_("value"), max_length=8, choices=Value, default=Value.UNKNOWN)
    choice = models.CharField(_("which kind"), max_length=120, blank=True)
    measure = models.DecimalField(
        _("measured"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    measure_2 = models.DecimalField(
        _("measured the other way"), max_digits=9, decimal_places=2, null=True, blank=True
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
                fields=["venue", "space", "node", "link", "code", "source"],
                condition=Q(superseded_by__isnull=True),
                name="access_fact_one_current_per_source",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(space__isnull=True, node__isnull=True)
                | Q(space__isnull=True, link__isnull=True)
                | Q(node__isnull=True, link__isnull=True),
                name="access_fact_of_one_place",
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | ~Q(unit=""), name="access_fact_measure_has_unit"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["", *UNITS]), name="access_fact_unit_is_known"
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=True, measure_2__isnull=True)
                | Q(measure__gt=0, measure_2__isnull=True, value="yes")
                | Q(measure__gt=0, measure_2__gt=0, value="yes")
                | Q(measure=0, measure_2__isnull=True, value="no"),
                name="access_fact_measure_fits_value",
            ),
            models.CheckConstraint(
                condition=~Q(value="unknown") | Q(choice=""), name="access_fact_unknown_has_no_kind"
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
