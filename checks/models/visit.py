"""One visit to one venue by one checker, from the invitation until it is published."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from checks.models.round import CheckRound


class VisitState(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Being visited")
    SENT = "sent", _("Waiting for the venue's reply")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Turned down")
    WITHDRAWN = "withdrawn", _("Taken back")


class Expenses(models.TextChoices):
    NONE = "none", _("None claimed")
    CLAIMED = "claimed", _("Waiting for an answer")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


UNDER_WAY = (VisitState.INVITED, VisitState.ACCEPTED, VisitState.SENT)


class Visit(models.Model):
    """The checker is never named to the venue or the public: only to the council's officers.

    `email` is where the invitation went; whoever confirmed that address may take it up.
    """

    round = models.ForeignKey(CheckRound, models.CASCADE, related_name="visits")
    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="access_visits")
    email = models.EmailField(_("e-mail of the checker"), blank=True)
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=VisitState, default=VisitState.INVITED
    )
    invited_at = models.DateTimeField(_("invited"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    visited_on = models.DateField(_("day of the visit"), null=True, blank=True)
    words = models.TextField(_("what it was like"), max_length=2000, blank=True)
    saved_at = models.DateTimeField(_("answers last saved"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent in"), null=True, blank=True)

    reply_by = models.DateField(_("last day to reply"), null=True, blank=True)
    reply = models.TextField(_("what the venue says"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    ended_at = models.DateTimeField(_("turned down or taken back"), null=True, blank=True)
    end_reason = models.CharField(_("why it was taken back"), max_length=300, blank=True)

    expenses = models.DecimalField(
        _("expenses"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    expenses_for = models.CharField(_("what the expenses were for"), max_length=300, blank=True)
    expenses_state = models.CharField(
        _("answer to the expenses"), max_length=8, choices=Expenses, default=Expenses.NONE
    )
    expenses_decided_at = models.DateTimeField(_("expenses answered"), null=True, blank=True)
    expenses_reason = models.CharField(_("why they were refused"), max_length=300, blank=True)

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("access check")
        verbose_name_plural = _("access checks")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "round",
                "venue",
                Lower("email"),
                condition=Q(state__in=["invited", "accepted", "sent"]),
                name="check_visit_invited_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "published"])
                | Q(sent_at__isnull=False, reply_by__isnull=False, visited_on__isnull=False),
                name="check_visit_sent_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="check_visit_published_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(expenses_state="none", expenses__isnull=True)
                | (~Q(expenses_state="none") & Q(expenses__gt=0)),
                name="check_visit_expenses_are_some",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["venue", "state"], name="check_visit_by_venue"),
            models.Index(
                fields=["reply_by"], condition=Q(state="sent"), name="check_visit_awaiting_reply"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue}: {self.get_state_display()}"

    @property
    def is_draft(self) -> bool:
        """Whether its checker may still change it."""
        return self.state == VisitState.ACCEPTED

    @property
    def state_swatch(self) -> str:
        """The colour and pattern that go with the word of its state (components/tag.html)."""
        return {
            VisitState.PUBLISHED: "free",
            VisitState.SENT: "held",
            VisitState.ACCEPTED: "yours",
            VisitState.INVITED: "unknown",
        }.get(VisitState(self.state), "closed")
