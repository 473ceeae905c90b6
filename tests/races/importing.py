"""What racing processes do with a calendar of a space."""

from __future__ import annotations

import itertools
from datetime import time, timedelta
from unittest import mock

from core.calendars.found import Reading
from core.calendars.read import read
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


def busy_diary(moved: int) -> bytes:
    """Two hundred hours, each `moved` minutes later than by the diary that began on the hour."""
    begins = [
        at(FIRST, time(9 + n % 10)) + timedelta(days=n // 10, minutes=moved) for n in range(200)
    ]
    return calendar(*[
        event(f"e{n}", f"{begin:%Y%m%dT%H%M%SZ}", f"{begin + timedelta(minutes=30):%Y%m%dT%H%M%SZ}")
        for n, begin in enumerate(begins)
    ])  # fmt: skip


def readings_of(space: int) -> dict[bytes, Reading]:
    """Both diaries, read: what follows the reading is what a kill may hit."""
    found = Space.objects.select_related("venue").get(pk=space)
    window = calendars.window_of(found, now=NOW)
    return {raw: read(raw, window, seconds=60) for raw in (busy_diary(0), busy_diary(30))}


def move_to_and_fro(space: int, readings: dict[bytes, Reading]) -> None:
    """The diary moves by half an hour and back, for as long as it is let."""
    found = Space.objects.select_related("venue").get(pk=space)
    with mock.patch.object(calendars, "read", lambda raw, *_window, **_limits: readings[raw]):
        for raw in itertools.cycle(readings):
            source = calendars.source_named(found, "Diary", now=NOW)
            calendars.import_calendar(source, raw, mode=Mode.WRITE, actor=None, now=NOW)
