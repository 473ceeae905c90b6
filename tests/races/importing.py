"""What racing processes do with a calendar of a space."""

from __future__ import annotations

from datetime import time, timedelta

from core.clock import at
from core.errors import BadInput
from spaces.models import Space
from spaces.services import calendars, subscriptions
from spaces.services.calendars import Mode
from tests.factories.bookings import NOW
from tests.races.booking import FIRST, ask
from tests.spaces.ics import calendar, event

CLASHES = "clashes"
IMPORTED = "imported"
SENT = "sent"
REFUSED = "refused"


def act(verb: str, space: int, person: int = 0) -> str:
    """Book 7pm to 9pm of the first day, or import a calendar that is busy then."""
    if verb == "asks":
        found = Space.objects.get(pk=space)
        return ask(venue_id=found.venue_id, space_ids=(space,), person_id=person, week=0)
    if verb in {"uploads", "subscribes"}:
        return send_form(verb, space)
    return bring(space)


def send_form(verb: str, space: int) -> str:
    """The form of a calendar, as its page sends it."""
    found = Space.objects.select_related("venue").get(pk=space)
    try:
        if verb == "uploads":
            subscriptions.propose_file(found, "Diary", diary(), actor=None, now=NOW)
        else:
            subscriptions.subscribe(found, "Diary", "https://a.example/b.ics", actor=None, now=NOW)
    except BadInput:
        return REFUSED
    return SENT


def bring(space: int) -> str:
    """Import a class in the middle of the booking's time, and one a day later."""
    found = Space.objects.select_related("venue").get(pk=space)
    source = calendars.source_named(found, "Diary", now=NOW)
    done = calendars.import_calendar(source, diary(), mode=Mode.WRITE, actor=None, now=NOW)
    return CLASHES if done.clashes else IMPORTED


def diary() -> bytes:

    start = at(FIRST, time(19, 30))
    return calendar(*[
        event(uid, f"{begin:%Y%m%dT%H%M%SZ}", f"{begin + timedelta(minutes=30):%Y%m%dT%H%M%SZ}")
        for uid, begin in (("contested", start), ("free", start + timedelta(days=1)))
    ])  # fmt: skip
