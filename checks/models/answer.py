"""What somebody found of one access fact at one place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Answered(models.Model):
    """The same columns as an access fact: what was found, of which place.

    The place is a room, an entrance, lift or toilet, or neither: the whole venue. `unknown`
    means that somebody looked and could not tell.
    """

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Could not tell")

    space = models.ForeignKey("spaces.Space", models.CASCADE, null=True, blank=True)
    node = models.ForeignKey("spaces.AccessNode", models.CASCADE, null=True, blank=True)
    code = models.SlugField(_("fact"), max_length=40)
    value = models.CharField(_("what was found"), max_length=8, choices=Value)
    choice = models.CharField(_("which kind"), max_length=120, blank=True)
    measure = models.DecimalField(
        _("measured"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    measure_2 = models.DecimalField(
        _("measured the other way"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("in plain words"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"


class Answer(Answered):
    """What a checker found; a draft until the visit is sent in."""

    visit = models.ForeignKey("checks.Visit", models.CASCADE, related_name="answers")

    class Meta:
        verbose_name = _("answer of a visit")
        verbose_name_plural = _("answers of visits")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "code", "space", "node"],
                name="check_answer_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(space__isnull=True) | Q(node__isnull=True),
                name="check_answer_of_one_place",
            ),
        ]
