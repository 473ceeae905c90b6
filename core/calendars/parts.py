"""The calendars of a text, taken apart into events that belong together, and repaired."""

from __future__ import annotations

import hashlib
import re
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar
from icalendar.prop import vBroken
from icalendar.timezone import tzp

from core.calendars.found import Reading, Remark
from core.calendars.text import Refusal
from core.calendars.why import Why

# The library's own types name every value that a property might have; we look at each.
_Part = Any
_TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_ZONED = ("DTSTART", "DTEND")
_UNREAD = re.compile(r"could not be parsed into parts: '(.*)': ", re.DOTALL)
_STEPS = re.compile(r"^(BEGIN|END):", re.MULTILINE | re.IGNORECASE)
_DEEPEST = 50
_SHOWN = 100
_LONGEST_UID = 255
_X_ZONE = "X-WR-TIMEZONE"


class EventRefused(Exception):
    """One event, with all its dates, is of no use."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(code, detail)


@dataclass(frozen=True, slots=True)
class Group:
    """A repeated event with its changed dates, or a single event: all that share a UID."""

    uid: str
    summary: str
    events: list[_Part]
    head: dict[str, Any]
    method: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the file calls it off as a whole, without saying so at every event."""
        off = (said(event, "STATUS").upper() == "CANCELLED" for event in self.events)
        return self.method == "CANCEL" and not all(off)

    def calendar(self) -> Calendar:
        """A calendar of these events alone, so that one bad event spoils no other."""
        alone = Calendar()
        alone.update(self.head)
        for event in self.events:
            alone.add_component(event)
        return alone


def calendars(text: str) -> list[_Part]:
    """Every calendar in the text; events outside any are put in one of their own.

    Raises: Refusal.
    """
    _check_depth(text)
    try:
        roots = Calendar.from_ical(text, multiple=True)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        said = _UNREAD.search(str(error))
        if said:
            raise Refusal(Why.BAD_LINE, shortened(said[1])) from error
        raise Refusal(Why.UNREADABLE, shortened(str(error))) from error
    except RecursionError as error:
        raise Refusal(Why.UNREADABLE) from error
    found = [root for root in roots if root.name == "VCALENDAR"]
    bare = [root for root in roots if root.name != "VCALENDAR"]
    if bare:
        around = Calendar()
        for part in bare:
            around.add_component(part)
        found.append(around)
    if not found:
        raise Refusal(Why.NO_CALENDAR)
    return found


def _check_depth(text: str) -> None:
    """A calendar is three deep; the library takes minutes over one that is made to be deep."""
    depth = 0
    for step in _STEPS.finditer(text):
        depth += 1 if step[1].upper() == "BEGIN" else -1
        if depth > _DEEPEST:
            raise Refusal(Why.UNREADABLE)


def groups(calendar: _Part, reading: Reading, alike: Counter[str]) -> Iterator[Group]:
    """The events of one calendar by UID, in the order in which they first appear.

    `alike` counts events without a UID by what they say, over all slices of the calendar.
    """
    head = _head(calendar, reading)
    method = said(calendar, "METHOD").upper()
    by_uid: dict[str, list[_Part]] = {}
    for event in calendar.walk("VEVENT"):
        uid = _uid(event, alike)
        event["UID"] = uid
        by_uid.setdefault(uid, []).append(event)
        reading.events += 1
    for uid, events in by_uid.items():
        group = Group(uid, said(events[0], "SUMMARY"), events, head, method)
        _look(group, reading)
        yield group


def said(component: _Part, name: str) -> str:
    """A property as one short line of text, whatever is wrong with it."""
    value = component.get(name, "")
    value = value[0] if isinstance(value, list) and value else value
    return shortened(str(value), 200)


