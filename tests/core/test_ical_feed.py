"""Busy feeds: the bytes a calendar program gets, held against libraries that read them."""

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core import ical
from core.ical import BusyRow

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = "https://openhall.example/venues/mill-lane/main-hall/"
SOURCE = "https://openhall.example/feeds/spaces/12/busy.ics"


def row(n: int = 0, **more: object) -> BusyRow:
    facts = {
        "uid": ical.uid_of(uuid.UUID(int=n)),
        "starts_at": NOON + n * HOUR,
        "ends_at": NOON + (n + 1) * HOUR,
        "changed_at": datetime(2026, 11, 20, 10, 15, tzinfo=UTC),
    }
    return BusyRow(**(facts | more))


def feed(*rows: BusyRow, name: str = "Main hall, Mill Lane") -> bytes:
    return ical.feed(name, PAGE, rows, source=SOURCE, window_starts_at=NOON - 90 * 24 * HOUR)


def test_a_feed_says_what_subscribers_need_and_no_method() -> None:
    data = feed(row())
    calendar = Calendar.from_ical(data)
    assert calendar.errors == []
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//Openhall//Openhall 1//EN"
    assert b"\r\nNAME:Main hall Mill Lane\r\nX-WR-CALNAME:Main hall Mill Lane\r\n" in data
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in data
    assert "METHOD" not in calendar
    assert data.count(b"BEGIN:VTIMEZONE") == 1


def test_every_line_ends_and_is_folded_as_the_standard_says() -> None:
    long = row(uid="ü" * 60 + "@openhall.example", summary="Open to all: " + "côr meibion; " * 20)
    data = feed(long, name="Neuadd " * 30)
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["UID"] == long.uid
    assert event["SUMMARY"] == long.summary


def test_an_event_is_what_its_row_says() -> None:
    (event,) = Calendar.from_ical(feed(row(sequence=3))).walk("VEVENT")
    assert event.errors == []
    assert event.start == NOON
    assert event.end == NOON + HOUR
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == row().changed_at
    said = [str(event[key]) for key in ("SUMMARY", "STATUS", "TRANSP", "SEQUENCE")]
    assert said == ["Busy", "CONFIRMED", "OPAQUE", "3"]


def test_a_hold_is_tentative() -> None:
    assert b"\r\nSTATUS:TENTATIVE\r\n" in feed(row(is_tentative=True))


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        # 22:00 to 06:00 on both nights on which the clocks change.
        (datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),
        (datetime(2027, 10, 30, 21, tzinfo=UTC), datetime(2027, 10, 31, 6, tzinfo=UTC)),
        (datetime(2027, 7, 1, 18, tzinfo=UTC), datetime(2027, 7, 1, 20, tzinfo=UTC)),
    ],
)
def test_readers_get_the_instants_of_the_row(starts_at: datetime, ends_at: datetime) -> None:
    calendar = Calendar.from_ical(feed(row(starts_at=starts_at, ends_at=ends_at)))
    around = (starts_at - 48 * HOUR, ends_at + 48 * HOUR)
    (event,) = recurring_ical_events.of(calendar).between(*around)
    assert event.start.astimezone(UTC) == starts_at
    assert event.end.astimezone(UTC) == ends_at


def test_the_hour_that_comes_twice_keeps_its_instants() -> None:
    # Read with icalendar alone: recurring-ical-events forgets which of the two hours it was.
    half_past = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    (event,) = Calendar.from_ical(feed(row(starts_at=half_past, ends_at=half_past + HOUR))).walk(
        "VEVENT"
    )
    assert (event.start, event.end) == (half_past, half_past + HOUR)


def test_an_evening_in_summer_stands_there_in_london_time() -> None:
    summer = datetime(2027, 7, 1, 18, tzinfo=UTC)
    assert b"\r\nDTSTART;TZID=Europe/London:20270701T190000\r\n" in feed(
        row(starts_at=summer, ends_at=summer + HOUR)
    )


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [row(n) for n in range(50)]
    assert feed(*rows) == feed(*rows)
    uids = [event["UID"] for event in Calendar.from_ical(feed(*rows)).walk("VEVENT")]
    assert len(set(uids)) == 50


def test_an_empty_feed_holds_one_event_that_takes_no_time() -> None:
    (event,) = Calendar.from_ical(feed()).walk("VEVENT")
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.start == event.end == NOON - 90 * 24 * HOUR
    assert feed() == feed()


@given(st.text(max_size=200))
def test_no_name_or_title_breaks_out_of_its_line(said: str) -> None:
    data = feed(row(summary=said), name=said)
    calendar = Calendar.from_ical(data)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    assert set(event.keys()) == {
        "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
        "STATUS", "TRANSP",
    }  # fmt: skip
    assert b"\x00" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_an_injected_address_stays_on_its_line() -> None:
    data = ical.feed(
        "Hall",
        "https://x.example/\r\nX-EVIL:1",
        [row()],
        source="https://x.example/\nX-EVIL:1",
        window_starts_at=NOON,
    )
    assert b"\nX-EVIL" not in data


def test_five_thousand_events_are_written_in_less_than_80_ms() -> None:
    rows = [row(n) for n in range(5_000)]
    best = 1.0
    for _ in range(7):
        started = time.process_time()
        feed(*rows)
        best = min(best, time.process_time() - started)
    assert best < 0.080
