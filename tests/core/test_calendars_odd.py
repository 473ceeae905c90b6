"""Calendars that say things in old or careless ways; long ones; nights when clocks change."""

from __future__ import annotations

import pytest

from core.calendars import slices
from core.calendars.read import read
from tests.core.test_calendars_nasty import WINDOW, busy, calendar, event, refused

WEEKLY = "DTSTART;TZID=Europe/London:20260601T190000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2"


def warned(raw: bytes) -> set[str]:
    return {one.code for one in read(raw, WINDOW).warnings}


@pytest.mark.parametrize("name", ["EXDATE", "RDATE"])
def test_a_list_of_dates_without_a_date_spoils_no_event(name: str) -> None:
    raw = calendar(event(f"{WEEKLY}\r\n{name}:"))
    assert busy(raw) == [("0601T1800", "0601T1900"), ("0608T1800", "0608T1900")]


def test_one_date_is_called_off_by_its_name_alone() -> None:
    off = "RECURRENCE-ID;TZID=Europe/London:20260608T190000\r\nSTATUS:CANCELLED"
    assert busy(calendar(event(WEEKLY), event(off))) == [("0601T1800", "0601T1900")]


def test_a_file_that_calls_events_off_takes_no_time_and_says_so() -> None:
    body = "DTSTART:20260601T100000Z\r\nDURATION:PT1H"
    raw = calendar(event(body), head="METHOD:CANCEL\r\n")
    assert busy(raw) == []
    assert refused(read(raw, WINDOW)) == {"a": "withdrawn"}
    said_twice = calendar(event(f"{body}\r\nSTATUS:CANCELLED"), head="METHOD:CANCEL\r\n")
    assert (busy(said_twice), refused(read(said_twice, WINDOW))) == ([], {})


@pytest.mark.parametrize("how", ["DURATION:PT1H", "DTEND;TZID=Europe/London:20260329T023000"])
def test_an_hour_that_the_clocks_leave_out_is_busy_all_the_same(how: str) -> None:
    raw = calendar(event(f"DTSTART;TZID=Europe/London:20260329T013000\r\n{how}"))
    assert busy(raw) == [("0329T0130", "0329T0230")]


def test_a_rule_that_leaves_dates_out_is_named_and_they_stay_busy() -> None:
    raw = calendar(event(f"{WEEKLY}\r\nEXRULE:FREQ=WEEKLY;COUNT=1"))
    assert len(busy(raw)) == 2
    assert warned(raw) == {"except_rule"}


def test_a_last_day_without_a_time_is_pointed_out() -> None:
    rule = WEEKLY.replace("COUNT=2", "UNTIL=20260608")
    assert warned(calendar(event(rule))) == {"until_day"}
    assert warned(calendar(event(rule.replace("20260608", "20260608T180000Z")))) == set()


def test_a_long_calendar_is_read_in_slices_as_if_it_were_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Our Zone\r\nBEGIN:STANDARD\r\nDTSTART:20000101T000000\r\n"
        "TZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    changed = "RECURRENCE-ID:20260602T100000Z\r\nDTSTART:20260602T150000Z\r\nDURATION:PT1H"
    series = "DTSTART:20260601T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2"
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM"
    local = f"DTSTART;TZID=Our Zone:20260105T100000\r\nDURATION:PT1H\r\n{alarm}"
    same = event("DTSTART:20260701T100000Z\r\nDURATION:PT1H", "")
    text = calendar(
        event(changed, "s"), event(local, "l"), same, event(series, "s"), same, head=zone
    ).decode()
    monkeypatch.setattr(slices, "_LONG", 10)
    monkeypatch.setattr(slices, "_EVENTS_AT_ONCE", 1)

    pieces = list(slices.slices(text))

    assert [piece.count("BEGIN:VEVENT") for piece in pieces] == [2, 1, 2]
    assert all(piece.count("BEGIN:VTIMEZONE") == 1 for piece in pieces)
    whole = list(busy(text.encode()))
    apart = sorted(one for piece in pieces for one in busy(piece.encode()))
    assert apart == sorted(whole)
    assert len(apart) == 5


@pytest.mark.parametrize(
    "text",
    [
        calendar(event(WEEKLY)).decode() * 2,
        calendar(event(WEEKLY)).decode()[:-40],
        event(WEEKLY),
        calendar(event(WEEKLY).replace("END:VEVENT\r\n", "")).decode(),
    ],
)
def test_what_is_not_one_whole_calendar_is_left_in_one_piece(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "_LONG", 10)
    assert list(slices.slices(text)) == [text]


def test_a_calendar_over_the_limit_of_a_slice_gives_all_its_events() -> None:
    body = "DTSTART:20260105T100000Z\r\nDURATION:PT1H\r\nDESCRIPTION:" + "long " * 60
    reading = read(calendar(*(event(body, f"e{n}") for n in range(3000))), WINDOW)
    assert (reading.events, len(reading.occurrences)) == (3000, 3000)
