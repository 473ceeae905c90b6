"""The gazetteer: wards, named places and postcodes, and the shapes of the drawn base map."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def check_outline(field: str, value: Any) -> None:
    """Every map draws it: one that cannot be drawn would take a page from everybody.

    Raises: ValidationError at `field`.
    """
    if not isinstance(value, list) or not all(_is_point(point) for point in value):
        message = _("Enter a list of [longitude, latitude] pairs, such as [[0.15, 51.45], ...].")
        raise ValidationError({field: message})


def _is_point(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    # "Not a number" and infinity are in no range either.
    return all(
        isinstance(one, (int, float)) and not isinstance(one, bool) and -most <= one <= most
        for one, most in zip(value, (180, 90), strict=True)
    )


class Ward(models.Model):
    council = models.ForeignKey("accounts.Council", models.CASCADE, related_name="wards")
    name = models.CharField(_("name"), max_length=100)
    code = models.CharField(_("ONS code"), max_length=9, blank=True)
    boundary = models.JSONField(_("boundary as [longitude, latitude] pairs"), default=list)

    class Meta:
        ordering = ["name"]
        verbose_name = _("ward")
        verbose_name_plural = _("wards")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["council", "name"], name="ward_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises: ValidationError for a boundary that cannot be drawn."""
        check_outline("boundary", self.boundary)


class Place(models.Model):
    """Somewhere people say they are near: a postcode, a district, a street, a station."""

    class Kind(models.TextChoices):
        POSTCODE = "postcode", _("Postcode")
        DISTRICT = "district", _("Postcode district")
        AREA = "area", _("Area")
        STREET = "street", _("Street")
        STATION = "station", _("Station")
        STOP = "stop", _("Bus stop")

    council = models.ForeignKey(
        "accounts.Council", models.CASCADE, related_name="places", null=True, blank=True
    )
    ward = models.ForeignKey(Ward, models.SET_NULL, null=True, blank=True, related_name="places")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    search_key = models.CharField(
        _("name as searched"),
        max_length=100,
        db_index=True,
        help_text=_("Lower case, without spaces or marks."),
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["council", "kind", "search_key"],
                name="place_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name


class MapShape(models.Model):
    """A line or area of the base map that is drawn where no tile server is set."""

    class Kind(models.TextChoices):
        LAND = "land", _("Land")
        WATER = "water", _("Water")
        PARK = "park", _("Park")
        ROAD = "road", _("Road")
        RAIL = "rail", _("Railway")

    council = models.ForeignKey("accounts.Council", models.CASCADE, related_name="map_shapes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=100, blank=True)
    points = models.JSONField(_("[longitude, latitude] pairs"))

    class Meta:
        verbose_name = _("map shape")
        verbose_name_plural = _("map shapes")

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    def clean(self) -> None:
        """Raises: ValidationError for points that cannot be drawn."""
        check_outline("points", self.points)
