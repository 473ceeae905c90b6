"""Events as dates: repeated ones are walked by recurring-ical-events, within limits."""

from __future__ import annotations

import contextlib
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from recurring_ical_events.util import time_span_contains_event

from core.calendars import parts
from core.calendars.found import Occurrence, Reading, Remark
from core.calendars.parts import EventRefused, Group
from core.calendars.slices import slices
from core.calendars.text import Refusal, to_text
from core.calendars.why import Why

# Calendars without a zone mean the wall clock of the council.
_LONDON = ZoneInfo("Europe/London")
_AROUND = timedelta(days=1)
MOST_PER_EVENT = 10_000
MOST_IN_ALL = 100_000
_MOST_STEPS = 500_000
# Of work, not of waiting: a busy machine must not change what an import says.
_SECONDS_PER_EVENT = 2.0
_STEP = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
_BUSY_TYPES = {"BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"}

_Moment = date | datetime
_Name = tuple[str, str]
Window = tuple[datetime, datetime]


class TimeIsUp(BaseException):
    """Raised by the alarm. No `Exception`: nothing on the way may take it for a bad event."""


def read_text(raw: bytes, window: Window, *, seconds: float) -> Reading:
    """All occurrences of the file that touch `window`, or the day around it, in time order.

    Only in the main thread of a process, because an alarm keeps the time. Raises: Refusal.
    """
    until = time.process_time() + seconds
    reading = Reading()
    text, is_guessed = to_text(raw)
    if is_guessed:
        reading.warnings.append(Remark(Why.LETTERS_GUESSED))
    seen: dict[_Name, Occurrence] = {}
    alike: Counter[str] = Counter()
    for piece in slices(text):
        for calendar in parts.calendars(piece):
            for group in parts.groups(calendar, reading, alike):
                _read_group(group, window, reading, seen, until=until)
            _keep_newest(seen, list(_free_busy(calendar, window)))
            if len(seen) > MOST_IN_ALL:
                raise Refusal(Why.TOO_MANY, str(MOST_IN_ALL))
    reading.occurrences = sorted(
        seen.values(), key=lambda one: (one.start, one.end, one.uid, one.key)
    )
    return reading


def _read_group(
    group: Group, window: Window, reading: Reading, seen: dict[_Name, Occurrence], *, until: float
) -> None:
    try:
        found = _within(group, window, until=until)
    except EventRefused as refused:
        remark = Remark(refused.code, group.uid, group.summary, refused.detail)
        reading.refused.append(remark)
        return
    _keep_newest(seen, found)
    _remark_lengths(group, found, reading)


def _keep_newest(seen: dict[_Name, Occurrence], found: list[Occurrence]) -> None:
    """One file may hold several calendars, and the same event in two of them."""
    for one in found:
        known = seen.get((one.uid, one.key))
        if known is None or known.sequence < one.sequence:
            seen[one.uid, one.key] = one


def _remark_lengths(group: Group, found: list[Occurrence], reading: Reading) -> None:
    if any(one.start == one.end and one.is_busy and one.is_listed for one in found):
        reading.warnings.append(Remark(Why.NO_LENGTH, group.uid, group.summary))
    if any(_ends_first(event) for event in group.events):
        reading.warnings.append(Remark(Why.ENDS_FIRST, group.uid, group.summary))


def _ends_first(event: Any) -> bool:
    try:
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        return bool(_instant(end) < _instant(start))
    except (KeyError, AttributeError, ValueError, OverflowError):
        return False


def _within(group: Group, window: Window, *, until: float) -> list[Occurrence]:
    if group.is_withdrawn:
        raise EventRefused(Why.WITHDRAWN)
    for event in group.events:
        parts.mend(event)
        parts.check(event)
        _check_steps(event, window)
    left = until - time.process_time()
    if left <= 0:
        raise EventRefused(Why.TIME_UP)
    try:
        with _alarm(min(_SECONDS_PER_EVENT, left)):
            return _expanded(group, window)
    except TimeIsUp as error:
        raise EventRefused(Why.TOO_SLOW) from error
    except EventRefused:
        raise
    except Exception as error:
        # Whatever the library makes of a broken event: it is this event's fault, and no other's.
        told = str(error) if isinstance(error, recurring_ical_events.InvalidCalendar) else ""
        raise EventRefused(Why.BAD_RULE, parts.shortened(told)) from error


