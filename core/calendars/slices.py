"""A long calendar in slices, so that its size costs time and not memory."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Shorter ones are read whole.
_LONG = 1_000_000
_EVENTS_AT_ONCE = 2_000
_STEP = re.compile(r"^(BEGIN|END):[ \t]*([A-Z-]+)[ \t]*\r?$\n?", re.MULTILINE | re.IGNORECASE)
_UID = re.compile(r"^UID(?:;[^:\r\n]*)?:[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)


@dataclass(slots=True)
class _Parts:
    """The calendar's own lines, its zones, what else it has, and its events."""

    head: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def calendar(self, events: list[str]) -> str:
        """A calendar with some of the events; what is neither zone nor event only once."""
        others, self.others = self.others, []
        return "".join((*self.head, *self.shared, *others, *events, "END:VCALENDAR\r\n"))

    def take(self, name: str, part: str) -> None:
        known = {"VEVENT": self.events, "VTIMEZONE": self.shared}
        known.get(name, self.others).append(part)


def slices(text: str) -> Iterator[str]:
    """The calendar again and again, each time with some of its events; a short one as it is.

    Events of one UID stay together. `text` has no folded lines. What is not one well-formed
    calendar is left in one piece, for the reader to say what is wrong with it.
    """
    parts = _parts(text) if len(text) > _LONG else None
    if parts is None:
        yield text
        return
    by_uid: dict[str, list[str]] = {}
    for event in parts.events:
        by_uid.setdefault(_uid(event), []).append(event)
    waiting: list[str] = []
    for together in by_uid.values():
        waiting.extend(together)
        if len(waiting) >= _EVENTS_AT_ONCE:
            yield parts.calendar(waiting)
            waiting = []
    if waiting or parts.others:
        yield parts.calendar(waiting)


def _parts(text: str) -> _Parts | None:
    """The text taken apart; None where it is not one calendar with whole parts."""
    found = _Parts()
    open_names: list[str] = []
    at = begun = 0
    for step in _STEP.finditer(text):
        name, begins = step[2].upper(), step[1].upper() == "BEGIN"
        if not _fits(name, open_names, begins=begins, is_first=at == 0):
            return None
        if begins:
            open_names.append(name)
        # One open: between the parts of the calendar. Two: at the edge of one of its parts.
        depth = len(open_names)
        if begins and depth == 2:
            found.head.append(text[at : step.start()])
            begun = step.start()
        elif not begins and depth == 2:
            found.take(name, text[begun : step.end()])
            at = step.end()
        elif depth == 1:
            found.head.append(text[at : step.end() if begins else step.start()])
            at = step.end()
        if not begins:
            open_names.pop()
    return None if open_names or text[at:].strip() else found


def _fits(name: str, open_names: list[str], *, begins: bool, is_first: bool) -> bool:
    if not begins:
        return bool(open_names) and open_names[-1] == name
    if open_names:
        return name != "VCALENDAR"
    return name == "VCALENDAR" and is_first


def _uid(event: str) -> str:
    found = _UID.search(event)
    if found and found[1]:
        return found[1]
    return f"\r{hashlib.sha256(event.encode('utf-8', 'replace')).hexdigest()}"
