"""“This has changed”: what somebody without an account says of a venue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from checks.models.answer import Answered


class ChangeReport(Answered):
    """Shown to nobody but those who run the venue, until they accept it or set it aside.

    Without `code` it is about something that is none of the facts. The address is kept only
    until the decision.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        SET_ASIDE = "set_aside", _("Set aside")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="change_reports")
    code = models.SlugField(_("fact"), max_length=40, blank=True)
    value = models.CharField(_("what was found"), max_length=8, choices=Answered.Value, blank=True)
    words = models.TextField(_("what is true now"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reported_at = models.DateTimeField(_("reported"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        ordering = ["reported_at", "pk"]
        verbose_name = _("report of a change")
        verbose_name_plural = _("reports of changes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(space__isnull=True) | Q(node__isnull=True),
                name="change_report_of_one_place",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, email="")),
                name="change_report_decided_keeps_no_address",
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(reason=""),
                name="change_report_set_aside_says_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["venue", "reported_at"],
                condition=Q(state="waiting"),
                name="change_report_waiting",
            )
        ]
