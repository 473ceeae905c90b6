"""Invitations: the calendar that goes with a mail."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from core import ical
from core.ical import Invited, Method, Party
from core.intervals import Span

SIX = datetime(2027, 7, 1, 17, tzinfo=UTC)
VENUE = Party(email="hall@example.org", name="Mill Lane Centre; the hall")
HIRER = Party(email="ann@example.org", name='Ann "Annie" Other, treasurer')


def date(**more: object) -> Invited:
    facts: dict = {
        "uid": ical.uid_of(uuid.UUID(int=1)),
        "sequence": 2,
        "span": Span(SIX, SIX + timedelta(hours=2)),
        "summary": "Choir, first half",
        "stamp": datetime(2026, 11, 20, 10, 15, tzinfo=UTC),
        "location": "Main hall, 1 Mill Lane",
        "description": "Reference OH-7K3P\nBring chairs; stack them",
        "url": "https://openhall.example/bookings/OH-7K3P",
    }
    return Invited(**(facts | more))


def test_an_invitation_names_time_place_and_people() -> None:
    data = ical.invitation([date()], method=Method.REQUEST, organizer=VENUE, attendee=HIRER)
    calendar = Calendar.from_ical(data)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    assert event.errors == []
    assert event.start == SIX
    assert b"DTSTART;TZID=Europe/London:20270701T180000\r\n" in data
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    assert (event["UID"], event["SEQUENCE"]) == (date().uid, 2)
    assert event["SUMMARY"] == "Choir, first half"
    assert event["DESCRIPTION"] == date().description
    assert event["ORGANIZER"] == "mailto:hall@example.org"
    assert event["ATTENDEE"] == "mailto:ann@example.org"
    assert event["ATTENDEE"].params["CN"] == "Ann 'Annie' Other, treasurer"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_a_cancellation_frees_the_time_under_the_same_uid() -> None:
    data = ical.invitation(
        [date(sequence=3, is_cancelled=True)], method=Method.CANCEL, organizer=VENUE, attendee=HIRER
    )
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (date().uid, 3, "CANCELLED")


def test_a_series_has_one_event_for_each_date() -> None:
    dates = [
        date(
            uid=ical.uid_of(uuid.UUID(int=n)),
            span=Span(SIX + timedelta(weeks=n), SIX + timedelta(weeks=n, hours=2)),
        )
        for n in range(10)
    ]
    data = ical.invitation(dates, method=Method.REQUEST, organizer=VENUE, attendee=HIRER)
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [event.start for event in events] == [one.span.start for one in dates]
    assert len({event["UID"] for event in events}) == 10


def test_the_hour_that_comes_twice_keeps_its_instant() -> None:
    second = Span(datetime(2027, 10, 31, 1, 30, tzinfo=UTC), datetime(2027, 10, 31, 3, tzinfo=UTC))
    data = ical.invitation(
        [date(span=second)], method=Method.REQUEST, organizer=VENUE, attendee=HIRER
    )
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert (event.start, event.end) == (second.start, second.end)


@pytest.mark.parametrize("evil", ["\r\nATTENDEE:mailto:x@y.z", "\nBEGIN:VALARM", "\x00;,\\"])
def test_facts_cannot_add_lines(evil: str) -> None:
    data = ical.invitation(
        [date(summary=evil, location=evil, description=evil, url=f"https://x/{evil}", uid=evil)],
        method=Method.REQUEST,
        organizer=Party(email=f"a@b.c{evil}", name=evil),
        attendee=Party(email=f"a@b.c{evil}", name=evil),
    )
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert not isinstance(event["ATTENDEE"], list)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    assert event.subcomponents == []
    assert b"\x00" not in data


@given(st.text(max_size=120))
def test_any_words_can_be_read_back(said: str) -> None:
    data = ical.invitation(
        [date(summary=said, description=said)],
        method=Method.REQUEST,
        organizer=Party(email="a@b.c", name=said),
        attendee=HIRER,
    )
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event.errors == []
    assert event["ATTENDEE"] == "mailto:ann@example.org"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
