"""During a quiet time nothing louder than its limit, in the space and where it can be heard."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookings.errors import Breach
from bookings.rules.facts import Facts
from core.intervals import Span
from core.words import times


def breaches(facts: Facts, span: Span) -> list[Breach]:
    return [
        Breach(
            "quiet_time",
            _(
                "%(place)s has a quiet time %(hours)s%(promise)s. "
                "Choose another time, or something less loud."
            )
            % {
                "place": quiet.place,
                "hours": times(quiet.span.start, quiet.span.end),
                "promise": f" ({quiet.promise})" if quiet.promise else "",
            },
            span.start,
        )
        for quiet in facts.quiet
        if quiet.span.overlaps(span) and facts.request.loudness > quiet.loudest
    ]
