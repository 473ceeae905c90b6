"""Calendars that others keep about a space, and the dates that were taken from them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CalendarSource(models.Model):
    """One calendar of one space: a file that somebody uploads, or an address that is fetched.

    `content` is the last file that was accepted, `pending` one that waits for a yes. Both, and
    the address, may say more than the public is to know: they are shown nowhere.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not confirmed yet")
        ACTIVE = "active", _("In use")
        FAILING = "failing", _("Cannot be fetched at the moment")
        STOPPED = "stopped", _("Stopped")

    space = models.ForeignKey("spaces.Space", models.CASCADE, related_name="calendar_sources")
    name = models.CharField(_("name"), max_length=100)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    content = models.BinaryField(default=bytes)
    pending = models.BinaryField(default=bytes)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(_("last fetched"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next fetched"), null=True, blank=True)
    synced_at = models.DateTimeField(_("last imported"), null=True, blank=True)
    remarks = models.JSONField(default=list)
    created_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["space", "name"]
        verbose_name = _("imported calendar")
        verbose_name_plural = _("imported calendars")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["space", "name"],
                condition=~Q(state="stopped"),
                name="calendar_name_once_per_space",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["draft", "active", "failing"]),
                name="calendar_due",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_subscribed(self) -> bool:
        return bool(self.url)


class ImportedDate(models.Model):
    """One event of a calendar on one date: [starts_at, ends_at).

    `event_uid` and `key` are the calendar's own names for it; `uid` is ours in feeds, made from
    them. `sequence` is the calendar's count of changes, `revision` ours. A date that clashes
    with a booking takes no claim until the booking is gone.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Keeps the space busy")
        CLASH = "clash", _("Clashes with a booking")

    source = models.ForeignKey(CalendarSource, models.CASCADE, related_name="dates")
    event_uid = models.CharField(max_length=255)
    key = models.CharField(max_length=100, blank=True)
    uid = models.UUIDField(default=uuid.uuid4)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    summary = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State, default=State.CLASH)

    class Meta:
        verbose_name = _("imported date")
        verbose_name_plural = _("imported dates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "event_uid", "key"], name="imported_date_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="imported_date_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "starts_at"], name="imported_date_time")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.starts_at} {self.ends_at}"
