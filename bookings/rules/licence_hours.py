"""Loud music and the sale of alcohol end when the venue's licence says, unless a temporary event
notice covers the time.

A night belongs to the date on which it began: before 6am it is the day before's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts, LicenceEnd
from core.clock import at, london
from core.intervals import Span, subtract
from core.words import clock_time, long_day
from spaces.models import PremisesLimit

DAY_BEGINS = time(6)
_DAY = timedelta(days=1)


def breaches(facts: Facts, span: Span) -> list[Breach]:
    found = []
    for kind in sorted({end.kind for end in facts.licence}):
        ends = [end for end in facts.licence if end.kind == kind]
        for night, end in _nights(ends, span):
            shut = Span(_ends(night, end.until), at(night + _DAY, DAY_BEGINS))
            late = shut.clip(span)
            if late is not None and subtract([late], facts.event_notices):
                found.append(Breach("licence_hours", _words(kind, night, end), span.start))
                break
    return found


def _nights(ends: list[LicenceEnd], span: Span) -> Iterator[tuple[date, LicenceEnd]]:
    """The dates whose night the span may reach into, each with the limit that holds then."""
    night, last = london(span.start).date() - _DAY, london(span.end).date()
    while night <= last:
        holding = [end for end in ends if _holds(end, night)]
        if holding:
            yield night, holding[-1]
        night += _DAY


def _holds(end: LicenceEnd, day: date) -> bool:
    return (
        end.first_on <= day
        and (end.last_on is None or day <= end.last_on)
        and (not end.weekdays or day.weekday() in end.weekdays)
    )


def _ends(night: date, until: time) -> datetime:
    return at(night + _DAY if until < DAY_BEGINS else night, until)


def _words(kind: str, night: date, end: LicenceEnd) -> str:
    names = {"until": clock_time(end.until), "day": long_day(night)}
    if kind == PremisesLimit.Kind.ALCOHOL:
        return _("Alcohol may be sold here until %(until)s on %(day)s. End earlier.") % names
    return (
        _(
            "Loud music must end at %(until)s here on %(day)s. "
            "End earlier, or choose something less loud."
        )
        % names
    )
