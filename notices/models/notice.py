"""One message to one person, from the moment it is owed until it is delivered."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """A row of the outbox, written in the transaction of the change it tells of.

    The delivery job may run twice, never with another `message_id`: mail programs show one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent yet, will be tried again")
        DEAD = "dead", _("Given up")

    event = models.SlugField(_("what happened"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    to_email = models.EmailField(_("to"))
    to_name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    subject_kind = models.CharField(_("about what"), max_length=40, blank=True)
    subject_id = models.BigIntegerField(_("number"), null=True, blank=True)
    context = models.JSONField(_("facts for the words"), default=dict)
    calendar = models.TextField(_("calendar attachment"), blank=True)
    calendar_method = models.CharField(_("iTIP method"), max_length=10, blank=True)
    ical_uid = models.CharField(_("iTIP UID"), max_length=120, blank=True)
    ical_sequence = models.PositiveIntegerField(_("iTIP SEQUENCE"), default=0)
    message_id = models.CharField(_("Message-ID"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    begun = models.PositiveSmallIntegerField(_("sendings whose end is not known"), default=0)
    sending_until = models.DateTimeField(_("being sent until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("owed since"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id"], name="notice_by_subject"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["waiting", "failed"]),
                name="notice_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.message_id}"
