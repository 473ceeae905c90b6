"""Calendars that programs ought not to write, and that somebody wrote to do harm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.calendars import read as door
from core.calendars.found import Reading
from core.calendars.read import CalendarRefused, read
from core.intervals import Span

WINDOW = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hall//EN\r\n"
TAIL = "END:VCALENDAR\r\n"
FINE = "DTSTART:20260105T100000Z\r\nDURATION:PT1H\r\nSUMMARY:Fine"


def event(body: str, uid: str = "a") -> str:
    uid_line = f"UID:{uid}\r\n" if uid else ""
    return f"BEGIN:VEVENT\r\n{uid_line}DTSTAMP:20260101T000000Z\r\n{body}\r\nEND:VEVENT\r\n"


def calendar(*events: str, head: str = "") -> bytes:
    return (HEAD + head + "".join(events) + TAIL).encode()


def busy(raw: bytes) -> list[tuple[str, str]]:
    return [
        (one.start.strftime("%m%dT%H%M"), one.end.strftime("%m%dT%H%M"))
        for one in read(raw, WINDOW).occurrences
        if one.is_busy
    ]


def refused(reading: Reading) -> dict[str, str]:
    return {one.uid: one.code for one in reading.refused}


CAFE = calendar(event("DTSTART:20260101T090000Z\r\nDURATION:PT1H\r\nSUMMARY:Café"))
_INSIDE = CAFE.index("é".encode()) + 1


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\xef\xbb\xbf" + CAFE, id="a byte order mark"),
        pytest.param(CAFE.replace(b"\r\n", b"\n"), id="line feeds only"),
        pytest.param(CAFE.replace(b"\r\n", b"\r"), id="carriage returns only"),
        pytest.param(CAFE[:_INSIDE] + b"\r\n " + CAFE[_INSIDE:], id="folded inside a letter"),
        pytest.param(CAFE.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(CAFE.decode().encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(CAFE.decode().encode("cp1252"), id="Windows letters"),
        pytest.param(CAFE.replace(b"Caf", b"C\x00af"), id="a zero byte"),
        pytest.param(CAFE.replace(b"\r\n", b"\r\r\n"), id="carriage returns twice"),
        pytest.param(b"\r\n\r\n" + CAFE + b"\x1a", id="blank lines and an end mark"),
    ],
)
def test_letters_and_line_ends_of_any_kind_are_read(raw: bytes) -> None:
    (one,) = read(raw, WINDOW).occurrences
    assert (one.summary, one.start.hour) == ("Café", 9)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"<!doctype html>\n<p>Sign in", "web_page"),
        (b"Name,Start\nYoga,10am\n", "no_calendar"),
        (b"/etc/passwd", "no_calendar"),
        (CAFE[: -len(TAIL)], "no_calendar"),
        (calendar(event(FINE), head="CALSCALE:HEBREW\r\n"), "calendar_scale"),
        (b"BEGIN:VEVENT\r\n" * 100_000, "unreadable"),
        (b"x" * (door.LARGEST + 1), "too_large"),
    ],
)
def test_what_is_no_calendar_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(CalendarRefused) as error:
        read(raw, WINDOW)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    "body",
    [
        "DTSTART:20100101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY",
        "DTSTART:20260101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=MINUTELY",
        "DTSTART:20260101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;INTERVAL=0",
        "DTSTART:20260101T000000Z\r\nDURATION:PT1M\r\n"
        "RRULE:FREQ=SECONDLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30",
        "DTSTART:99991231T230000Z\r\nDURATION:P30D\r\nRRULE:FREQ=DAILY",
        "DTSTART:20260101T000000Z\r\nDTSTART:20260102T000000Z\r\nDURATION:PT1H",
        "DTSTART:20261345T000000Z\r\nDURATION:PT1H",
        "DTSTART:20260101T000000Z\r\nDTEND:later",
        "DTSTART:20260101T000000Z\r\nRRULE:FREQ=OFTEN",
        "SUMMARY:When?",
    ],
)
def test_an_event_that_cannot_be_worked_out_is_named_and_the_rest_is_read(body: str) -> None:
    reading = read(calendar(event(body, "bad"), event(FINE, "fine")), WINDOW)
    assert set(refused(reading)) == {"bad"}
    assert [one.uid for one in reading.occurrences] == ["fine"]
    assert reading.events == 2


def test_a_rule_by_the_minute_that_ends_is_read() -> None:
    body = "DTSTART:20260101T000000Z\r\nDURATION:PT5M\r\nRRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=3"
    assert busy(calendar(event(body))) == [
        ("0101T0000", "0101T0005"),
        ("0101T0015", "0101T0020"),
        ("0101T0030", "0101T0035"),
    ]


@pytest.mark.parametrize(
    ("body", "want"),
    [
        # Excluded in UTC although the event is in London time.
        (
            "DTSTART;TZID=Europe/London:20260601T100000\r\nDURATION:PT1H\r\n"
            "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20260602T090000Z",
            [("0601T0900", "0601T1000"), ("0603T0900", "0603T1000")],
        ),
        ("DTSTART:20260601T100000\r\nDTEND:20260601T110000", [("0601T0900", "0601T1000")]),
        ("DTSTART;VALUE=DATE:20260601", [("0531T2300", "0601T2300")]),
        (
            'DTSTART;TZID="W. Europe Standard Time":20260601T100000\r\nDURATION:PT1H',
            [("0601T0800", "0601T0900")],
        ),
        (
            "DTSTART;TZID=GMT Standard Time:20260601T100000\r\nDURATION:PT1H",
            [("0601T0900", "0601T1000")],
        ),
        (
            "DTSTART:20260601T100000Z\r\nDURATION:PT1H\r\n"
            "RDATE;VALUE=PERIOD:20260603T100000Z/PT3H",
            [("0601T1000", "0601T1100"), ("0603T1000", "0603T1300")],
        ),
        (
            "DTSTART:20260130T100000Z\r\nDURATION:PT1H\r\n"
            "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20260301T000000Z",
            [("0130T1000", "0130T1100"), ("0227T1000", "0227T1100")],
        ),
        ("DTSTART:20260601T110000Z\r\nDTEND:20260601T100000Z", [("0601T1000", "0601T1100")]),
        ("DTSTART:20260601T110000Z", [("0601T1100", "0601T1100")]),
        ("DTSTART:20260601T110000Z\r\nDURATION:PT1H\r\nSTATUS:CANCELLED", []),
        ("DTSTART:20260601T110000Z\r\nDURATION:PT1H\r\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20260601T110000Z\r\nDURATION:PT1H\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        # Clocks: 7pm stays 7pm.
        (
            "DTSTART;TZID=Europe/London:20261024T190000\r\nDURATION:PT1H\r\n"
            "RRULE:FREQ=DAILY;COUNT=2",
            [("1024T1800", "1024T1900"), ("1025T1900", "1025T2000")],
        ),
    ],
)  # fmt: skip
def test_an_event_is_busy_when_people_meant_it(body: str, want: list[tuple[str, str]]) -> None:
    assert busy(calendar(event(body))) == want


def test_a_changed_date_may_come_before_its_series_and_a_cancelled_one_blocks_nothing() -> None:
    changed = "RECURRENCE-ID:20260602T100000Z\r\nDTSTART:20260602T150000Z\r\nDURATION:PT1H"
    off = "RECURRENCE-ID:20260603T100000Z\r\nDTSTART:20260603T100000Z\r\nSTATUS:CANCELLED"
    series = "DTSTART:20260601T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3"
    raw = calendar(event(changed), event(off), event(series))
    assert busy(raw) == [("0601T1000", "0601T1100"), ("0602T1500", "0602T1600")]
    keys = [one.key for one in read(raw, WINDOW).occurrences]
    assert len(set(keys)) == 3


def test_a_zone_of_one_file_means_nothing_in_the_next() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Our Zone\r\nBEGIN:STANDARD\r\nDTSTART:20000101T000000\r\n"
        "TZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    body = "DTSTART;TZID=Our Zone:20260105T100000\r\nDURATION:PT1H"
    assert busy(calendar(event(body), head=zone)) == [("0105T0500", "0105T0600")]
    assert busy(calendar(event(body))) == [("0105T1000", "0105T1100")]


def test_published_busy_periods_count_and_free_ones_do_not() -> None:
    block = (
        "BEGIN:VFREEBUSY\r\nDTSTAMP:20260101T000000Z\r\n"
        "FREEBUSY:20260105T100000Z/PT1H,20260106T100000Z/20260106T120000Z\r\n"
        "FREEBUSY;FBTYPE=FREE:20260107T100000Z/PT1H\r\nEND:VFREEBUSY\r\n"
    )
    assert busy(calendar(block)) == [("0105T1000", "0105T1100"), ("0106T1000", "0106T1200")]


def test_events_without_a_uid_keep_the_name_they_are_given() -> None:
    raw = calendar(event(FINE, ""), event(FINE, ""))
    first, again = (
        [one.uid for one in read(raw, WINDOW).occurrences],
        [one.uid for one in read(raw, WINDOW).occurrences],
    )
    assert first == again
    assert len(set(first)) == 2


def test_a_calendar_of_a_megabyte_with_broken_lines_is_read() -> None:
    junk = "DESCRIPTION:one\r\nthe rest of it, with no colon\r\nX-ODD;;=:::\r\n\r\nNOTE"
    events = [
        event(f"DTSTART:2026{1 + n % 12:02}{1 + n % 28:02}T{n % 24:02}0000Z\r\nDURATION:PT1H"
              f"\r\nSUMMARY:Class {n}\r\n{junk}", f"e{n}")
        for n in range(5200)
    ]  # fmt: skip
    raw = calendar(*events)
    assert len(raw) > 1_000_000
    reading = read(raw, WINDOW)
    assert (len(reading.occurrences), len(reading.refused)) == (5200, 0)
    assert {one.code for one in reading.warnings} == {"broken_lines"}


def test_the_process_that_reads_has_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENHALL_SECRET_KEY", "not for a stranger's calendar")
    monkeypatch.setattr(
        door, "_RUN", "import os, json; print(json.dumps({{'refusal': {{'code': 'bad_line',"
        " 'detail': ' '.join(sorted(os.environ))}}}})) #{!r}"
    )  # fmt: skip
    with pytest.raises(CalendarRefused) as error:
        read(CAFE, WINDOW)
    assert "LANG" in str(error.value.message)
    assert "OPENHALL" not in str(error.value.message)
