"""A venue: a place with an address (or a link), and the rules for booking there."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VenueKind(models.TextChoices):
    COMMUNITY_CENTRE = "community_centre", _("Community centre")
    PLACE_OF_WORSHIP = "place_of_worship", _("Place of worship")
    LIBRARY = "library", _("Library")
    SCHOOL = "school", _("School")
    PARK = "park", _("Park")
    ALLOTMENT = "allotment", _("Allotment")
    PLAY_STREET = "play_street", _("Play street")
    STUDIO = "studio", _("Studio")
    GALLERY = "gallery", _("Gallery")
    CAFE = "cafe", _("Cafe")
    PUB = "pub", _("Pub")
    LEISURE_CENTRE = "leisure_centre", _("Leisure centre")
    YOUTH_CENTRE = "youth_centre", _("Youth centre")
    HERITAGE_SITE = "heritage_site", _("Heritage site")
    SHOP_UNIT = "shop_unit", _("Shop unit")
    OFFICE_HUB = "office_hub", _("Office hub")
    MARKET_SQUARE = "market_square", _("Market square")
    DIGITAL = "digital", _("Digital space")


# Plots, closed streets and consents to trade are asked for in writing and granted for a season
# or a day: nobody hires them by the hour, so nothing there is booked here.
NOT_BY_THE_HOUR = (VenueKind.ALLOTMENT, VenueKind.PLAY_STREET, VenueKind.MARKET_SQUARE)


class Venue(models.Model):
    class BookingMode(models.TextChoices):
        HERE = "here", _("Book here")
        ELSEWHERE = "elsewhere", _("Book on another website")
        PHONE = "phone", _("Book by phone")
        ASK = "ask", _("Ask: it is not hired by the hour")
        NOT_FOR_HIRE = "not_for_hire", _("Not for hire")
        NOT_KNOWN = "not_known", _("Not known yet: ask the place")

    class Confirmation(models.TextChoices):
        INSTANT = "instant", _("Booked at once")
        REQUEST = "request", _("The venue answers each request")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public")
        PARTNERS = "partners", _("Partners only")
        CONFIDENTIAL = "confidential", _("Confidential: shown nowhere")
        DRAFT = "draft", _("Not published yet: only those who run it see it")

    council = models.ForeignKey(
        "accounts.Council", models.PROTECT, related_name="venues", verbose_name=_("council")
    )
    operator = models.ForeignKey(
        "accounts.Operator", models.PROTECT, related_name="venues", verbose_name=_("operator")
    )
    ward = models.ForeignKey(
        "spaces.Ward", models.SET_NULL, null=True, blank=True, related_name="venues"
    )
    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(_("short name in addresses"), max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=VenueKind)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    visibility = models.CharField(
        _("who may see it"), max_length=12, choices=Visibility, default=Visibility.PUBLIC
    )

    address = models.CharField(_("address"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    uprn = models.CharField(
        _("UPRN"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^\d{1,12}$", _("A UPRN is a number of up to 12 digits."))],
        help_text=_("Unique property reference number. Several venues may share one."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    getting_there = models.TextField(_("getting there"), max_length=2000, blank=True)

    booking_mode = models.CharField(
        _("how to book"), max_length=12, choices=BookingMode, default=BookingMode.HERE
    )
    booking_url = models.URLField(_("booking website"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    how_to_ask = models.TextField(_("how to ask"), max_length=2000, blank=True)
    procedure = models.TextField(
        _("what happens then"),
        max_length=4000,
        blank=True,
        help_text=_("The steps from asking to the answer, who decides, and how long it takes."),
    )

    confirmation = models.CharField(
        _("confirmation"), max_length=8, choices=Confirmation, default=Confirmation.REQUEST
    )
    answer_hours = models.PositiveSmallIntegerField(
        _("hours to answer a request"), default=72, validators=[MinValueValidator(1)]
    )
    notice_hours = models.PositiveSmallIntegerField(_("notice needed, in hours"), default=24)
    booking_window_days = models.PositiveSmallIntegerField(
        _("how far ahead people may book, in days"),
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(1100)],
    )
    fire_limit = models.PositiveIntegerField(
        _("most people in the building at once"), null=True, blank=True
    )
    house_rules = models.TextField(_("house rules"), max_length=4000, blank=True)

    source = models.CharField(_("where the record came from"), max_length=60, blank=True)
    source_key = models.CharField(_("its key there"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="venue_both_coordinates_or_none",
                violation_error_message=_("Give both the latitude and the longitude, or neither."),
            ),
            models.CheckConstraint(
                condition=~Q(booking_mode="elsewhere") | ~Q(booking_url=""),
                name="venue_booked_elsewhere_says_where",
                violation_error_message=_("Give the website where people book."),
            ),
            models.CheckConstraint(
                condition=~Q(booking_mode="phone") | ~Q(phone=""),
                name="venue_booked_by_phone_gives_number",
                violation_error_message=_("Give the phone number people ring to book."),
            ),
            models.CheckConstraint(
                condition=~Q(visibility="confidential") | ~Q(booking_mode="elsewhere"),
                name="venue_confidential_is_not_linked_out",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=NOT_BY_THE_HOUR) | ~Q(booking_mode="here"),
                name="venue_not_by_the_hour_is_not_booked_here",
                violation_error_message=_(
                    "Places of this kind are not hired by the hour. Say how people ask instead."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(booking_mode="ask") | ~Q(how_to_ask=""),
                name="venue_asked_for_says_how",
                violation_error_message=_("Say how people ask for it."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="digital")
                | (Q(address="", postcode="", latitude__isnull=True) & ~Q(website="")),
                name="venue_digital_has_a_link_not_an_address",
                violation_error_message=_(
                    "A digital space has a website instead of an address, postcode and place."
                ),
            ),
            models.UniqueConstraint(
                fields=["council", "source", "source_key"],
                condition=~Q(source_key=""),
                name="venue_once_per_source",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["council", "visibility"], name="venue_by_council"),
            models.Index(
                fields=["latitude", "longitude"],
                condition=Q(visibility="public"),
                name="venue_by_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name
