"""When: one span of two instants, or wall-clock times that may repeat."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from api.shapes import FIRST_YEAR, LAST_YEAR, Input, Instant, Output
from core.clock import london
from core.errors import BadInput
from core.intervals import Span
from spaces.timetable import MOST_DATES, Frequency, Pattern

MOST_DAYS = 366


class Day(serializers.DateField):
    """A London date, YYYY-MM-DD, in a year that can be booked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)
        self.error_messages["far"] = gettext_lazy("Choose a year from 2000 to 2100.")

    def to_internal_value(self, value: Any) -> date:
        """The date."""
        if isinstance(value, str) and len(value) != 10:
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("far")
        return day


class WallTime(serializers.TimeField):
    """A time on London's wall clock, HH:MM."""

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M"], **options)


def _days(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=Day(), max_length=MOST_DATES, default=list, **options)


class WhenInput(Input):
    """Wall-clock times in London; a weekly 19:00 stays 19:00 when the clocks change."""

    first = Day(help_text="The first date, as the wall calendar says it.")
    starts = WallTime()
    ends = WallTime(help_text="At or before `starts` means the next day.")
    more_days = serializers.IntegerField(
        min_value=0, max_value=MOST_DAYS, default=0, help_text="Ends so many days later."
    )
    repeats = serializers.ChoiceField(
        choices=[frequency.value for frequency in Frequency], default=Frequency.ONCE.value
    )
    interval = serializers.IntegerField(min_value=1, max_value=52, default=1)
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        max_length=7,
        default=list,
        help_text="0 is Monday. Empty: the weekday of `first`.",
    )
    nth = serializers.ListField(
        child=serializers.ChoiceField(choices=[1, 2, 3, 4, 5, -1]),
        max_length=6,
        default=list,
        help_text="Monthly: which of those weekdays in the month; -1 is the last.",
    )
    count = serializers.IntegerField(min_value=1, max_value=MOST_DATES, default=None)
    until = Day(default=None)
    struck = _days(help_text="Dates to leave out.")
    added = _days(help_text="Dates on top.")
    skip_bank_holidays = serializers.BooleanField(default=False)


class WhenOutput(Output):
    """The same shape as `when` in a booking or a quote."""

    first = serializers.DateField()
    starts = serializers.TimeField(format="%H:%M")
    ends = serializers.TimeField(format="%H:%M")
    more_days = serializers.IntegerField()
    repeats = serializers.ChoiceField(choices=[frequency.value for frequency in Frequency])
    interval = serializers.IntegerField()
    weekdays = serializers.ListField(child=serializers.IntegerField())
    nth = serializers.ListField(child=serializers.IntegerField())
    count = serializers.IntegerField(required=False)
    until = serializers.DateField(required=False)
    struck = serializers.ListField(child=serializers.DateField())
    added = serializers.ListField(child=serializers.DateField())
    skip_bank_holidays = serializers.BooleanField()


def when_of(pattern: Pattern) -> dict[str, Any]:
    """A pattern as `when` says it; an end that it does not have is left out."""
    ends = {"count": pattern.count, "until": pattern.until}
    return {
        **{name: value for name, value in ends.items() if value is not None},
        "first": pattern.first,
        "starts": pattern.starts,
        "ends": pattern.ends,
        "more_days": pattern.more_days,
        "repeats": pattern.frequency.value,
        "interval": pattern.interval,
        "weekdays": pattern.weekdays,
        "nth": pattern.nth,
        "struck": pattern.struck,
        "added": pattern.added,
        "skip_bank_holidays": pattern.skip_bank_holidays,
    }


class WhenMixin(Input):
    """Either `when`, or `starts_at` with `ends_at`; `pattern` is what they come to."""

    when = WhenInput(required=False)
    starts_at = Instant(required=False)
    ends_at = Instant(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one of the two ways."""
        instants = [attrs.pop(name, None) for name in ("starts_at", "ends_at")]
        when = attrs.pop("when", None)
        if (when is None) == (None in instants) or (when is not None and any(instants)):
            message = _("Send either `when`, or `starts_at` and `ends_at`.")
            raise serializers.ValidationError(
                {"when": [serializers.ErrorDetail(message, code="one_of")]}
            )
        pattern = _repeating(when) if when is not None else _once(*instants)
        return {**attrs, "pattern": pattern}


def _repeating(when: dict[str, Any]) -> Pattern:
    return Pattern(
        first=when["first"],
        starts=when["starts"],
        ends=when["ends"],
        frequency=Frequency(when["repeats"]),
        more_days=when["more_days"],
        interval=when["interval"],
        weekdays=tuple(when["weekdays"]),
        nth=tuple(when["nth"]),
        count=when["count"],
        until=when["until"],
        struck=tuple(when["struck"]),
        added=tuple(when["added"]),
        skip_bank_holidays=when["skip_bank_holidays"],
    )


def _once(starts_at: datetime | None, ends_at: datetime | None) -> Pattern:
    """The pattern of one span.

    Raises: ValidationError where it is reversed or too long, BadInput where the wall clock
    cannot say it (the hour that happens twice) or it has seconds.
    """
    if starts_at is None or ends_at is None or starts_at >= ends_at:
        message = _("This must be after the start.")
        raise serializers.ValidationError(
            {"ends_at": [serializers.ErrorDetail(message, code="reversed")]}
        )
    first, last = london(starts_at), london(ends_at)
    days = (last.date() - first.date()).days
    if days > MOST_DAYS:
        message = _("Ask for at most %(days)d days at a time.") % {"days": MOST_DAYS}
        raise serializers.ValidationError(
            {"ends_at": [serializers.ErrorDetail(message, code="too_long")]}
        )
    pattern = Pattern(
        first=first.date(),
        starts=first.time().replace(fold=0),
        ends=last.time().replace(fold=0),
        more_days=days,
    )
    is_whole = not (first.second or first.microsecond or last.second or last.microsecond)
    if not is_whole or pattern.span_on(pattern.first) != Span(starts_at, ends_at):
        message = _("Choose whole minutes, and not the hour that happens twice in October.")
        raise BadInput(message, field="starts_at")
    return pattern
