"""Spaces: the bookable parts of a venue; a divisible hall is its parts."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Pool(models.Model):
    """Numbered spaces that are alike, such as desks: one is chosen for whoever books."""

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="pools")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("pool")
        verbose_name_plural = _("pools")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["venue", "name"], name="pool_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Space(models.Model):
    """Something that can be taken for a time.

    A *simple* space and a *part* are taken themselves; a *whole* is taken by taking each of
    its parts (`SpacePart`). `hours_known` False means nobody has said when it opens, which is
    not the same as closed.
    """

    class Kind(models.TextChoices):
        HALL = "hall", _("Hall")
        ROOM = "room", _("Room")
        KITCHEN = "kitchen", _("Kitchen")
        FOYER = "foyer", _("Foyer")
        STUDIO = "studio", _("Studio")
        OUTDOOR = "outdoor", _("Outdoor space")
        PITCH = "pitch", _("Pitch or court")
        GALLERY = "gallery", _("Gallery")
        WALLS = "walls", _("Gallery walls")
        FLOOR = "floor", _("Gallery floor")
        DESK = "desk", _("Desk")
        STALL = "stall", _("Stall")
        CHAPEL = "chapel", _("Chapel or prayer room")
        OFFICE = "office", _("Office")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="spaces")
    pool = models.ForeignKey(Pool, models.SET_NULL, null=True, blank=True, related_name="spaces")
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("short name in addresses"), max_length=110)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ROOM)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=0)
    floor = models.SmallIntegerField(_("floor, 0 is the ground"), null=True, blank=True)
    area_m2 = models.DecimalField(
        _("area in square metres"), max_digits=8, decimal_places=1, null=True, blank=True
    )
    capacity = models.PositiveIntegerField(
        _("most people"),
        null=True,
        blank=True,
        help_text=_("The largest number over all layouts. Leave empty if nobody has said."),
    )
    is_bookable = models.BooleanField(_("can be booked"), default=True)
    hours_known = models.BooleanField(_("opening hours are known"), default=False)
    expanded_until = models.DateField(_("times are worked out until"), null=True, blank=True)
    # Over the next fortnight; kept by spaces/habits.py.
    opens_late = models.BooleanField(
        _("open after 9pm"), default=False, db_default=False, editable=False
    )
    opens_at_weekends = models.BooleanField(
        _("open at weekends"), default=False, db_default=False, editable=False
    )

    setup_minutes = models.PositiveSmallIntegerField(_("minutes kept free before"), default=0)
    cleardown_minutes = models.PositiveSmallIntegerField(_("minutes kept free after"), default=0)
    least_minutes = models.PositiveSmallIntegerField(
        _("shortest booking in minutes"), default=30, validators=[MinValueValidator(1)]
    )
    longest_minutes = models.PositiveIntegerField(
        _("longest booking in minutes"), default=24 * 60, validators=[MinValueValidator(1)]
    )
    open_through_closed_hours = models.BooleanField(
        _("may be occupied through closed hours"),
        default=False,
        help_text=_("For exhibitions and overnight stays: only start and end must be open."),
    )

    parts: models.ManyToManyField = models.ManyToManyField(
        "self", through="spaces.SpacePart", symmetrical=False, related_name="wholes"
    )
    acoustic_neighbours: models.ManyToManyField = models.ManyToManyField(
        "self", symmetrical=True, blank=True, verbose_name=_("spaces that hear each other")
    )
    change_no = models.BigIntegerField(_("change number"), default=0, editable=False)

    class Meta:
        ordering = ["venue", "position", "name"]
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["venue", "slug"], name="space_slug_once_per_venue"),
            models.CheckConstraint(
                condition=Q(least_minutes__lte=F("longest_minutes")),
                name="space_shortest_not_above_longest",
                violation_error_message=_("The shortest booking cannot be above the longest."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["capacity"], name="space_by_capacity")]

    def __str__(self) -> str:
        return self.name


class SpacePart(models.Model):
    """Which atoms a space is made of: itself for a simple space or a part, its parts for a whole.

    Every space has at least one row here; claims are only ever on atoms.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="atom_rows")
    part = models.ForeignKey(Space, models.CASCADE, related_name="whole_rows")

    class Meta:
        verbose_name = _("part of a space")
        verbose_name_plural = _("parts of spaces")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "part"], name="space_part_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["part"], include=["space"], name="space_part_by_part")
        ]

    def __str__(self) -> str:
        return f"{self.space_id} > {self.part_id}"


