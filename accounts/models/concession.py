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


class HirerStatus(models.TextChoices):
    """What a hirer may be besides its category; rates speak of it as `status` or `resident`.

    The values differ from those of `HirerCategory`: one question may offer both.
    """

    AFFILIATED = "affiliated", _("Belongs to a body that the council supports")
    MEMBER = "member", _("Member of the venue or of its association")
    LOCAL = "local", _("Local group")
    HARDSHIP = "hardship", _("On a low income, or works for people who are")
    RESIDENT = "resident", _("Lives in the council’s area")


# What a private person may ask for: groups alone are local or affiliated.
PERSONAL_STATUSES = (HirerStatus.HARDSHIP, HirerStatus.RESIDENT, HirerStatus.MEMBER)


class Concession(models.Model):
    """That a hirer counts as a category or has a status, on what evidence, who decided, until when.

    The hirer is an organisation, asked of its own council, or a private person, who names the
    council. A person has statuses only. What is kept of a person is nobody's business but the
    person's and of those who decide.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Claimed, not yet checked")
        ACCEPTED = "accepted", _("Checked and accepted")
        REFUSED = "refused", _("Checked and refused")
        EXPIRED = "expired", _("Ran out")
        RENEWED = "renewed", _("Replaced by a newer one")

    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="concessions",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="concessions",
        verbose_name=_("private person"),
    )
    council = models.ForeignKey(
        "accounts.Council",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("council a person asks"),
    )
    category = models.CharField(
        _("category"), max_length=20, choices=HirerCategory, blank=True, default=""
    )
    status = models.CharField(
        _("status"), max_length=20, choices=HirerStatus, blank=True, default=""
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CLAIMED)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    reason = models.CharField(_("reason of a refusal"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("concession")
        verbose_name_plural = _("concessions")
        constraints: ClassVar = [
            # One that is asked for may stand beside one that holds: that is how it is renewed.
            models.UniqueConstraint(
                fields=["organisation", "category", "status", "state"],
                condition=Q(state__in=["claimed", "accepted"], organisation__isnull=False),
                name="concession_one_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["person", "council", "status", "state"],
                condition=Q(state__in=["claimed", "accepted"], person__isnull=False),
                name="concession_one_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed") | Q(decided_at__isnull=False),
                name="concession_decision_has_a_date",
            ),
            models.CheckConstraint(
                condition=(~Q(category="") & Q(status="")) | (Q(category="") & ~Q(status="")),
                name="concession_category_or_status",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True, council__isnull=True)
                | Q(
                    organisation__isnull=True,
                    person__isnull=False,
                    council__isnull=False,
                    category="",
                ),
                name="concession_of_a_group_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or _('A private person')}: {self.what}"

    @property
    def what(self) -> str:
        """What the hirer is to count as, in words."""
        return str(self.get_category_display() if self.category else self.get_status_display())

    @property
    def asked_of(self) -> int:
        """The id of the council that decides."""
        if self.organisation is not None:
            return int(self.organisation.council_id)
        if self.council_id is None:
            message = "a concession without a council"
            raise RuntimeError(message)
        return int(self.council_id)
