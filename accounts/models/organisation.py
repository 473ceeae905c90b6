"""Organisations: hirers, tenants and operators alike, and who belongs to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.concession import HirerCategory

# E&W 6-7 digits with an optional subsidiary number; Scotland SC0nnnnn; NI NIC1nnnnn.
CHARITY_NUMBER = RegexValidator(
    r"^(\d{6,7}(-\d{1,2})?|SC\d{6}|NIC?1\d{5})$",
    _("A charity number looks like 1123456, SC012345 or NIC112345."),
)
COMPANY_NUMBER = RegexValidator(
    r"^([A-Z]{2}|\d{2})\d{6}$", _("A company number has 8 characters, like 01234567 or IP123456.")
)


class Organisation(models.Model):
    class Kind(models.TextChoices):
        COMMUNITY_GROUP = "community_group", _("Community group")
        CHARITY = "charity", _("Registered charity")
        CIC = "cic", _("Community interest company")
        FAITH = "faith", _("Faith organisation")
        SPORTS_CLUB = "sports_club", _("Sports club")
        UNIFORMED_GROUP = "uniformed_group", _("Scouts, Guides or cadets")
        SCHOOL = "school", _("School or college")
        NHS = "nhs", _("NHS or health body")
        COUNCIL = "council", _("Council or council service")
        PARISH = "parish", _("Parish or town council")
        COMPANY = "company", _("Company")
        NETWORK = "network", _("Network of organisations")

    council = models.ForeignKey(
        "accounts.Council", models.PROTECT, related_name="organisations", verbose_name=_("council")
    )
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    is_incorporated = models.BooleanField(
        _("can sign a contract itself"),
        default=False,
        help_text=_("A club without its own legal form cannot: a named adult signs for it."),
    )
    category = models.CharField(
        _("category for rates"),
        max_length=20,
        choices=HirerCategory,
        default=HirerCategory.COMMUNITY,
    )
    charity_number = models.CharField(
        _("charity number"), max_length=12, blank=True, validators=[CHARITY_NUMBER]
    )
    company_number = models.CharField(
        _("company number"), max_length=8, blank=True, validators=[COMPANY_NUMBER]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(_("added"))
    members: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="accounts.Membership", related_name="organisations"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes: ClassVar = [models.Index(fields=["council", "name"], name="organisation_by_name")]

    def __str__(self) -> str:
        return self.name


class Operator(models.Model):
    """An organisation that runs venues: its VAT registrations and its contact line are its own."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="operator", verbose_name=_("organisation")
    )
    council = models.ForeignKey("accounts.Council", models.PROTECT, related_name="operators")
    contact_line = models.CharField(_("how to reach you"), max_length=200, blank=True)

    class Meta:
        ordering = ["organisation__name"]
        verbose_name = _("operator")
        verbose_name_plural = _("operators")

    def __str__(self) -> str:
        return self.organisation.name


class Membership(models.Model):
    """A person's part in an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        BOOKER = "booker", _("Booker")
        TREASURER = "treasurer", _("Treasurer")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_once_per_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "booker", "treasurer"]), name="membership_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"
