"""iCalendar bytes: busy feeds that anybody subscribes to, and invitations that go with mails.

Invitations are made by the icalendar library. Feeds of thousands of events are written line by
line, because it takes 25 times as long; the tests hold every line against it. RFC 5545, 5546
and 7986; what real calendar programs make of them decided the rest.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from icalendar import Calendar, Event, vCalAddress, vText

from core.clock import LONDON
from core.intervals import Span

PRODID = "-//Openhall//Openhall 1//EN"
# Raise it when the bytes change for the same rows: validators of feeds are made from it.
RENDERER = 2
_OCTETS = 75
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ANY_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f,;\\]+")

_TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


class BusyRow(NamedTuple):
    """One event of a busy feed. `uid` is complete (`uid_of`) and the same for its whole life."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    is_tentative: bool = False
    summary: str = "Busy"


class Method(StrEnum):
    """What a mail's calendar asks of the reader's program (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody named in an invitation."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One date of an invitation. `stamp` is when the date last changed."""

    uid: str
    sequence: int
    span: Span
    summary: str
    stamp: datetime
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False


def uid_of(row_uid: uuid.UUID | str) -> str:
    """The calendar UID for the UID of a row: the same in feeds and mails, for life.

    It names no host (RFC 7986 section 5.3), so that it outlives a change of address.
    """
    return f"{row_uid}@openhall"


def feed(
    name: str, url: str, rows: Iterable[BusyRow], *, source: str, window_starts_at: datetime
) -> bytes:
    """A busy calendar of `rows`; the same rows give the same bytes.

    `url` is the page for people, `source` this feed's own address. A feed without rows holds
    one transparent event at `window_starts_at`: some programs take an empty one for broken.
    """
    title = " ".join(_NOT_IN_NAMES.sub(" ", name).split())
    events = [_event(row) for row in rows] or [_marker(source, window_starts_at)]
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        "X-WR-TIMEZONE:Europe/London",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        f"URL:{_uri(url)}",
        f"SOURCE;VALUE=URI:{_uri(source)}",
    ]
    lines = "".join(fold(line) for line in head)
    return f"{lines}{_TIMEZONE}{''.join(events)}END:VCALENDAR\r\n".encode()


def invitation(
    dates: Sequence[Invited], *, method: Method, organizer: Party, attendee: Party
) -> bytes:
    """The calendar that goes with a mail: one event for each date, in London time."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    for date in dates:
        calendar.add_component(_invited(date, organizer=organizer, attendee=attendee))
    written = bytes(calendar.to_ical())
    return written.replace(b"BEGIN:VEVENT", _TIMEZONE.encode() + b"BEGIN:VEVENT", 1)


def text(value: str) -> str:
    """`value` as a TEXT property: escaped, on one line, without control characters."""
    plain = _UNSEEN.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def fold(line: str) -> str:
    """`line` with its line end, broken at 75 octets but never inside a character."""
    octets = line.encode()
    if len(octets) <= _OCTETS:
        return f"{line}\r\n"
    pieces = []
    begin, room = 0, _OCTETS
    while len(octets) - begin > room:
        end = begin + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[begin:end].decode())
        begin, room = end, _OCTETS - 1
    pieces.append(octets[begin:].decode())
    return "\r\n ".join(pieces) + "\r\n"


def _event(row: BusyRow) -> str:
    start, end = _times(row.starts_at, row.ends_at)
    changed = _utc(row.changed_at)
    uid, summary = f"UID:{row.uid}", f"SUMMARY:{row.summary}"
    if row.summary != "Busy":
        summary = fold(f"SUMMARY:{text(row.summary)}")[:-2]
    if len(uid) > _OCTETS or not uid.isascii():
        uid = fold(uid)[:-2]
    return (
        f"BEGIN:VEVENT\r\n{uid}\r\nDTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\n"
        f"SEQUENCE:{row.sequence}\r\nDTSTART{start}\r\nDTEND{end}\r\n"
        f"{summary}\r\nSTATUS:{'TENTATIVE' if row.is_tentative else 'CONFIRMED'}\r\n"
        "TRANSP:OPAQUE\r\nEND:VEVENT\r\n"
    )


def _marker(source: str, at: datetime) -> str:
    uid = uid_of(uuid.uuid5(uuid.NAMESPACE_URL, source))
    stamp = _utc(at)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{stamp}",
        f"DTEND:{stamp}",
        "SUMMARY:Nothing booked",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    return "".join(fold(line) for line in lines)


def _times(starts_at: datetime, ends_at: datetime) -> tuple[str, str]:
    start, end = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    # A wall time that happens twice means the first; the second can only be said in UTC.
    if start.fold or end.fold:
        return f":{_utc(starts_at)}", f":{_utc(ends_at)}"
    return f";TZID=Europe/London:{_digits(start)}", f";TZID=Europe/London:{_digits(end)}"


def _utc(instant: datetime) -> str:
    return f"{_digits(instant.astimezone(UTC))}Z"


def _digits(moment: datetime) -> str:
    # Twice as fast as any other way, and a feed of thousands does little else.
    fields = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return "%04d%02d%02dT%02d%02d%02d" % fields  # noqa: UP031


def _uri(value: str) -> str:
    return _ANY_CONTROL.sub("", value)


def _invited(date: Invited, *, organizer: Party, attendee: Party) -> Event:
    event = Event()
    event.add("uid", _ANY_CONTROL.sub("", date.uid))
    event.add("dtstamp", date.stamp.astimezone(UTC))
    event.add("sequence", date.sequence)
    start, end = _said(date.span)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _line(date.summary))
    event.add("status", "CANCELLED" if date.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if date.is_cancelled else "OPAQUE")
    if date.location:
        event.add("location", _line(date.location))
    if date.description:
        event.add("description", _UNSEEN.sub("", date.description))
    if date.url:
        event.add("url", _uri(date.url))
    event.add("organizer", _address(organizer))
    guest = _address(attendee)
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    # They booked it themselves: their program need not ask whether they come.
    guest.params["PARTSTAT"] = vText("ACCEPTED")
    guest.params["RSVP"] = vText("FALSE")
    event.add("attendee", guest, encode=False)
    return event


def _said(span: Span) -> tuple[datetime, datetime]:
    start, end = span.start.astimezone(LONDON), span.end.astimezone(LONDON)
    if start.fold or end.fold:
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{_ANY_CONTROL.sub('', party.email)}")
    if party.name:
        address.params["CN"] = vText(_line(party.name).replace('"', "'"))
    return address


def _line(value: str) -> str:
    return _ANY_CONTROL.sub(" ", value).strip()
