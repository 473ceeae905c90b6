"""Several dates are ticked on the page of a booking, and cancelled all together or not at all."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from accounts.models import StaffRole
from bookings.models import State
from bookings.services import cancel_dates, cancel_occurrence
from core import clock, words
from notices.models import Notice
from spaces.models import VenueRole
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.bookings import book, weekly
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db


def booked(dates: int = 4):
    space, person = SpaceFactory(name="Main hall"), UserFactory()
    open_daily(space, clock.today(), days=300, opens=time(8), closes=time(23))
    flat_rates(space.venue, amount="12.00")
    first = clock.today() + timedelta(days=9)
    return book(space, actor=person, pattern=weekly(first, dates), now=clock.now())


def page_of(booking):
    return reverse("booking", args=[booking.reference])


def chosen(booking):
    return reverse("dates_cancel", args=[booking.reference])


def ids(booking):
    return list(booking.occurrences.order_by("starts_at").values_list("pk", flat=True))


def states(booking):
    return list(booking.occurrences.order_by("starts_at").values_list("state", flat=True))


def day_of(pk, booking):
    date = booking.occurrences.get(pk=pk)
    return words.when(date.starts_at, date.ends_at)


def test_each_date_to_come_has_a_tick_of_its_own(client):
    booking = booked(3)
    client.force_login(booking.private_hirer)
    page = client.get(page_of(booking)).content.decode()
    for pk in ids(booking):
        assert page.count(f'name="cancel" value="{pk}" id="cancel-{pk}"') == 1
        assert f'<label class="govuk-label govuk-checkboxes__label" for="cancel-{pk}">' in page


def test_a_single_date_needs_no_tick(client):
    booking = booked(1)
    client.force_login(booking.private_hirer)
    page = client.get(page_of(booking)).content.decode()
    assert "Cancel chosen dates" not in page
    assert "Cancel all dates to come" in page


def test_who_may_not_cancel_sees_no_tick_and_no_page(client):
    booking = booked()
    viewer = UserFactory()
    VenueRole.objects.create(venue=booking.venue, user=viewer, role=StaffRole.VIEWER)
    client.force_login(viewer)
    assert "Cancel chosen dates" not in client.get(page_of(booking)).content.decode()
    for ask in (client.get, client.post):
        assert ask(chosen(booking), {"cancel": ids(booking)[:2]}).status_code == 404
    assert states(booking) == [State.CONFIRMED] * 4


def test_the_ticked_dates_are_listed_then_cancelled_with_one_notice(client):
    booking = booked()
    client.force_login(booking.private_hirer)
    picked = ids(booking)[1:3]
    page = client.get(chosen(booking), {"cancel": picked}).content.decode()
    assert "Cancel these 2 dates?" in page
    assert [day_of(pk, booking) in page for pk in ids(booking)] == [False, True, True, False]
    assert states(booking) == [State.CONFIRMED] * 4
    answer = client.post(chosen(booking), {"cancel": picked, "reason": "Half term"}, follow=True)
    assert "2 dates are cancelled." in answer.content.decode()
    gone = State.CANCELLED_BY_HIRER
    assert states(booking) == [State.CONFIRMED, gone, gone, State.CONFIRMED]
    assert Notice.objects.filter(event="booking_cancelled").count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_with_no_tick_the_page_asks_for_one(client, method):
    booking = booked()
    client.force_login(booking.private_hirer)
    page = getattr(client, method)(chosen(booking))
    text = page.content.decode()
    assert page.status_code == 422
    link = f'<a href="#cancel-{ids(booking)[0]}">Tick the dates that you want to cancel</a>'
    assert link in text
    assert states(booking) == [State.CONFIRMED] * 4


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_date_that_is_gone_meanwhile_stops_all_and_the_other_ticks_stay(client, method):
    booking = booked()
    person = booking.private_hirer
    client.force_login(person)
    first, second, third, _fourth = ids(booking)
    cancel_occurrence(booking.occurrences.get(pk=first), reason="", actor=person, now=clock.now())
    page = getattr(client, method)(chosen(booking), {"cancel": [first, third]})
    text = page.content.decode()
    assert page.status_code == 409
    assert text.count(day_of(first, booking)) >= 2
    assert f'value="{third}" id="cancel-{third}" checked' in text
    assert f'value="{second}" id="cancel-{second}">' in text
    assert states(booking)[1:] == [State.CONFIRMED] * 3


def test_a_date_of_another_booking_is_not_found(client):
    booking, other = booked(), booked()
    client.force_login(booking.private_hirer)
    picked = [ids(booking)[0], ids(other)[0]]
    for ask in (client.get, client.post):
        assert ask(chosen(booking), {"cancel": picked}).status_code == 404
    assert states(booking) + states(other) == [State.CONFIRMED] * 8


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 400, "²"])
def test_an_odd_tick_is_not_found(client, odd):
    booking = booked()
    client.force_login(booking.private_hirer)
    for ask in (client.get, client.post):
        assert ask(chosen(booking), {"cancel": odd}).status_code == 404


@pytest.mark.parametrize("reason", ["x" * 301, "Half\x00term"])
def test_a_reason_that_cannot_be_kept_is_asked_for_again_with_the_ticks(client, reason):
    booking = booked()
    client.force_login(booking.private_hirer)
    picked = ids(booking)[:2]
    page = client.post(chosen(booking), {"cancel": picked, "reason": reason})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'href="#reason"' in text
    assert reason.replace("\x00", "") in text
    assert all(f'type="hidden" name="cancel" value="{pk}"' in text for pk in picked)
    assert states(booking) == [State.CONFIRMED] * 4


def test_the_ticks_cost_no_more_for_many_dates(client, count_queries):
    few, many = booked(2), booked(30)
    client.force_login(UserFactory(is_superuser=True))
    spent = []
    for booking in (few, many):
        client.force_login(booking.private_hirer)
        asked = {"cancel": ids(booking)}
        client.get(chosen(booking), asked)
        spent.append(count_queries(lambda b=booking, a=asked: client.get(chosen(b), a)))
    assert spent[0] == spent[1]
    assert cancel_dates(many, dates=ids(many), reason="", actor=many.private_hirer, now=clock.now())
