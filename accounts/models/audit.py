"""What was changed, by whom, in words; written in the transaction of the change."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One change. `words` name things, never private people; `actor` is forgotten on request."""

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    council = models.ForeignKey(
        "accounts.Council", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    operator = models.ForeignKey(
        "accounts.Operator", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verb = models.SlugField(_("what was done"), max_length=60)
    subject_kind = models.CharField(_("kind of thing"), max_length=40)
    subject_id = models.BigIntegerField(_("number of the thing"))
    words = models.CharField(_("in words"), max_length=500)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["council", "at"], name="audit_by_council"),
        ]

    def __str__(self) -> str:
        return self.words
