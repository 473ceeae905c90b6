"""During a quiet time nothing louder than its limit, and no other kind of activity than it allows.

It binds the space itself, its parts and wholes, and those that hear it, each by its own limit.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.requests import BookingRequest
from bookings.rules.facts import Facts, QuietTime
from core.intervals import Span
from core.words import times
from spaces.models import Activity, TimeRule
from spaces.models.timetable import Loudness


def breaches(facts: Facts, span: Span) -> list[Breach]:
    return [
        Breach("quiet_time", _words(quiet, facts.request), span.start)
        for quiet in facts.quiet
        if quiet.span.overlaps(span) and not _fits(quiet, facts.request)
    ]


def _fits(quiet: QuietTime, request: BookingRequest) -> bool:
    if request.loudness > quiet.loudest:
        return False
    return not quiet.activities or request.activity in quiet.activities


def _words(quiet: QuietTime, request: BookingRequest) -> str:
    names = {
        "place": quiet.place,
        "hours": times(quiet.span.start, quiet.span.end),
        "promise": f" ({why})" if (why := _why(quiet)) else "",
        "allowed": _allowed(quiet, request),
    }
    if quiet.is_next_door:
        return (
            _(
                "%(place)s, which is next door, has a quiet time %(hours)s%(promise)s. %(allowed)s "
                "Choose another time, or something less loud."
            )
            % names
        )
    return (
        _(
            "%(place)s has a quiet time %(hours)s%(promise)s. %(allowed)s "
            "Choose another time, or something less loud."
        )
        % names
    )


def _why(quiet: QuietTime) -> str:
    if quiet.promise:
        return quiet.promise.rstrip(". ")
    return str(TimeRule.Why(quiet.why).label) if quiet.why else ""


def _allowed(quiet: QuietTime, request: BookingRequest) -> str:
    if request.loudness > quiet.loudest:
        return _("The loudest allowed is “%(loudest)s”.") % {
            "loudest": Loudness(quiet.loudest).label
        }
    return _("Only these fit: %(activities)s.") % {
        "activities": "; ".join(str(Activity(one).label) for one in quiet.activities)
    }