def _check_steps(event: Any, window: Window) -> None:
    """Refuse at once what repeats by the second for years; no clock need run out on it."""
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules]:
        every = _STEP.get(str(_first(rule, "FREQ")).upper()) if rule else None
        if every is None:
            continue
        ends = [window[1].timestamp()]
        with contextlib.suppress(AttributeError, TypeError, ValueError, OverflowError):
            ends.append(_instant(_first(rule, "UNTIL")).timestamp())
        try:
            begins = _instant(event["DTSTART"].dt).timestamp()
        except (AttributeError, OverflowError, ValueError) as error:
            raise EventRefused(Why.BAD_TIME, "DTSTART") from error
        steps = (min(ends) - begins) / (every * max(int(_first(rule, "INTERVAL") or 1), 1))
        if min(steps, float(_first(rule, "COUNT") or steps)) > _MOST_STEPS:
            raise EventRefused(Why.TOO_MANY, str(MOST_PER_EVENT))


def _first(rule: Any, name: str) -> Any:
    value = rule.get(name) if rule else None
    return value[0] if isinstance(value, list) and value else value


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_signal: int, _frame: object) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _expanded(group: Group, window: Window) -> list[Occurrence]:
    query = recurring_ical_events.of(group.calendar())
    found: list[Any] = query.between(window[0] - _AROUND, window[1] + _AROUND)
    if len(found) > MOST_PER_EVENT:
        raise EventRefused(Why.TOO_MANY, str(MOST_PER_EVENT))
    repeats = any(
        name in event for event in group.events for name in ("RRULE", "RDATE", "RECURRENCE-ID")
    )
    sequence = _sequence(group)
    used: Counter[str] = Counter()
    occurrences = []
    for component in found:
        key = _instant(component["RECURRENCE-ID"].dt).isoformat() if repeats else ""
        used[key] += 1
        if used[key] > 1:
            # All dates after one that changed "this and what follows" carry its name.
            key = f"{key}/{used[key]}"
        occurrences.append(_occurrence(component, group.uid, key, sequence, window))
    return occurrences


def _sequence(group: Group) -> int:
    """How often the event was changed: the repeated event's own number, where it is there."""
    masters = [event for event in group.events if "RECURRENCE-ID" not in event]
    return max(max(int(event.get("SEQUENCE", 0)), 0) for event in masters or group.events)


def _occurrence(component: Any, uid: str, key: str, sequence: int, window: Window) -> Occurrence:
    start, end = component["DTSTART"].dt, component["DTEND"].dt
    status, transp = parts.said(component, "STATUS"), parts.said(component, "TRANSP")
    starts, ends = _instant(start), _instant(end)
    if ends <= starts and end > start:
        # Wall times around the hour that is left out in spring.
        ends = starts + (end - start)
    return Occurrence(
        uid=uid,
        key=key,
        start=starts,
        end=ends,
        kind=_kind(start),
        summary=parts.said(component, "SUMMARY"),
        status=status,
        transp=transp,
        sequence=sequence,
        is_busy=_is_busy(component, status, transp),
        is_listed=bool(time_span_contains_event(*window, start, end)),
    )


def _is_busy(component: Any, status: str, transp: str) -> bool:
    if status.upper() == "CANCELLED" or transp.upper() == "TRANSPARENT":
        return False
    # Outlook says both; where the standard's word is missing, its own one counts.
    return bool(transp) or parts.said(component, "X-MICROSOFT-CDO-BUSYSTATUS").upper() != "FREE"


def _kind(start: _Moment) -> str:
    if not isinstance(start, datetime):
        return "date"
    return "floating" if start.tzinfo is None else "zoned"


def _instant(moment: _Moment) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - a wall date
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_LONDON)
    return moment.astimezone(UTC)


def _free_busy(calendar: Any, window: Window) -> Iterator[Occurrence]:
    """Busy periods that are published without events. Their UID changes with every copy."""
    since, until = window[0] - _AROUND, window[1] + _AROUND
    for block in calendar.walk("VFREEBUSY"):
        periods = block.get("FREEBUSY", [])
        for period in periods if isinstance(periods, list) else [periods]:
            kind = str(getattr(period, "params", {}).get("FBTYPE", "BUSY")).upper()
            if kind not in _BUSY_TYPES or not hasattr(period, "start"):
                continue
            start, end = _instant(period.start), _instant(period.end)
            if start >= until or end <= since or start >= end:
                continue
            yield Occurrence(
                uid="free-busy",
                key=f"{start.isoformat()}/{end.isoformat()}",
                start=start,
                end=end,
                kind="freebusy",
                summary="",
                status="",
                transp="",
                sequence=0,
                is_busy=True,
                is_listed=start < window[1] and window[0] < end,
            )
