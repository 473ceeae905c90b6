"""The ways of a venue from the street to its rooms and toilets, and what is out of order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

WEEK_MINUTES = 7 * 24 * 60


class AccessNode(models.Model):
    """A place that ways lead to. Every entrance is on the street, through its own door.

    How to get through an entrance, a lift or a toilet is in their access facts.
    """

    class Kind(models.TextChoices):
        ENTRANCE = "entrance", _("Entrance")
        LIFT = "lift", _("Lift")
        LANDING = "landing", _("Hallway or landing")
        SPACE = "space", _("Room or space")
        TOILET = "toilet", _("Toilet")

    class Hours(models.TextChoices):
        VENUE = "venue", _("Open whenever the venue is")
        OWN = "own", _("Open at its own times")
        UNKNOWN = "unknown", _("Not known")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="access_nodes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    space = models.OneToOneField(
        "spaces.Space", models.CASCADE, null=True, blank=True, related_name="access_node"
    )
    hours = models.CharField(_("when it is open"), max_length=8, choices=Hours, default=Hours.VENUE)
    note = models.CharField(_("in plain words"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("place on a way")
        verbose_name_plural = _("places on ways")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["venue", "name"], name="access_node_name_once"),
            models.CheckConstraint(
                condition=Q(kind="space", space__isnull=False)
                | (~Q(kind="space") & Q(space__isnull=True)),
                name="access_node_space_is_a_space",
            ),
            models.CheckConstraint(
                condition=Q(kind="entrance") | Q(hours="venue"),
                name="access_node_only_entrances_have_hours",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="access_node_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EntranceHours(models.Model):
    """When an entrance with times of its own is open: [opens, closes) on one day of the week."""

    node = models.ForeignKey(AccessNode, models.CASCADE, related_name="hours_rows")
    weekday = models.PositiveSmallIntegerField(_("day of the week, 0 is Monday"))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name = _("hours of an entrance")
        verbose_name_plural = _("hours of entrances")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["node", "weekday", "opens"], name="entrance_hours_once"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="entrance_hours_in_a_week"),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")), name="entrance_hours_open_before_closing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class AccessLink(models.Model):
    """A way between two places of one venue, both ways round: `low` has the smaller key.

    Whether it is free of steps, how wide and how steep it is are its access facts.
    """

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="access_links")
    low = models.ForeignKey(AccessNode, models.CASCADE, related_name="links_up")
    high = models.ForeignKey(AccessNode, models.CASCADE, related_name="links_down")
    note = models.CharField(_("in plain words"), max_length=300, blank=True)

    class Meta:
        ordering = ["low", "high"]
        verbose_name = _("way between two places")
        verbose_name_plural = _("ways between places")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["low", "high"], name="access_link_once"),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")), name="access_link_between_two_places"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low} – {self.high}"


class AccessFault(models.Model):
    """Something out of order for a while: [starts_at, until), or until `ended_at` if earlier.

    Without `until` nobody knows how long. A fault is never an edit of a fact. `overdue_at`: when
    people were told that `until` had come and nobody had said that it works.
    """

    class What(models.TextChoices):
        LIFT = "lift", _("Lift")
        TOILET = "toilet", _("Accessible toilet")
        HOIST = "hoist", _("Hoist in the Changing Places toilet")
        LOOP = "loop", _("Hearing loop")
        ENTRANCE = "entrance", _("Way in, its door or its ramp")
        PARKING = "parking", _("Blue Badge parking")
        QUIET = "quiet", _("Quiet place")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="access_faults")
    node = models.ForeignKey(
        AccessNode, models.CASCADE, null=True, blank=True, related_name="faults"
    )
    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, null=True, blank=True, related_name="access_faults"
    )
    what = models.CharField(_("what"), max_length=10, choices=What)
    note = models.CharField(_("in plain words"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("out of order from"))
    until = models.DateTimeField(_("expected to be working from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("working again since"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported"))
    overdue_at = models.DateTimeField(_("told that it is overdue"), null=True, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("access fault")
        verbose_name_plural = _("access faults")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("starts_at")),
                name="access_fault_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(node__isnull=True) | Q(space__isnull=True),
                name="access_fault_of_one_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["venue", "starts_at"],
                condition=Q(ended_at__isnull=True),
                name="access_fault_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())


class SpaceNeed(models.Model):
    """The answer to one need at one space, or for None at the best space of the venue.

    Worked out by `spaces/services/needs.py` and by nobody else. It holds for instants in
    [starts_at, ends_at) whose minute of the London week is in [from_minute, to_minute); the rows
    of one space and need fill all of time. `why` names the place that decides it.
    """

    class State(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not checked yet")

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="needs")
    space = models.ForeignKey("spaces.Space", models.CASCADE, null=True, related_name="needs")
    need = models.SlugField(_("need"), max_length=30)
    state = models.CharField(_("answer"), max_length=8, choices=State)
    why = models.JSONField(_("what decides it"), default=dict)
    starts_at = models.DateTimeField(_("from"), null=True)
    ends_at = models.DateTimeField(_("until"), null=True)
    from_minute = models.PositiveSmallIntegerField(_("from minute of the week"), default=0)
    to_minute = models.PositiveSmallIntegerField(_("to minute of the week"), default=WEEK_MINUTES)
    is_always = models.BooleanField(_("at any time"), default=True)

    class Meta:
        verbose_name = _("answer to a need")
        verbose_name_plural = _("answers to needs")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_minute__lt=F("to_minute"), to_minute__lte=WEEK_MINUTES),
                name="space_need_within_a_week",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(starts_at__lt=F("ends_at")),
                name="space_need_starts_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=["venue", "space", "need", "starts_at", "from_minute"],
                name="space_need_once",
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["need", "state"],
                include=["venue", "space", "is_always"],
                name="space_need_by_need",
            ),
            models.Index(
                fields=["space", "venue"],
                condition=Q(is_always=False),
                name="space_need_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.state}"


class NeedMasks(models.Model):
    """What `SpaceNeed` says of one space (None: the best of the venue) at any time, for search.

    Bit n is need n of `spaces.access_facts.NEEDS`; in neither mask it is not known, or depends on
    the time. Written by `spaces/services/needs.py` with the rows that they sum up.
    """

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="need_masks")
    space = models.ForeignKey("spaces.Space", models.CASCADE, null=True, related_name="need_masks")
    yes = models.BigIntegerField(_("met at any time"))
    no = models.BigIntegerField(_("never met"))

    class Meta:
        verbose_name = _("needs in short")
        verbose_name_plural = _("needs in short")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["venue", "space"], name="need_masks_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Exact(CombinedExpression(F("yes"), Combinable.BITAND, F("no")), 0),
                name="need_masks_never_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.yes:b} {self.no:b}"
