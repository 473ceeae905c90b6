"""What racing managers do: keep a space quiet, or close one with an answer to its bookings."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from bookings.services.displacement import Answer, Decision, change, close_with_bookings
from core.clock import at
from core.errors import DomainError
from core.intervals import Span
from spaces.models import Space, Venue
from spaces.models.timetable import Loudness
from spaces.services.quiet import QuietRule, keep_quiet
from spaces.timetable import Frequency, Pattern
from tests.races import answering
from tests.races.answering import DONE
from tests.races.booking import FIRST


def act(verb: str, arguments: dict[str, Any]) -> str:
    """A verb of here or of `answering`; a refusal comes back by its code."""
    if verb not in ("hushes", "clears"):
        return answering.act(verb, arguments)
    try:
        globals()[verb](**arguments)
    except DomainError as error:
        return error.code
    return DONE


def hushes(venue: int, space: int, now: datetime) -> None:
    """Every week at the time of the first race's bookings, nothing said of those in the way."""
    found, kept = Venue.objects.get(pk=venue), Space.objects.get(pk=space)
    evenings = Pattern(
        FIRST, time(19), time(20), Frequency.WEEKLY, weekdays=(FIRST.weekday(),), count=20
    )
    rule = QuietRule(evenings, Loudness.SILENT)

    def make() -> None:
        keep_quiet(found, [kept], rule, heard_in=None, actor=None, now=now)

    change(found, make, decision=Decision(), actor=None, now=now)


def clears(venue: int, spaces: list[int], answer: str, digest: str, now: datetime) -> None:
    """Close on the day of the first race's bookings, as was said to a preview."""
    close_with_bookings(
        Venue.objects.get(pk=venue),
        spaces,
        Span(at(FIRST, time(12)), at(FIRST + timedelta(days=1), time(0))),
        reason="New floor",
        decision=Decision(Answer(answer), digest),
        actor=None,
        now=now,
    )
