"""Calendars written out for tests."""

from __future__ import annotations


def event(uid: str, start: str, end: str, *more: str) -> str:
    lines = [f"UID:{uid}", f"DTSTART:{start}", f"DTEND:{end}", f"SUMMARY:{uid} class", *more]
    return "\r\n".join(["BEGIN:VEVENT", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hall//EN"]
    return ("\r\n".join([*head, *events, "END:VCALENDAR"]) + "\r\n").encode()


YOGA = event("yoga", "20270105T180000Z", "20270105T190000Z")
CHOIR = event("choir", "20270106T180000Z", "20270106T200000Z")
