"""A quiet rule on one room: who is refused next door, who is not, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from bookings.errors import BookingRefused
from bookings.models import Booking
from bookings.requests import OnClash
from bookings.services import preview_booking
from core.week import State
from spaces import availability
from spaces.models import Activity, Space, TimeRule
from spaces.models.timetable import Loudness
from spaces.services.quiet import QuietRule, keep_quiet
from spaces.timetable import Frequency, Pattern
from tests.api.asking import post, wish
from tests.factories import SpaceFactory, UserFactory, VenueFactory, open_always
from tests.factories.bookings import NOW, asked, book, evening, weekly

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

DAY = date(2027, 1, 12)
TUESDAYS = Pattern(date(2026, 12, 29), time(19), time(20), Frequency.WEEKLY)
DRUMS: dict[str, Any] = {"title": "Drum class", "loudness": Loudness.AMPLIFIED}
KNITTING: dict[str, Any] = {"title": "Knitting group", "activity": Activity.CRAFT}
TOLD = "Chapel, which is next door, has a quiet time 7pm to 8pm (Evening prayer)"


@pytest.fixture
def studio() -> Space:
    """Next door to a chapel that is kept for prayer on Tuesday evenings."""
    venue = VenueFactory(booking_window_days=120)
    chapel = SpaceFactory(venue=venue, name="Chapel")
    room = SpaceFactory(venue=venue, name="Studio")
    rule = QuietRule(TUESDAYS, Loudness.SILENT, why=TimeRule.Why.PRAYER, promise="Evening prayer.")
    keep_quiet(venue, [chapel], rule, heard_in=[room], actor=None, now=NOW)
    return room


def chapel_of(studio: Space) -> Space:
    return Space.objects.get(venue=studio.venue, name="Chapel")


def refusal(*spaces: Space, **fields: Any) -> str:
    with pytest.raises(BookingRefused) as refused:
        book(*spaces, **fields)
    return " ".join(breach.message for breach in refused.value.breaches)


def test_a_drum_class_next_door_is_refused_and_told_why(studio: Space) -> None:
    told = refusal(studio, **DRUMS)
    assert TOLD in told
    assert "Talking" in told


def test_a_knitting_group_next_door_is_welcome(studio: Space) -> None:
    assert book(studio, **KNITTING).pk


def test_inside_the_quiet_room_even_talking_is_too_loud(studio: Space) -> None:
    chapel = chapel_of(studio)
    assert "has a quiet time" in refusal(chapel, **KNITTING)
    assert book(chapel, loudness=Loudness.SILENT).pk


def test_drums_are_welcome_when_it_is_over(studio: Space) -> None:
    after = evening(DAY, starts=time(20), ends=time(22))
    assert book(studio, pattern=after, **DRUMS).pk


def test_a_series_of_drum_classes_names_every_date_and_can_have_the_others(studio: Space) -> None:
    with pytest.raises(BookingRefused) as refused:
        book(studio, pattern=weekly(DAY, 3), **DRUMS)
    assert len({breach.starts_at for breach in refused.value.breaches}) == 3
    mixed = weekly(DAY, 3, weekdays=(1, 2))
    some = book(studio, pattern=mixed, on_clash=OnClash.BOOK_FREE, **DRUMS)
    assert some.occurrences.count() + some.refused_dates.count() == 3
    assert all(TOLD in row.words for row in some.refused_dates.all())


def test_the_preview_and_the_page_say_the_same(studio: Space, client: Client) -> None:
    plan = preview_booking(asked(studio, **DRUMS), actor=UserFactory(), now=NOW)
    assert TOLD in plan.dates[0].breaches[0].message


def test_the_interface_refuses_and_accepts_alike(
    studio: Space, signed: Callable[[User], APIClient], frozen: Callable[[datetime], None]
) -> None:
    person = UserFactory()
    drums = wish(studio, loudness=int(Loudness.AMPLIFIED))
    refused = post(signed(person), "/api/v1/bookings/", drums)
    assert refused.status_code == 422
    assert TOLD in refused.content.decode()
    knitting = wish(studio, loudness=int(Loudness.TALK), activity="craft")
    accepted = post(signed(person), "/api/v1/bookings/", knitting)
    assert accepted.status_code == 201
    assert accepted.json()["activity"] == "craft"


def test_only_some_kinds_of_activity_are_let_in(studio: Space) -> None:
    chapel = chapel_of(studio)
    rule = QuietRule(
        Pattern(date(2026, 12, 30), time(19), time(20), Frequency.WEEKLY),
        Loudness.AMPLIFIED,
        activities=(Activity.STUDY, Activity.WORSHIP),
        why=TimeRule.Why.EXAMS,
    )
    keep_quiet(studio.venue, [chapel], rule, heard_in=None, actor=None, now=NOW)
    wednesday = evening(date(2027, 1, 13))
    told = refusal(chapel, pattern=wednesday, activity=Activity.PARTY)
    assert "Study, reading or exam" in told
    assert "Exams or study" in told
    assert book(chapel, pattern=wednesday, activity=Activity.STUDY).pk


@pytest.mark.parametrize("first", ["quiet", "loud"])
def test_quiet_and_loud_bookings_refuse_each_other_both_ways(first: str) -> None:
    venue = VenueFactory()
    exam, band = SpaceFactory(venue=venue), SpaceFactory(venue=venue)
    exam.acoustic_neighbours.add(band)
    wishes: dict[str, tuple[Space, dict[str, Any]]] = {
        "quiet": (exam, {"needs_quiet": True, "loudness": Loudness.SILENT}),
        "loud": (band, DRUMS),
    }
    other = "loud" if first == "quiet" else "quiet"
    booked, fields = wishes[first]
    book(booked, **fields)
    space, fields = wishes[other]
    assert "next door" in refusal(space, **fields)
    assert Booking.objects.count() == 1


def test_the_week_next_door_shows_the_quiet_time_and_leads_to_booking(
    studio: Space, client: Client, frozen: Callable[[datetime], None]
) -> None:
    for space in (studio, chapel_of(studio)):
        open_always(space, NOW)
    week = availability.week([studio.pk], date(2027, 1, 11), now=NOW)[studio.pk]
    (quiet,) = [one for one in week.days[1] if one.state is State.QUIET]
    assert quiet.words == "Next door: Evening prayer."
    page = client.get(reverse("venue", args=[studio.venue.slug]), {"week": "2027-01-11"})
    text = page.content.decode()
    assert "Next door: Evening prayer." in text
    assert "starts=7pm" in text
