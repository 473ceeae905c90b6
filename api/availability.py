"""When a space is free, and whether many spaces are free at many times."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api import reading
from api.base import PublicView, validated
from api.schema import asks, validates
from api.shapes import Input, Instant, Output, Query, keys
from core import clock
from core.intervals import Span
from spaces.availability import MOST_SPANS, Reason, busy_intervals, free_intervals, is_free

LONGEST_WINDOW = timedelta(days=62)
LONGEST_PERIOD = timedelta(days=31)
MOST_SPACES = 50
_REASONS = {
    Reason.TAKEN: gettext_lazy("Something else is there then."),
    Reason.CLOSED: gettext_lazy("It is closed then."),
    Reason.OUTSIDE_HOURS: gettext_lazy("It is not open then."),
    Reason.HOURS_UNKNOWN: gettext_lazy("Nobody has said when it opens: ask the venue."),
    Reason.BEYOND_HORIZON: gettext_lazy("Its hours are not worked out so far ahead."),
}


def _span(start: Any, end: Any, *, longest: timedelta, field: str) -> Span:
    """Raises: ValidationError where the span is reversed, empty or too long."""
    if start >= end:
        message = _("This must be after the start.")
        raise serializers.ValidationError({field: [serializers.ErrorDetail(message, "reversed")]})
    if end - start > longest:
        message = _("Ask for at most %(days)d days at a time.") % {"days": longest.days}
        raise serializers.ValidationError({field: [serializers.ErrorDetail(message, "too_long")]})
    return Span(start, end)


class WindowQuery(Query):
    """A window of time [from, until) of at most 62 days."""

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of the language, so it cannot be an attribute."""
        words = "ISO 8601 with an offset, such as 2027-01-05T00:00:00Z."
        return {"from": Instant(help_text=words), "until": Instant(help_text=words)}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The window as a span."""
        span = _span(attrs["from"], attrs["until"], longest=LONGEST_WINDOW, field="until")
        return {**attrs, "span": span}


class PeriodInput(Input):
    """[starts_at, ends_at)."""

    starts_at = Instant()
    ends_at = Instant()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The period as a span."""
        starts_at, ends_at = attrs["starts_at"], attrs["ends_at"]
        return {"span": _span(starts_at, ends_at, longest=LONGEST_PERIOD, field="ends_at")}


class CheckInput(Input):
    spaces = keys(MOST_SPACES)
    periods = serializers.ListField(child=PeriodInput(), min_length=1, max_length=MOST_SPANS)


class PeriodOutput(Output):
    starts_at = Instant(source="start")
    ends_at = Instant(source="end")


class AvailabilityOutput(Output):
    space = serializers.IntegerField()
    hours_known = serializers.BooleanField()
    known_until = Instant(allow_null=True, help_text="After this the hours are not worked out yet.")
    free = PeriodOutput(
        many=True,
        allow_null=True,
        help_text="Free for a use to its very ends. Null: nobody has said when it opens.",
    )
    busy = PeriodOutput(many=True, help_text="Taken or closed, merged; never why.")


class ReasonOutput(Output):
    code = serializers.ChoiceField(choices=[reason.value for reason in Reason])
    words = serializers.CharField()


class CheckedOutput(Output):
    space = serializers.IntegerField()
    starts_at = Instant()
    ends_at = Instant()
    is_free = serializers.BooleanField(
        allow_null=True, help_text="Null: nothing holds it, but its hours are not known."
    )
    reasons = ReasonOutput(many=True)


class ChecksOutput(Output):
    results = CheckedOutput(many=True)


class AvailabilityView(PublicView):
    """Free and busy time, without a word about who or what for."""

    queries: ClassVar = {"retrieve": WindowQuery}

    @validates("When is a space free?", query=WindowQuery, answer=AvailabilityOutput)
    def retrieve(self, request: Request, pk: int) -> HttpResponseBase:
        """Opening hours less closures, bookings, holds and buffers."""
        space, span, now = reading.space_numbered(request, pk), self.asked["span"], clock.now()
        free = free_intervals([space.pk], span, now=now)[space.pk]
        answer = {
            "space": space.pk,
            "hours_known": free.hours_known,
            "known_until": free.known_until,
            "free": free.spans if free.hours_known else None,
            "busy": busy_intervals([space.pk], span, now=now)[space.pk],
        }
        return validated(request, AvailabilityOutput(answer).data)

    @asks("Are these spaces free at these times?", request=CheckInput, answer=ChecksOutput)
    def check(self, request: Request) -> Response:
        """Up to fifty periods for up to fifty spaces, each with every reason why not."""
        data = CheckInput(data=request.data)
        data.is_valid(raise_exception=True)
        spaces = reading.require_spaces(request, data.validated_data["spaces"])
        spans = [period["span"] for period in data.validated_data["periods"]]
        answers = is_free(sorted(spaces), spans, now=clock.now())
        results = [_checked(pk, answer) for pk in answers for answer in answers[pk]]
        return Response(ChecksOutput({"results": results}).data)


def _checked(space_id: int, answer: Any) -> dict[str, Any]:
    return {
        "space": space_id,
        "starts_at": answer.span.start,
        "ends_at": answer.span.end,
        "is_free": None if answer.is_for_the_venue_to_say else answer.is_free,
        "reasons": [
            {"code": reason.value, "words": str(_REASONS[reason])}
            for reason in sorted(answer.reasons)
        ],
    }
