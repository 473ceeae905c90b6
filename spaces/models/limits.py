"""What the licence of a venue allows, as settings that hold from a date."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PremisesLimit(models.Model):
    """One limit of a venue on the London dates [first_on, last_on]; no `last_on`: from then on.

    Music and alcohol end at the wall time `until` on `weekdays` (0 is Monday; empty: every day);
    before 6am it belongs to the night before. The number of temporary events is per calendar
    year. Of two limits that hold on a date, the one that began later counts.
    """

    class Kind(models.TextChoices):
        MUSIC = "music", _("Loud music ends at")
        ALCOHOL = "alcohol", _("Selling alcohol ends at")
        NOTICES = "notices", _("Temporary event notices in a year")
        NOTICE_DAYS = "notice_days", _("Days under temporary event notices in a year")

    OF_THE_CLOCK: ClassVar = frozenset({Kind.MUSIC, Kind.ALCOHOL})

    venue = models.ForeignKey(
        "spaces.Venue", models.CASCADE, related_name="limits", verbose_name=_("venue")
    )
    kind = models.CharField(_("limit"), max_length=12, choices=Kind)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"), null=True, blank=True)
    until = models.TimeField(_("until"), null=True, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("days of the week; empty: every day"),
        default=list,
        blank=True,
    )
    most = models.PositiveSmallIntegerField(_("most in a year"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "first_on", "id"]
        verbose_name = _("limit of the premises")
        verbose_name_plural = _("limits of the premises")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(first_on__lte=F("last_on")),
                name="premises_limit_order",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["music", "alcohol"], until__isnull=False, most__isnull=True)
                | Q(kind__in=["notices", "notice_days"], until__isnull=True, most__isnull=False),
                name="premises_limit_says_how_much",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.kind} {self.first_on}"


class EventNotice(models.Model):
    """A temporary event notice that was given: licence hours do not bind during it."""

    venue = models.ForeignKey(
        "spaces.Venue", models.CASCADE, related_name="event_notices", verbose_name=_("venue")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    purpose = models.CharField(_("what for"), max_length=120)
    created_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("temporary event notice")
        verbose_name_plural = _("temporary event notices")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="event_notice_order"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["venue", "starts_at"], name="event_notice_by_venue")
        ]

    def __str__(self) -> str:
        return self.purpose
