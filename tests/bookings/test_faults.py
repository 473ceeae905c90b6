"""Hirers who asked for something are told when it is out of order, and when it works again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from bookings.models import Booking, FaultTold
from bookings.services.faults import tell_hirers
from core import clock
from notices.models import Notice
from spaces.access_facts import FAULT_NEEDS, NEEDS
from spaces.models import AccessFault, Space
from spaces.services.faults import Turn, end_fault, report_fault, touched_by
from spaces.services.overdue import tell_overdue
from tests.factories import SpaceFactory, open_always
from tests.factories.access import say
from tests.factories.bookings import NOW, book, evening
from tests.factories.roles import VenueRoleFactory
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db
_KIND_OF: dict[str, dict[str, object]] = {
    "door_opening": {"choice": "automatic"},
    "door_clear_width": {"measure": 900, "unit": "mm"},
    "narrowest_route_width": {"measure": 900, "unit": "mm"},
}


@pytest.fixture
def loft() -> Space:
    """A room upstairs, reached by the lift; nobody drew the ways."""
    space = SpaceFactory(floor=1, name="Loft")
    open_always(space, NOW)
    flat_rates(space.venue)
    for code in ("entrance_step_free", "internal_route_step_free", "hearing_loop"):
        say(space, code, "yes")
    return space


def asks(space: Space, *needs: str, adjustment: str = "") -> Booking:
    return book(space, needs=needs, adjustment=adjustment, adjustment_consent=True)


def asks_on(space: Space, day: date) -> Booking:
    return book(space, pattern=evening(day), needs=("step_free",), adjustment_consent=True)


def broken(place: Space, what: str = "lift", **fields: object) -> AccessFault:
    fields.setdefault("starts_at", NOW)
    return AccessFault(venue=place.venue, what=what, **fields)


def told() -> list[str]:
    return list(
        Notice.objects.filter(event__startswith="access_fault")
        .order_by("pk")
        .values_list("event", flat=True)
    )


def test_who_asked_for_it_is_told_once_when_it_breaks_and_once_when_it_works(loft: Space) -> None:
    booking = asks(loft, "step_free")
    fault = report_fault(broken(loft, note="A part is on its way."), actor=None, now=NOW)

    notice = Notice.objects.get(event="access_fault_began")
    assert notice.to_email == booking.made_by.email
    assert notice.context["fault"].startswith("Lift: out of order since Tuesday 5 January 2027.")
    assert "step" not in str(notice.context).lower()
    assert notice.subject_id == booking.pk

    end_fault(fault, actor=None, now=NOW + timedelta(days=1))
    assert told() == ["access_fault_began", "access_fault_ended"]
    assert "working again" in Notice.objects.get(event="access_fault_ended").context["fault"]


@pytest.mark.parametrize(
    ("needs", "adjustment", "count"),
    [
        ((), "", 0),
        (("step_free",), "", 1),
        (("parking", "step_free"), "", 1),
        (("hearing_loop",), "", 0),
        # Words are passed on to the venue and never read by us.
        (("hearing_loop",), "I use a wheelchair", 0),
        ((), "A hearing loop", 1),
        ((), "Large print", 1),
    ],
)
def test_only_those_who_asked_for_what_it_touches_are_told(
    loft: Space, needs: tuple[str, ...], adjustment: str, count: int
) -> None:
    asks(loft, *needs, adjustment=adjustment)
    report_fault(broken(loft), actor=None, now=NOW)
    assert len(told()) == count


def test_those_whose_dates_or_rooms_it_does_not_touch_are_not_told(loft: Space) -> None:
    below = SpaceFactory(venue=loft.venue, floor=0)
    open_always(below, NOW)
    asks(below, "step_free")
    asks(loft, "step_free")  # on 12 January
    report_fault(broken(loft, until=NOW + timedelta(days=2)), actor=None, now=NOW)
    assert told() == []

    report_fault(broken(loft), actor=None, now=NOW + timedelta(days=30))
    assert told() == []


def test_telling_twice_sends_one_mail(loft: Space) -> None:
    asks(loft, "step_free")
    fault = report_fault(broken(loft), actor=None, now=NOW)
    tell_hirers(fault, Turn.BEGAN, touched_by(fault, now=NOW), NOW)
    assert told() == ["access_fault_began"]


def test_what_was_told_goes_with_the_request_it_says_something_about(loft: Space) -> None:
    booking = asks(loft, "step_free")
    report_fault(broken(loft), actor=None, now=NOW)
    assert FaultTold.objects.exists()

    booking.access_request.delete()

    assert not FaultTold.objects.exists()


def test_a_loop_of_another_room_touches_nobody_here(loft: Space) -> None:
    asks(loft, "hearing_loop")
    report_fault(broken(loft, "loop", space=SpaceFactory(venue=loft.venue)), actor=None, now=NOW)
    assert told() == []
    report_fault(broken(loft, "loop"), actor=None, now=NOW)
    assert told() == ["access_fault_began"]


def test_what_is_out_of_order_stands_on_the_pages_of_booking(loft: Space, client: Client) -> None:
    booking = asks(loft)
    fault = broken(loft, starts_at=clock.now(), note="Ask for the ramp.")
    report_fault(fault, actor=None, now=clock.now())
    client.force_login(booking.made_by)

    for address in (f"/venues/{loft.venue.slug}/book/", f"/bookings/{booking.reference}/"):
        assert "Ask for the ramp." in client.get(address).content.decode()


@pytest.mark.parametrize("what", AccessFault.What.values)
def test_people_can_tick_whatever_a_fault_can_take_away(what: str) -> None:
    hall = SpaceFactory(floor=1)
    for need in NEEDS.values():
        for code in need.codes:
            say(hall, code, "yes", **_KIND_OF.get(code, {}))
    touched = touched_by(report_fault(broken(hall, what), actor=None, now=NOW), now=NOW)
    assert touched[hall.pk]
    assert touched[hall.pk] <= set(FAULT_NEEDS)


def test_when_the_planned_end_comes_the_venue_is_asked_once(loft: Space) -> None:
    manager = VenueRoleFactory(venue=loft.venue).user
    asks(loft, "step_free")  # on 12 January
    report_fault(broken(loft, until=NOW + timedelta(days=9)), actor=None, now=NOW)
    assert told() == ["access_fault_began"]

    assert tell_overdue(now=NOW + timedelta(days=8)) == 0
    after = NOW + timedelta(days=9)
    assert [tell_overdue(now=after), tell_overdue(now=after)] == [1, 0]

    asked = Notice.objects.get(event="fault_overdue")
    assert asked.to_email == manager.email
    assert asked.context["fault"] == "Lift: should be working again since Thursday 14 January 2027."
    # The hirer's date has passed by then.
    assert told() == ["access_fault_began"]


def test_a_planned_end_before_the_date_is_told_to_those_who_come(loft: Space) -> None:
    booking = asks(loft, "step_free")
    other = asks_on(loft, date(2027, 1, 6))
    fault = report_fault(broken(loft), actor=None, now=NOW)
    assert told() == ["access_fault_began"] * 2
    AccessFault.objects.update(until=NOW + timedelta(days=3))

    after = NOW + timedelta(days=3)
    tell_overdue(now=after)
    mail = Notice.objects.get(event="access_fault_overdue")
    assert mail.subject_id == booking.pk != other.pk
    assert mail.context["fault"] == "Lift: should be working again since Friday 8 January 2027."
    assert "step" not in str(mail.context).lower()

    end_fault(fault, actor=None, now=after + timedelta(days=1))
    assert told().count("access_fault_ended") == 2


def test_what_ended_long_before_anybody_could_be_told_is_history(loft: Space) -> None:
    asks(loft, "step_free")
    report_fault(broken(loft), actor=None, now=NOW)
    AccessFault.objects.update(until=NOW + timedelta(hours=1))
    assert tell_overdue(now=NOW + timedelta(days=8)) == 0


def test_the_venue_says_on_one_page_if_it_works_or_is_still_out_of_order(
    loft: Space, client: Client
) -> None:
    client.force_login(VenueRoleFactory(venue=loft.venue).user)
    now = clock.now()
    rows = [broken(loft, what, starts_at=now - timedelta(days=9)) for what in ("lift", "loop")]
    for row in rows:
        row.until, row.reported_at = now - timedelta(days=1), now - timedelta(days=9)
        row.save()
    page = f"/manage/venues/{loft.venue.slug}/faults/"
    told_ = client.get(page).content.decode()
    assert told_.count("Was it mended?") == 2
    assert "Out of order" not in client.get(f"/venues/{loft.venue.slug}/").content.decode()

    client.post(f"{page}{rows[0].pk}/end/")
    again = client.get(f"{page}?again={rows[1].pk}").content.decode()
    assert again.count("Was it mended?") == 1
    assert re.search(r'value="loop"[^>]*checked', again)
    today = clock.today()
    said = {
        "starts_on_day": today.day,
        "starts_on_month": today.month,
        "starts_on_year": today.year,
    }
    assert client.post(page, {"what": "loop", "place": "", "note": "", **said}).status_code == 302
    assert "Was it mended?" not in client.get(page).content.decode()
    rows[1].refresh_from_db()
    assert rows[1].ended_at == rows[1].until
    # Nobody is told that it works, because it does not.
    assert told() == []
    for nonsense in ("x", "999999999999999999999", rows[0].pk):
        assert client.get(f"{page}?again={nonsense}").status_code == 200
