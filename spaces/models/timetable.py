"""What people said about times (intent, kept by django-scheduler) and the rows it becomes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, ClassVar, Literal

from dateutil.rrule import FR, MO, SA, SU, TH, TU, WE, rrule, weekday
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from schedule.models import Event, Occurrence

from core.clock import LONDON, at, london
from core.intervals import Span
from spaces.models.activity import Activity

_WEEKDAYS = {"MO": MO, "TU": TU, "WE": WE, "TH": TH, "FR": FR, "SA": SA, "SU": SU}
# Nothing that repeats within a day: the scheduler walks such a rule from its very start.
_FREQUENCIES: dict[str, Literal[1, 2]] = {"WEEKLY": 2, "MONTHLY": 1}
_NUMBERS = {"interval", "count"}
_LONGEST = timedelta(days=367)
_DAY = re.compile(r"^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")


def parse_params(text: str) -> dict[str, Any]:
    """The rule's parameters for dateutil, strictly: `byweekday:2TU,-1SU;interval:2;count:10`.

    Raises: ValueError for anything else. The scheduler's own reader turns `5FR` into every day.
    """
    params: dict[str, Any] = {}
    for part in filter(None, text.split(";")):
        name, _colon, value = part.partition(":")
        if name in _NUMBERS:
            params[name] = _positive(value)
        elif name == "byweekday":
            params[name] = [_weekday(word) for word in value.split(",")]
        else:
            message = f"unknown rule parameter: {name}"
            raise ValueError(message)
    return params


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"not a number above nought: {text}"
        raise ValueError(message)
    return number


def _weekday(word: str) -> weekday:
    match = _DAY.match(word)
    if match is None:
        message = f"not a weekday: {word}"
        raise ValueError(message)
    day = _WEEKDAYS[match[2]]
    return day(int(match[1])) if match[1] else day


def wall_span(first: datetime, last: datetime) -> Span | None:
    """The span between two readings of London's wall clock, which carry no zone.

    None where it falls wholly into the hour that is left out when the clocks go forward.
    """
    start, end = at(first.date(), first.time()), at(last.date(), last.time())
    return Span(start, end) if start < end else None


class Series(Event):
    """A stored pattern: one scheduler event with its own private rule.

    Made and read only through `spaces/timetable.py`. The overrides correct the scheduler,
    which drifts an hour at clock changes and misreads nth weekdays (docs/decisions/0009).
    `description` keeps the first span's wall times: an instant cannot say 01:30 on a night on
    which the clock jumps over it.
    """

    class Meta:
        proxy = True

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """Start and end of the first span on London's wall clock, without a zone."""
        if self.description:
            first, last = self.description.split("/")
            return datetime.fromisoformat(first), datetime.fromisoformat(last)
        return london(self.start).replace(tzinfo=None), london(self.end).replace(tzinfo=None)

    @walls.setter
    def walls(self, walls: tuple[datetime, datetime]) -> None:
        self.description = "/".join(wall.isoformat() for wall in walls)

    @property
    def is_readable(self) -> bool:
        """Whether its dates can be worked out; what is stored may have been changed by hand."""
        try:
            first, last = self.walls
            self.get_rrule_object()
            return first.tzinfo is None and timedelta() < last - first <= _LONGEST
        except (ValueError, TypeError, OverflowError):
            return False

    @property
    def said(self) -> tuple[Any, ...]:
        """All that the occurrences depend on: series that say the same have the same ones."""
        rule = (self.rule.frequency, self.rule.params) if self.rule_id else None
        exceptions = tuple(
            sorted(
                (one.original_start, one.end, one.cancelled) for one in self.occurrence_set.all()
            )
        )
        return (self.walls, rule, self.end_recurring_period, exceptions)

    @property
    def event_rule_params(self) -> dict[str, Any]:
        return parse_params(self.rule.params)

    def _event_params(self) -> dict[str, Any]:
        return self.event_rule_params

    def get_rrule_object(self, tzinfo: tzinfo | None = None) -> rrule | None:
        """The repeat on London's wall clock, whatever zone is asked for."""
        if self.rule_id is None:
            return None
        if self.rule.frequency not in _FREQUENCIES:
            message = f"not a frequency for a pattern: {self.rule.frequency}"
            raise ValueError(message)
        until = self.end_recurring_period
        return rrule(
            _FREQUENCIES[self.rule.frequency],
            dtstart=self.walls[0],
            until=london(until).replace(tzinfo=None) if until else None,
            **self.event_rule_params,
        )

    def _get_occurrence_list(self, start: datetime, end: datetime) -> list[Occurrence]:
        """Every occurrence that overlaps [start, end), however long one is.

        The scheduler looks at the nearest earlier one only, and measures by elapsed time.
        """
        repeat = self.get_rrule_object()
        if repeat is None:
            return list(super()._get_occurrence_list(start, end))
        first, last = self.walls
        length, window = last - first, Span(start, end)
        earliest = london(start).replace(tzinfo=None) - length - timedelta(days=1)
        begins = repeat.between(earliest, london(end).replace(tzinfo=None), inc=True)
        found = (wall_span(wall, wall + length) for wall in begins)
        return [
            self._create_occurrence(span.start, span.end)
            for span in found
            if span is not None and span.overlaps(window)
        ]

    def between(
        self, window: Span, *, left_out: Callable[[date], bool] = lambda _day: False
    ) -> list[Span]:
        """The occurrences that overlap `window`, as UTC spans in time order; cancelled ones out.

        `left_out` says on which dates the repeat pauses; a date added by hand stands.
        """
        found = self.get_occurrences(
            window.start.astimezone(LONDON), window.end.astimezone(LONDON), clear_prefetch=False
        )
        spans = {
            Span(one.start.astimezone(UTC), one.end.astimezone(UTC))
            for one in found
            if not one.cancelled and (one.pk is not None or not left_out(london(one.start).date()))
        }
        return sorted(span for span in spans if span.overlaps(window))


