"""A booking: one request by one hirer at one venue, for one or many dates."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import HirerCategory
from spaces.models.activity import Activity
from spaces.models.timetable import Loudness


class Booking(models.Model):
    """The request and who stands behind it. Its state is derived from its occurrences.

    The hirer is an organisation, or a private person who signs in; never both.
    """

    class Visibility(models.TextChoices):
        OPEN = "open", _("Anyone may see the title")
        PRIVATE = "private", _("Others see only that the space is busy")
        SENSITIVE = "sensitive", _("Keep even the venue's sheet general")

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    council = models.ForeignKey("accounts.Council", models.PROTECT, related_name="bookings")
    operator = models.ForeignKey("accounts.Operator", models.PROTECT, related_name="bookings")
    venue = models.ForeignKey("spaces.Venue", models.PROTECT, related_name="bookings")
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("organisation"),
    )
    private_hirer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="private_bookings",
        verbose_name=_("private hirer"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    responsible_adult = models.ForeignKey(
        "accounts.Contact", models.PROTECT, related_name="+", verbose_name=_("responsible adult")
    )
    on_the_day = models.ForeignKey(
        "accounts.Contact", models.PROTECT, related_name="+", verbose_name=_("on-the-day contact")
    )
    category = models.CharField(_("priced as"), max_length=20, choices=HirerCategory)
    title = models.CharField(_("what it is"), max_length=120)
    purpose = models.TextField(_("more about it"), max_length=2000, blank=True)
    people = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    loudness = models.PositiveSmallIntegerField(
        _("how loud"), choices=Loudness, default=Loudness.TALK
    )
    activity = models.CharField(
        _("kind of activity"), max_length=12, choices=Activity, default=Activity.OTHER
    )
    sells_alcohol = models.BooleanField(_("alcohol is sold"), default=False)
    answers = models.JSONField(_("answers for the price"), default=dict, blank=True)
    needs_quiet = models.BooleanField(_("needs quiet next door"), default=False)
    visibility = models.CharField(
        _("who may see what it is"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    series = models.OneToOneField(
        "spaces.Series", models.PROTECT, null=True, blank=True, related_name="booking"
    )
    pays_as_whole = models.BooleanField(
        _("pays for all dates together, used or not"), null=True, blank=True
    )
    skips_bank_holidays = models.BooleanField(_("not on bank holidays"), default=False)
    created_at = models.DateTimeField(_("asked"))

    class Meta:
        ordering = ["-id"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, private_hirer__isnull=True)
                | Q(organisation__isnull=True, private_hirer__isnull=False),
                name="booking_one_hirer",
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="booking_some_people"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["venue", "created_at"], name="booking_by_venue"),
        ]

    def __str__(self) -> str:
        return self.reference


class RefusedDate(models.Model):
    """A date that was asked for and could not be had, and why, so that the hirer can be told."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="refused_dates")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    code = models.SlugField(_("why, as a code"), max_length=40)
    words = models.CharField(_("why, in words"), max_length=300)

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("refused date")
        verbose_name_plural = _("refused dates")

    def __str__(self) -> str:
        return self.words


class AccessRequest(models.Model):
    """What somebody asked for, with consent. Health data: deleted 30 days after.

    `needs`: slugs of `spaces.access_facts.FAULT_NEEDS`, ticked by the hirer; never guessed.
    """

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="access_request")
    needs = ArrayField(models.SlugField(max_length=30), verbose_name=_("needs"), default=list)
    adjustment = models.CharField(_("what would help"), max_length=500, blank=True)
    consented_at = models.DateTimeField(_("consent given"))
    delete_on = models.DateField(_("to be deleted on"), db_index=True)

    class Meta:
        verbose_name = _("access request")
        verbose_name_plural = _("access requests")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(adjustment="") | ~Q(needs=[]), name="access_request_asks_for_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.booking_id)
