"""Managers close spaces and keep the limits of a licence on plain pages that ask first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from bookings.models import State
from core import clock
from spaces.models import (
    Closure,
    EventNotice,
    PremisesLimit,
    Space,
    Venue,
)
from spaces.models.timetable import Loudness
from tests.bookings.manager_pages import (
    booked,
    date_parts,
    digest,
    hall,
    manager,
    state,
    tuesday,
    url,
)
from tests.factories import SpaceFactory, open_always
from tests.factories.bookings import book, weekly

__all__ = ["hall", "manager", "tuesday"]

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


class TestClosing:
    def test_without_bookings_it_is_one_page(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        sent = {"reason": "New floor", **date_parts("first", tuesday)}
        assert manager.post(url("manage_close", hall), sent).status_code == 302
        closure = Closure.objects.get()
        assert closure.ends_at - closure.starts_at == timedelta(days=1)
        assert "New floor" in manager.get(url("manage_closures", hall)).content.decode()
        manager.post(url("manage_reopen", hall, closure.pk))
        closure.refresh_from_db()
        assert closure.is_lifted

    def test_bookings_in_the_way_are_moved_with_one_answer(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        other = SpaceFactory(venue=hall.venue, name="Small Hall")
        open_always(other, clock.now(), days=180)
        choir = book(hall, now=clock.now(), pattern=weekly(tuesday, 2), title="Choir", people=25)
        last = tuesday + timedelta(days=8)
        sent = {
            "reason": "New floor",
            "spaces": [hall.pk],
            **date_parts("first", tuesday),
            **date_parts("last", last),
        }
        page = manager.post(url("manage_close", hall), sent)
        text = page.content.decode()
        assert "2 dates are in the way" in text
        assert "Small Hall" in text
        assert not Closure.objects.exists()
        answer = {"answer": "move", "digest": digest(page)}
        page = manager.post(url("manage_close", hall), sent | answer, follow=True)
        assert "2 dates are moved." in page.content.decode()
        assert {use.space for date in choir.occurrences.all() for use in date.uses.all()} == {other}

    @pytest.mark.parametrize(
        "wrong",
        [{"reason": ""}, {"first_year": "1999"}, {"first_day": "32"}, {"starts": "9"},
         {"starts": "5pm", "ends": "4pm"}, {"reason": "x" * 201}],
    )  # fmt: skip
    def test_what_makes_no_sense_is_asked_again(
        self, manager: Client, hall: Space, tuesday: date, wrong: dict[str, str]
    ) -> None:
        sent = {"reason": "Floor", **date_parts("first", tuesday)} | wrong
        assert manager.post(url("manage_close", hall), sent).status_code == 422
        assert not Closure.objects.exists()


class TestLimits:
    def test_the_licence_ends_loud_music_and_a_notice_lets_it_go_on(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        party = booked(hall, tuesday, loudness=Loudness.AMPLIFIED)
        limit = {"kind": "music", "until": "8pm", **date_parts("first_on", clock.today())}
        page = manager.post(url("manage_limit_add", hall), limit)
        assert "Loud music must end at 8pm" in page.content.decode()
        keep = {"answer": "keep", "digest": digest(page)}
        manager.post(url("manage_limit_add", hall), limit | keep)
        assert PremisesLimit.objects.count() == 1
        assert str(party.reference) in manager.get(url("manage_exceptions", hall)).content.decode()
        notice = {
            "purpose": "Gala", "starts": "6pm", "ends": "1am", **date_parts("on", tuesday)
        }  # fmt: skip
        assert manager.post(url("manage_notice_add", hall), notice).status_code == 302
        exceptions = manager.get(url("manage_exceptions", hall)).content.decode()
        assert str(party.reference) not in exceptions
        assert "1 of 15 notices" in manager.get(url("manage_limits", hall)).content.decode() or (
            tuesday.year != clock.today().year
        )
        manager.post(url("manage_limit_remove", hall, PremisesLimit.objects.get().pk))
        manager.post(url("manage_notice_remove", hall, EventNotice.objects.get().pk))
        assert not PremisesLimit.objects.exists()
        assert not EventNotice.objects.exists()

    def test_time_to_clear_up_after_messy_things(self, manager: Client, hall: Space) -> None:
        address = url("manage_buffers", hall, hall.slug)
        assert manager.post(address, {"after_messy": "45", "before_food": ""}).status_code == 302
        row = hall.activity_buffers.get()
        assert (row.activity, row.setup_minutes, row.cleardown_minutes) == ("messy", 0, 45)
        assert manager.post(address, {"after_messy": "9999"}).status_code == 422

    def test_fewer_people_on_the_rooms_own_page_asks_too(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        booking = booked(hall, tuesday, people=50)
        address = url("manage_room", hall, hall.slug)
        form = manager.get(address).context["form"]
        sent = {name: form.initial.get(name, field.initial) for name, field in form.fields.items()}
        sent = {
            name: value for name, value in sent.items() if value is not None and value is not False
        }
        page = manager.post(address, sent | {"capacity": "10"})
        assert "1 date would no longer fit" in page.content.decode()
        hall.refresh_from_db()
        assert hall.capacity == 60
        keep = {"answer": "keep", "digest": digest(page)}
        manager.post(address, sent | {"capacity": "10"} | keep)
        hall.refresh_from_db()
        assert (hall.capacity, state(booking)) == (10, State.CONFIRMED)

    @pytest.mark.parametrize(
        "wrong", [{"kind": ""}, {"until": ""}, {"kind": "notices"}, {"first_on_day": "0"}]
    )
    def test_what_makes_no_sense_is_asked_again(
        self, manager: Client, hall: Space, wrong: dict[str, str]
    ) -> None:
        sent = {"kind": "music", "until": "11pm", **date_parts("first_on", clock.today())}
        assert manager.post(url("manage_limit_add", hall), sent | wrong).status_code == 422
        assert not Venue.objects.get(pk=hall.venue_id).limits.exists()