class Loudness(models.IntegerChoices):
    """How loud a booking is, or the loudest that is allowed; a larger number is louder."""

    SILENT = 1, _("Silent: reading, prayer, exams")
    TALK = 2, _("Talking: meetings, classes, crafts")
    LIVELY = 3, _("Lively: children, games, singing")
    AMPLIFIED = 4, _("Loud: amplified music, drums, parties")


class TimeRule(models.Model):
    """An opening or quiet rule for one space, as somebody said it; expanded into spans.

    An opening rule without `variant` holds on all dates that no variant has for itself. A quiet
    rule binds the space to `loudest` and to `activities`, and those who hear it to
    `loudest_next_door`: a wall lies between.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("Open")
        QUIET = "quiet", _("Quiet time")

    class BankHolidays(models.TextChoices):
        AS_USUAL = "as_usual", _("As on any other day")
        SKIP = "skip", _("Not on bank holidays")
        ONLY = "only", _("Only on bank holidays")

    class Why(models.TextChoices):
        """Why a space is kept quiet."""

        RELAXED = "relaxed", _("A relaxed session for visitors")
        NEIGHBOURS = "neighbours", _("The neighbours")
        PRAYER = "prayer", _("Prayer or worship")
        EXAMS = "exams", _("Exams or study")
        STUDIO = "studio", _("Recording in a studio")
        OTHER = "other", _("Something else")

    space = models.ForeignKey("spaces.Space", models.CASCADE, related_name="time_rules")
    variant = models.ForeignKey(
        "spaces.HoursVariant", models.CASCADE, null=True, blank=True, related_name="rules"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    series = models.OneToOneField(Series, models.PROTECT, related_name="time_rule")
    bank_holidays = models.CharField(
        _("bank holidays"), max_length=10, choices=BankHolidays, default=BankHolidays.SKIP
    )
    loudest = models.PositiveSmallIntegerField(
        _("loudest allowed"), choices=Loudness, null=True, blank=True
    )
    loudest_next_door = models.PositiveSmallIntegerField(
        _("loudest allowed where it can be heard"), choices=Loudness, default=Loudness.TALK
    )
    activities = ArrayField(
        models.CharField(max_length=12, choices=Activity),
        verbose_name=_("kinds of activity allowed; empty: any"),
        default=list,
        blank=True,
    )
    why = models.CharField(_("why"), max_length=12, choices=Why, blank=True)
    promise = models.CharField(_("what the public is promised"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("time rule")
        verbose_name_plural = _("time rules")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="quiet") | Q(loudest__isnull=False),
                name="time_rule_quiet_says_how_loud",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.series}"


class OpeningSpan(models.Model):
    """The space is open during [starts_at, ends_at). For a whole: when all its parts are.

    Touching and overlapping spans are merged when written; none is longer than 24 hours, so an
    all-day opening is cut at midnight and readers must join spans that touch.
    """

    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, related_name="opening_spans", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("opening span")
        verbose_name_plural = _("opening spans")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"))
                & Q(ends_at__lte=F("starts_at") + timedelta(hours=25)),
                name="opening_span_length",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], include=["space", "ends_at"], name="opening_time"),
            models.Index(
                fields=["space", "starts_at"], include=["ends_at"], name="opening_space_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.starts_at} {self.ends_at}"


class QuietSpan(models.Model):
    """During [starts_at, ends_at) the space and its acoustic neighbours keep to `loudest`."""

    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, related_name="quiet_spans", db_index=False
    )
    rule = models.ForeignKey(TimeRule, models.CASCADE, related_name="spans")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    loudest = models.PositiveSmallIntegerField(choices=Loudness)

    class Meta:
        verbose_name = _("quiet span")
        verbose_name_plural = _("quiet spans")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"))
                & Q(ends_at__lte=F("starts_at") + timedelta(hours=25)),
                name="quiet_span_length",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["space", "starts_at"], name="quiet_space_time"),
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.starts_at} {self.ends_at}"


class Closure(models.Model):
    """Spaces of one venue are closed during [starts_at, ends_at), for a reason people may read.

    Each takes a claim; `uid` is its identity in calendars.
    """

    venue = models.ForeignKey("spaces.Venue", models.CASCADE, related_name="closures")
    spaces: models.ManyToManyField = models.ManyToManyField("spaces.Space", related_name="closures")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason, shown to all"), max_length=200)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    is_lifted = models.BooleanField(_("lifted"), default=False)
    created_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="closure_order")
        ]

    def __str__(self) -> str:
        return self.reason
