"""What people do in a space, and the time some of it needs before and after."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Activity(models.TextChoices):
    """Kinds of activity that rules of a space may speak of."""

    MEETING = "meeting", _("Meeting, talk or class")
    STUDY = "study", _("Study, reading or exam")
    WORSHIP = "worship", _("Prayer or worship")
    CRAFT = "craft", _("Crafts that stay clean, such as knitting")
    MESSY = "messy", _("Messy crafts, such as clay or paint")
    FOOD = "food", _("Cooking or a meal")
    CHILDREN = "children", _("Children’s group")
    SPORT = "sport", _("Sport, dance or exercise")
    MUSIC = "music", _("Music, singing or drama")
    EXHIBITION = "exhibition", _("Exhibition, market or fair")
    PARTY = "party", _("Party or celebration")
    OTHER = "other", _("Something else")


class ActivityBuffer(models.Model):
    """How long a space is kept free round one kind of activity, where that is longer than usual."""

    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, related_name="activity_buffers", verbose_name=_("space")
    )
    activity = models.CharField(_("activity"), max_length=12, choices=Activity)
    setup_minutes = models.PositiveSmallIntegerField(_("minutes kept free before"), default=0)
    cleardown_minutes = models.PositiveSmallIntegerField(_("minutes kept free after"), default=0)

    class Meta:
        verbose_name = _("time kept free for an activity")
        verbose_name_plural = _("times kept free for activities")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["space", "activity"], name="activity_buffer_once_per_space"
            ),
            models.CheckConstraint(
                condition=Q(setup_minutes__lte=1440, cleardown_minutes__lte=1440),
                name="activity_buffer_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.activity}"