def shortened(words: str, most: int = _SHOWN) -> str:
    """One line of at most `most` letters."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def mend(event: _Part) -> None:
    """Put right what can only be meant in one way."""
    for name in ("EXDATE", "RDATE"):
        value = event.get(name)
        if isinstance(value, vBroken) and not str(value).strip():
            # No date at all: some programs write the name of what they have none of.
            del event[name]
    dateless = "DTSTART" not in event and "RECURRENCE-ID" in event
    if dateless and said(event, "STATUS").upper() == "CANCELLED":
        # To call one date off, its name is enough (RFC 5546, 3.2.5).
        event["DTSTART"] = event["RECURRENCE-ID"]


def check(event: _Part) -> None:
    """Raises: EventRefused where a time cannot be read: the event may be at any time then."""
    for name in _TIMES:
        value = event.get(name)
        if isinstance(value, list) and name in _ONCE:
            raise EventRefused(Why.BAD_TIME, f"{name}, {name}")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, vBroken):
                raise EventRefused(Why.BAD_TIME, f"{name}: {shortened(str(one)) or '-'}")
    if "DTSTART" not in event:
        detail = next((str(why) for name, why in event.errors if name is None), "")
        raise EventRefused(Why.NO_START, shortened(detail))


def _head(calendar: _Part, reading: Reading) -> dict[str, Any]:
    """What of the calendar bears on its events' times."""
    scale = said(calendar, "CALSCALE") or "GREGORIAN"
    if scale.upper() != "GREGORIAN":
        raise Refusal(Why.CALENDAR_SCALE, shortened(scale))
    named = said(calendar, _X_ZONE)
    if not named:
        return {}
    zone = tzp.timezone(named)
    if isinstance(zone, zoneinfo.ZoneInfo) and zone.key:
        return {_X_ZONE: zone.key}
    reading.warnings.append(Remark(Why.UNKNOWN_ZONE, detail=shortened(named)))
    return {}


def _uid(event: _Part, alike: Counter[str]) -> str:
    """Its UID; without one, a name made of what it says, so that it is found again."""
    uid = event.get("UID", "")
    uid = str(uid[0] if isinstance(uid, list) and uid else uid).strip()
    if not uid:
        digest = hashlib.sha256(event.to_ical()).hexdigest()[:40]
        alike[digest] += 1
        return f"no-uid-{digest}-{alike[digest]}"
    if len(uid) > _LONGEST_UID:
        return f"long-uid-{hashlib.sha256(uid.encode()).hexdigest()}"
    return uid


def _look(group: Group, reading: Reading) -> None:
    """Warn of what was read in a way that somebody may not expect."""

    def warn(code: str, detail: str = "") -> None:
        reading.warnings.append(Remark(code, group.uid, group.summary, detail))

    if group.uid.startswith("no-uid-"):
        warn(Why.NO_UID)
    if sum("RECURRENCE-ID" not in event for event in group.events) > 1:
        warn(Why.SAME_UID)
    for event in group.events:
        _mend_sequence(event)
        for zone in sorted(_unknown_zones(event)):
            warn(Why.UNKNOWN_ZONE, zone)
        for code in _oddities(event):
            warn(code)


def _mend_sequence(event: _Part) -> None:
    if not isinstance(event.get("SEQUENCE", 0), int):
        del event["SEQUENCE"]


def _oddities(event: _Part) -> Iterator[Why]:
    if any(name is None for name, _why in event.errors):
        yield Why.BROKEN_LINES
    if "EXRULE" in event:
        yield Why.EXCEPT_RULE
    if _ends_on_a_day(event):
        yield Why.UNTIL_DAY


def _ends_on_a_day(event: _Part) -> bool:
    """Whether a repeated event at a time of day ends on a day: RFC 5545 wants a time there too."""
    rules, start = event.get("RRULE"), event.get("DTSTART")
    if not rules or isinstance(start, (list, vBroken)):
        return False
    if not hasattr(getattr(start, "dt", None), "hour"):
        return False
    ends = [
        one
        for rule in (rules if isinstance(rules, list) else [rules])
        if not isinstance(rule, vBroken)
        for one in rule.get("UNTIL", [])
    ]
    return any(hasattr(one, "day") and not hasattr(one, "hour") for one in ends)


def _unknown_zones(event: _Part) -> set[str]:
    """Zones that neither the file nor anybody knows: the library reads such times as local."""
    found = set()
    for name in _ZONED:
        value = event.get(name)
        moment: Any = getattr(value, "dt", None) if not isinstance(value, (list, vBroken)) else None
        if getattr(moment, "hour", None) is not None and moment.tzinfo is None:
            zone = value.params.get("TZID")
            if zone:
                found.add(shortened(str(zone)))
    return found