class Layout(models.Model):
    """How many people a space takes when it is set out one way."""

    class Kind(models.TextChoices):
        THEATRE = "theatre", _("Rows of chairs")
        BOARDROOM = "boardroom", _("Round one table")
        CABARET = "cabaret", _("At small tables")
        DANCE = "dance", _("Dance or exercise")
        STANDING = "standing", _("Standing")
        DINING = "dining", _("Sitting down to eat")
        SLEEPING = "sleeping", _("Sleeping")

    space = models.ForeignKey(Space, models.CASCADE, related_name="layouts")
    kind = models.CharField(_("layout"), max_length=10, choices=Kind)
    people = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    wheelchair_places = models.PositiveIntegerField(_("wheelchair places"), null=True, blank=True)

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["space", "kind"], name="layout_once_per_space")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.people}"


class Facility(models.Model):
    """Whether a venue or a space has something: a kitchen, a stage, a prayer room.

    A row may also say no, or that somebody asked and nobody knew. Without a row nothing is
    known; that is not no.
    """

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not known")

    class Code(models.TextChoices):
        KITCHEN = "kitchen", _("Kitchen")
        KITCHENETTE = "kitchenette", _("Tea and coffee point")
        STAGE = "stage", _("Stage")
        PA = "pa", _("Sound system")
        PROJECTOR = "projector", _("Projector and screen")
        PIANO = "piano", _("Piano")
        WIFI = "wifi", _("Wifi")
        BAR = "bar", _("Bar")
        GARDEN = "garden", _("Garden")
        SPRUNG_FLOOR = "sprung_floor", _("Sprung floor")
        MIRRORS = "mirrors", _("Mirrors")
        HANGING_SYSTEM = "hanging_system", _("Picture hanging system")
        CAR_PARK = "car_park", _("Car park")
        CYCLE_PARKING = "cycle_parking", _("Cycle parking")
        PRAYER_ROOM = "prayer_room", _("Prayer room")
        ABLUTION = "ablution", _("Ablution area")
        HALAL_KITCHEN = "halal_kitchen", _("Kitchen kept halal")
        KOSHER_KITCHEN = "kosher_kitchen", _("Kitchen kept kosher")
        VEGETARIAN_KITCHEN = "vegetarian_kitchen", _("Kitchen kept vegetarian")
        ANY_GENDER_TOILET = "any_gender_toilet", _("Toilet for any gender")
        STUDY_SPACE = "study_space", _("Place to study")
        FREE_TO_USE = "free_to_use", _("Free to use")
        LIT_WAY = "lit_way", _("Street lights all the way from the stop")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="facilities")
    space = models.ForeignKey(
        Space, models.CASCADE, null=True, blank=True, related_name="facilities"
    )
    code = models.CharField(_("facility"), max_length=20, choices=Code)
    value = models.CharField(_("is it there"), max_length=8, choices=Value, default=Value.YES)
    quantity = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue", "space", "code"], name="facility_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(value="yes") | Q(quantity__isnull=True),
                name="facility_counted_only_if_there",
                violation_error_message=_("Say how many only where there are any."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()


# What matters to how people live, pray and eat: asked of every venue, yes, no or not known.
CULTURAL = (
    Facility.Code.PRAYER_ROOM,
    Facility.Code.ABLUTION,
    Facility.Code.HALAL_KITCHEN,
    Facility.Code.KOSHER_KITCHEN,
    Facility.Code.VEGETARIAN_KITCHEN,
    Facility.Code.ANY_GENDER_TOILET,
)
