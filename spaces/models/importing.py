"""Lists of venues that were brought in: each import, what it changed, and what lists said last."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportProfile(models.Model):
    """How a council reads a list of its own: which column is what."""

    council = models.ForeignKey(
        "accounts.Council",
        models.CASCADE,
        related_name="import_profiles",
        verbose_name=_("council"),
    )
    name = models.SlugField(_("short name"), max_length=50)
    label = models.CharField(_("name"), max_length=100)
    mapping = models.JSONField(_("what each column means"), default=dict)
    default_kind = models.CharField(_("kind of place"), max_length=20, blank=True)
    is_register = models.BooleanField(_("a register of property"), default=False)

    class Meta:
        ordering = ["label"]
        verbose_name = _("way to read a list")
        verbose_name_plural = _("ways to read lists")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["council", "name"], name="import_profile_once")
        ]

    def __str__(self) -> str:
        return self.label


class VenueImport(models.Model):
    """One list that somebody brought in. The file itself is kept only until it is read."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting for you to check the columns")
        QUEUED = "queued", _("Waiting its turn")
        RUNNING = "running", _("Being read")
        REHEARSED = "rehearsed", _("Tried: nothing was kept")
        DONE = "done", _("Done")
        FAILED = "failed", _("Not read")
        UNDONE = "undone", _("Undone")

    council = models.ForeignKey(
        "accounts.Council", models.CASCADE, related_name="venue_imports", verbose_name=_("council")
    )
    operator = models.ForeignKey(
        "accounts.Operator",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="venue_imports",
        verbose_name=_("who runs the venues"),
    )
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("what the file holds"), null=True, blank=True)
    profile_name = models.CharField(_("how it is read"), max_length=60, default="auto")
    mapping = models.JSONField(_("what each column means"), default=dict)
    only_authority = models.CharField(_("only rows of this council"), max_length=150, blank=True)
    is_rehearsal = models.BooleanField(_("only try"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows read"), default=0)
    report = models.JSONField(_("report"), default=dict)
    refusal = models.CharField(_("why it was not read"), max_length=500, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of venues")
        verbose_name_plural = _("imports of venues")
        indexes: ClassVar = [
            models.Index(fields=["council", "-created_at"], name="venue_import_by_council")
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRecord(models.Model):
    """What one list last said of one venue: whatever differs from it now was changed by hand."""

    council = models.ForeignKey("accounts.Council", models.CASCADE, related_name="imported_records")
    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="imported_records")
    source = models.CharField(_("list"), max_length=60)
    key = models.CharField(_("its key there"), max_length=60)
    said = models.JSONField(_("what the list said"), default=dict)

    class Meta:
        verbose_name = _("record of a list")
        verbose_name_plural = _("records of lists")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["council", "source", "key"], name="imported_record_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"


class ImportChange(models.Model):
    """What one import did to one venue, with what was there before, so that it can be undone."""

    class What(models.TextChoices):
        CREATED = "created", _("Added")
        UPDATED = "updated", _("Changed")

    venue_import = models.ForeignKey(VenueImport, models.CASCADE, related_name="changes")
    venue = models.ForeignKey(
        "spaces.Venue", models.SET_NULL, null=True, related_name="import_changes"
    )
    row = models.PositiveIntegerField(_("row"))
    what = models.CharField(_("what was done"), max_length=8, choices=What)
    name = models.CharField(_("venue"), max_length=150)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        ordering = ["row", "pk"]
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what__in=["created", "updated"]), name="import_change_what"
            )
        ]

    def __str__(self) -> str:
        return f"{self.row}: {self.name}"
