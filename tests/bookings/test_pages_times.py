"""Managers keep hours, quiet times, closures and limits on plain pages that ask first."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import StaffRole
from bookings.models import State
from core import clock
from spaces.models import (
    Activity,
    HoursVariant,
    Space,
    TimeRule,
)
from spaces.models.timetable import Loudness
from spaces.opening_plan import OnBankHolidays, plans_of
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
from tests.factories import SpaceFactory, UserFactory, open_always
from tests.factories.roles import VenueRoleFactory

__all__ = ["hall", "manager", "tuesday"]
pytestmark = [pytest.mark.django_db, pytest.mark.db15]

WEEK = {
    "day_0": "9am to midday, 2pm to 10pm",
    "day_5": "10am - 4pm",
    "day_6": "closed",
    "bank_holidays": "closed",
}
PAGES = [
    "manage_times", "manage_week", "manage_season", "manage_day", "manage_exceptions",
    "manage_quiet", "manage_quiet_add", "manage_closures", "manage_close", "manage_limits",
    "manage_limit_add", "manage_notice_add",
]  # fmt: skip


class TestWho:
    @pytest.mark.parametrize("name", PAGES)
    def test_only_those_who_run_it(self, client: Client, hall: Space, name: str) -> None:
        caretaker = VenueRoleFactory(venue=hall.venue, role=StaffRole.CARETAKER).user
        for who, status in ((UserFactory(), 403), (caretaker, 403)):
            client.force_login(who)
            assert client.get(url(name, hall)).status_code == status

    @pytest.mark.parametrize("name", PAGES)
    def test_every_page_opens_and_is_found_from_the_venue(
        self, manager: Client, hall: Space, name: str
    ) -> None:
        assert manager.get(url(name, hall)).status_code == 200

    def test_the_venues_page_leads_to_them(self, manager: Client, hall: Space) -> None:
        page = manager.get(url("manage_venue", hall)).content.decode()
        for name in ("manage_times", "manage_quiet", "manage_closures", "manage_limits"):
            assert url(name, hall) in page

    @pytest.mark.parametrize("name", ["manage_times", "manage_quiet", "manage_closures"])
    def test_the_eight_weeks_cost_the_same_for_any_number_of_spaces(
        self, manager: Client, hall: Space, name: str, count_queries: Any
    ) -> None:
        def look() -> None:
            manager.get(url(name, hall))

        look()
        before = count_queries(look)
        for room in SpaceFactory.create_batch(12, venue=hall.venue):
            open_always(room, clock.now())
        assert count_queries(look) == before


class TestHours:
    def test_seven_boxes_say_a_week_and_an_empty_one_is_as_the_day_above(
        self, manager: Client, hall: Space
    ) -> None:
        page = manager.post(url("manage_week", hall), WEEK)
        assert page.status_code == 302
        plan = plans_of([hall.pk])[hall.pk]
        two = ((time(9), time(12)), (time(14), time(22)))
        assert plan.week == (two,) * 5 + (((time(10), time(16)),), ())
        assert plan.bank_holidays is OnBankHolidays.CLOSED
        shown = manager.get(url("manage_times", hall)).content.decode()
        assert "Monday to Friday" in shown
        assert "9am to midday, 2pm to 10pm" in shown
        again = manager.get(url("manage_week", hall)).content.decode()
        assert 'value="9am to midday, 2pm to 10pm"' in again

    @pytest.mark.parametrize(
        "wrong",
        [
            {"day_0": ""},
            {"day_0": "nine to five"},
            {"day_0": "9 to 5"},
            {"day_0": "9am"},
            {"day_0": "closed"},
            {"bank_holidays": "own"},
            {"bank_holidays": "sometimes"},
            {"day_0": "9am to 5pm, 9am to 5pm"},
            {"day_0": "\x00"},
            {"day_2": "x" * 500},
        ],
    )
    def test_what_cannot_be_read_is_asked_again_and_answers_are_kept(
        self, manager: Client, hall: Space, wrong: dict[str, str]
    ) -> None:
        sent = {**WEEK, "day_5": "closed" if wrong == {"day_0": "closed"} else "10am to 4pm"}
        page = manager.post(url("manage_week", hall), sent | wrong)
        assert page.status_code == 422
        assert not TimeRule.objects.exists()

    def test_several_spaces_at_once_and_a_term_of_several_stretches(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        other = SpaceFactory(venue=hall.venue)
        both = {"spaces": [hall.pk, other.pk]}
        manager.post(url("manage_week", hall), WEEK | both)
        stretch = f"{tuesday:%d %B %Y} to {tuesday + timedelta(days=9):%d %B %Y}"
        later = f"{tuesday + timedelta(days=20):%d/%m/%Y}"
        term = {"name": "School term", "dates": f"{stretch}\n{later}", "day_0": "6pm to 9pm"}
        assert manager.post(url("manage_season", hall), term | both).status_code == 302
        plans = plans_of([hall.pk, other.pk])
        assert plans[hall.pk] == plans[other.pk]
        assert len(plans[hall.pk].seasons[0].dates) == 2
        manager.post(url("manage_times_remove", hall), {"season": "School term", **both})
        assert not HoursVariant.objects.exists()
        again = {"season": "School term", **both}
        said = manager.post(url("manage_times_remove", hall), again, follow=True)
        assert "It was removed already." in said.content.decode()

    def test_a_single_day_and_its_removal(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        manager.post(url("manage_week", hall), WEEK)
        day = {"hours": "closed", "name": "Polling day", **date_parts("on", tuesday)}
        assert manager.post(url("manage_day", hall), day).status_code == 302
        assert not hall.opening_spans.filter(starts_at__date=tuesday).exists()
        gone = {"on": str(tuesday), "spaces": [hall.pk]}
        manager.post(url("manage_times_remove", hall), gone)
        assert hall.opening_spans.filter(starts_at__date=tuesday).exists()

    def test_what_no_longer_fits_is_shown_and_nothing_saved_until_answered(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        booking = booked(hall, tuesday, title="Choir")
        early = {**WEEK, "day_0": "9am to 5pm"}
        page = manager.post(url("manage_week", hall), early)
        text = page.content.decode()
        assert page.status_code == 200
        assert "1 date would no longer fit" in text
        assert "Choir" in text
        assert "are saved" not in text
        assert not TimeRule.objects.exists()
        kept = early | {"answer": "keep", "digest": digest(page)}
        assert manager.post(url("manage_week", hall), kept).status_code == 302
        assert state(booking) == State.CONFIRMED
        assert "Choir" in manager.get(url("manage_exceptions", hall)).content.decode()

    def test_to_cancel_what_no_longer_fits_tells_why(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        booking = booked(hall, tuesday)
        early = {**WEEK, "day_0": "9am to 5pm"}
        seen = digest(manager.post(url("manage_week", hall), early))
        told = {"answer": "release", "digest": seen, "told": "We close earlier"}
        page = manager.post(url("manage_week", hall), early | told, follow=True)
        assert "1 date is cancelled" in page.content.decode()
        assert booking.occurrences.get().reason == "We close earlier"

    def test_an_answer_to_an_old_preview_shows_a_new_one(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        booked(hall, tuesday)
        early = {**WEEK, "day_0": "9am to 5pm"}
        seen = digest(manager.post(url("manage_week", hall), early))
        late = booked(hall, tuesday + timedelta(days=7))
        answer = {"answer": "release", "digest": seen}
        page = manager.post(url("manage_week", hall), early | answer)
        assert page.status_code == 409
        assert "Nothing was saved" in page.content.decode()
        assert state(late) == State.CONFIRMED

    def test_a_reason_that_is_too_long_changes_nothing(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        booking = booked(hall, tuesday)
        early = {**WEEK, "day_0": "9am to 5pm"}
        seen = digest(manager.post(url("manage_week", hall), early))
        long = {"answer": "release", "digest": seen, "told": "x" * 400}
        assert manager.post(url("manage_week", hall), early | long).status_code == 422
        assert state(booking) == State.CONFIRMED


QUIET = {
    "days": ["1"],
    "starts": "7pm",
    "ends": "8pm",
    "loudest": "1",
    "why": "prayer",
    "promise": "Evening prayer",
    "next_door": "2",
}


class TestQuiet:
    def test_a_quiet_time_with_its_neighbours(self, manager: Client, hall: Space) -> None:
        chapel = SpaceFactory(venue=hall.venue, name="Chapel")
        sent = QUIET | {"spaces": [chapel.pk], "heard_in": [hall.pk], "activities": ["worship"]}
        assert manager.post(url("manage_quiet_add", hall), sent).status_code == 302
        rule = TimeRule.objects.get()
        assert (rule.space, rule.why, rule.activities) == (chapel, "prayer", [Activity.WORSHIP])
        assert list(chapel.acoustic_neighbours.all()) == [hall]
        text = manager.get(url("manage_quiet", hall)).content.decode()
        assert "Evening prayer" in text
        assert "Next door (Main Hall)" in text
        manager.post(url("manage_quiet_remove", hall, rule.pk))
        assert not TimeRule.objects.exists()

    def test_the_loud_booking_next_door_is_asked_about(
        self, manager: Client, hall: Space, tuesday: date
    ) -> None:
        chapel = SpaceFactory(venue=hall.venue, name="Chapel")
        drums = booked(hall, tuesday, loudness=Loudness.AMPLIFIED, title="Drum class")
        booked(hall, tuesday + timedelta(days=7), title="Knitting group")
        sent = QUIET | {"spaces": [chapel.pk], "heard_in": [hall.pk]}
        page = manager.post(url("manage_quiet_add", hall), sent)
        text = page.content.decode()
        assert "Drum class" in text
        assert "Knitting group" not in text
        assert not chapel.acoustic_neighbours.exists()
        answer = {"answer": "release", "digest": digest(page)}
        manager.post(url("manage_quiet_add", hall), sent | answer)
        assert state(drums) == State.CANCELLED_BY_VENUE

    @pytest.mark.parametrize(
        "wrong",
        [{"days": []}, {"starts": ""}, {"loudest": "9"}, {"loudest": "4"}, {"why": "fun"},
         {"activities": ["dragons"]}, {"promise": "x" * 201}, {"heard_in": ["0"]}],
    )  # fmt: skip
    def test_what_makes_no_sense_is_asked_again(
        self, manager: Client, hall: Space, wrong: dict[str, Any]
    ) -> None:
        SpaceFactory(venue=hall.venue)
        page = manager.post(url("manage_quiet_add", hall), QUIET | {"spaces": [hall.pk]} | wrong)
        assert page.status_code == 422
        assert not TimeRule.objects.exists()
