"""Publishing rates: estimates become final, agreed prices stay or follow the day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import AuditEntry
from bookings.models import Booking, PriceChange, QuoteLine
from bookings.services import cancel_booking
from bookings.services.effects import Effects, Fate, effects
from bookings.services.settle import settle_booking, settle_left, settle_venue
from core.errors import BadInput, NotAllowed
from notices import delivery
from notices.models import Notice
from spaces.models import Space, Venue
from tariffs.agreeing import choose_agreed
from tariffs.errors import AlreadyPublished, TariffRefused
from tariffs.models import Tariff, TariffVersion
from tariffs.services import publish_version
from tests.factories import SpaceFactory, UserFactory, open_always
from tests.factories.bookings import NOW, book, evening, weekly
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)
# Tuesdays: before and after the rates change.
MARCH_16, APRIL_6 = date(2027, 3, 16), date(2027, 4, 6)
PUBLISHED = NOW + timedelta(days=30)


def rates(amount: str, **when: Any) -> dict[str, Any]:
    return sheet(rule("all", amount, target={"spaces": ["any"]}, **when))


def publish(
    venue: Venue, amount: str, first: date = APRIL, *, at: datetime = PUBLISHED, **more: Any
) -> TariffVersion:
    return publish_version(venue, rates(amount), first, actor=None, now=at, **more)


@pytest.fixture
def hall() -> Space:
    """£10 an hour until the end of March; later dates are estimates."""
    space = SpaceFactory(name="Main Hall", slug="hall")
    open_always(space, NOW, days=400)
    publish(space.venue, "10.00", date(2026, 4, 1), at=NOW - timedelta(days=300), valid_to=APRIL)
    return space


def open_ended(space: Space) -> None:
    """The rates have no end: every price is firm."""
    TariffVersion.objects.update(valid_to=None)


def totals(booking: Booking) -> list[tuple[Decimal, bool]]:
    """What each date costs, and whether that is an estimate."""
    return [
        (
            sum((line.amount for line in date.quote_lines.all()), Decimal(0)),
            any(line.is_estimate for line in date.quote_lines.all()),
        )
        for date in booking.occurrences.prefetch_related("quote_lines").order_by("starts_at")
    ]


def mails(booking: Booking) -> list[Notice]:
    return list(Notice.objects.filter(event="prices_settled", subject_id=booking.pk))


def spanning(space: Space, **more: Any) -> Booking:
    """Two hours on 16 March, firm, and on 6 April, an estimate: three weeks apart."""
    return book(space, pattern=weekly(MARCH_16, 2, interval=3), **more)


def test_an_estimate_becomes_final_when_its_rates_are_published(hall: Space) -> None:
    booking = spanning(hall)
    assert totals(booking) == [(Decimal("20.00"), False), (Decimal("20.00"), True)]
    version = publish(hall.venue, "11.50")

    assert settle_venue(hall.venue_id, now=PUBLISHED) == 1

    assert totals(booking) == [(Decimal("20.00"), False), (Decimal("23.00"), False)]
    change = PriceChange.objects.get()
    assert (change.old_total, change.new_total) == (Decimal("20.00"), Decimal("23.00"))
    assert (change.why, change.version_id) == (PriceChange.Why.FINAL, version.pk)
    assert AuditEntry.objects.filter(verb="prices_settled", subject_id=booking.pk).count() == 1


def test_the_hirer_is_told_once_of_all_dates(hall: Space) -> None:
    booking = book(hall, pattern=weekly(APRIL_6, 3))
    publish(hall.venue, "11.50")

    settle_venue(hall.venue_id, now=PUBLISHED)
    settle_venue(hall.venue_id, now=PUBLISHED + timedelta(days=1))

    (notice,) = mails(booking)
    body = delivery.message_for(notice).body
    assert body.count("£23.00. We had estimated £20.00.") == 3
    assert "Tuesday 6 April 2027, 7pm to 9pm" in body
    assert "£69.00" in body
    assert booking.reference in body


def test_publishing_leaves_a_job_that_exists_only_if_it_commits(hall: Space) -> None:
    before = ProcrastinateJob.objects.filter(task_name="bookings.settle").count()
    with suppress(KeyboardInterrupt), transaction.atomic():
        publish(hall.venue, "11.50")
        raise KeyboardInterrupt
    assert ProcrastinateJob.objects.filter(task_name="bookings.settle").count() == before
    publish(hall.venue, "11.50")
    job = ProcrastinateJob.objects.filter(task_name="bookings.settle").latest("id")
    assert job.args == {"venue_id": hall.venue_id}


def test_an_agreed_price_stays(hall: Space) -> None:
    open_ended(hall)
    booking = spanning(hall)
    publish(hall.venue, "15.00")

    assert settle_venue(hall.venue_id, now=PUBLISHED) == 0

    assert totals(booking) == [(Decimal("20.00"), False)] * 2
    assert not PriceChange.objects.exists()
    assert not mails(booking)


def test_rates_of_the_day_change_an_agreed_price(hall: Space) -> None:
    open_ended(hall)
    choose_agreed(hall.venue, "on_the_day", actor=None, now=NOW - timedelta(days=1))
    booking = spanning(hall)
    publish(hall.venue, "15.00")

    settle_venue(hall.venue_id, now=PUBLISHED)
    assert settle_venue(hall.venue_id, now=PUBLISHED) == 0

    assert totals(booking) == [(Decimal("20.00"), False), (Decimal("30.00"), False)]
    assert PriceChange.objects.get().why == PriceChange.Why.ON_THE_DAY
    (notice,) = mails(booking)
    assert "£30.00. It was £20.00 before." in delivery.message_for(notice).body


def test_the_same_price_by_new_rates_is_no_news(hall: Space) -> None:
    open_ended(hall)
    choose_agreed(hall.venue, "on_the_day", actor=None, now=NOW)
    booking = spanning(hall)
    version = publish(hall.venue, "10.00")

    settle_venue(hall.venue_id, now=PUBLISHED)

    assert not mails(booking)
    april = booking.occurrences.last()
    assert april is not None
    assert set(april.quote_lines.values_list("version_id", flat=True)) == {version.pk}


def test_who_booked_before_the_choice_keeps_the_promise_of_then(hall: Space) -> None:
    open_ended(hall)
    booking = spanning(hall)
    choose_agreed(hall.venue, "on_the_day", actor=None, now=NOW + timedelta(hours=1))
    publish(hall.venue, "15.00")

    settle_venue(hall.venue_id, now=PUBLISHED)

    assert totals(booking) == [(Decimal("20.00"), False)] * 2


def test_a_date_still_beyond_what_is_published_stays_an_estimate(hall: Space) -> None:
    booking = book(hall, pattern=evening(date(2027, 6, 1)))
    publish(hall.venue, "11.00", valid_to=date(2027, 5, 1))

    assert settle_venue(hall.venue_id, now=PUBLISHED) == 0
    assert totals(booking) == [(Decimal("20.00"), True)]


def test_rates_by_the_day_of_booking_settle_no_date_that_had_its_rates(hall: Space) -> None:
    Tariff.objects.update(picked_by=Tariff.PickedBy.BOOKING_DATE)
    booking = spanning(hall)
    publish(hall.venue, "11.50")

    assert settle_venue(hall.venue_id, now=PUBLISHED) == 0
    assert totals(booking) == [(Decimal("20.00"), False)] * 2


def test_a_date_without_a_price_gets_one_from_rates_that_are_news(hall: Space) -> None:
    TariffVersion.objects.all().delete()
    booking = spanning(hall)
    assert not QuoteLine.objects.exists()
    soon = NOW + timedelta(hours=1)
    publish(hall.venue, "11.50", at=soon)

    settle_venue(hall.venue_id, now=soon)

    assert totals(booking)[1] == (Decimal("23.00"), False)
    (notice,) = mails(booking)
    assert "£23.00. There was no price before." in delivery.message_for(notice).body


def test_where_the_new_rates_have_no_price_the_estimate_stays(hall: Space) -> None:
    booking = book(hall, pattern=evening(APRIL_6))
    document = rates("9.00", category=["commercial"])
    publish_version(hall.venue, document, APRIL, actor=None, now=PUBLISHED)

    assert settle_venue(hall.venue_id, now=PUBLISHED) == 0
    assert totals(booking) == [(Decimal("20.00"), True)]


def test_dates_that_are_over_or_cancelled_are_left_alone(hall: Space) -> None:
    hirer = UserFactory()
    cancelled = book(hall, actor=hirer, pattern=evening(APRIL_6))
    cancel_booking(cancelled, reason="", actor=hirer, now=NOW)
    over = book(hall, pattern=evening(date(2027, 4, 7)))
    publish(hall.venue, "11.50")

    assert settle_venue(hall.venue_id, now=NOW + timedelta(days=120)) == 0
    assert totals(cancelled) == totals(over) == [(Decimal("20.00"), True)]


def test_stopped_half_way_and_begun_again_it_comes_to_the_same(hall: Space) -> None:
    bookings = [
        book(hall, pattern=evening(APRIL_6, starts=time(9 + n), ends=time(10 + n)))
        for n in range(3)
    ]
    publish(hall.venue, "11.50")
    settle_booking(bookings[0].pk, now=PUBLISHED)
    with suppress(KeyboardInterrupt), transaction.atomic():
        settle_booking(bookings[1].pk, now=PUBLISHED)
        raise KeyboardInterrupt
    assert totals(bookings[1]) == [(Decimal("10.00"), True)]

    assert settle_venue(hall.venue_id, now=PUBLISHED) == 2

    for booking in bookings:
        assert totals(booking) == [(Decimal("11.50"), False)]
        assert len(mails(booking)) == 1
    assert PriceChange.objects.count() == 3


def test_the_night_settles_what_a_lost_job_left(hall: Space) -> None:
    booking = spanning(hall)
    publish(hall.venue, "11.50")
    assert settle_left(now=PUBLISHED) == 1
    assert settle_left(now=PUBLISHED) == 0
    assert totals(booking)[1] == (Decimal("23.00"), False)


def test_place_in_a_series_counts_as_it_did_at_booking(hall: Space) -> None:
    """The fourth of four dates is free by the new rates, however many were cancelled since."""
    hirer = UserFactory()
    booking = book(hall, actor=hirer, pattern=weekly(APRIL_6, 4))
    document = sheet(
        rule("all", "10.00", target={"spaces": ["any"]}),
        rule("fourth", "1.00", target={"spaces": ["any"]}, ordinal="4"),
    )
    publish_version(hall.venue, document, APRIL, actor=None, now=PUBLISHED)

    settle_venue(hall.venue_id, now=PUBLISHED)

    assert [total for total, _ in totals(booking)] == [Decimal(20)] * 3 + [Decimal(2)]


def preview(space: Space, amount: str = "15.00", first: date = APRIL) -> Effects:
    return effects(space.venue, rates(amount), first, now=PUBLISHED)


def test_the_preview_says_what_publishing_then_does(hall: Space) -> None:
    spanning(hall)
    book(hall, pattern=evening(date(2027, 4, 7)))
    found = preview(hall)

    final = found.sums(Fate.FINAL)
    assert (final.dates, final.now, final.then) == (2, Decimal("40.00"), Decimal("60.00"))
    assert found.sums(Fate.KEPT).dates == 0
    assert found.bookings == 2

    publish(hall.venue, "15.00")
    settle_venue(hall.venue_id, now=PUBLISHED)
    changes = PriceChange.objects.all()
    assert sum(change.new_total for change in changes) == final.then


def test_the_preview_tells_kept_from_changed(hall: Space) -> None:
    open_ended(hall)
    spanning(hall)
    kept = preview(hall).sums(Fate.KEPT)
    assert (kept.dates, kept.now, kept.then) == (1, Decimal("20.00"), Decimal("20.00"))

    choose_agreed(hall.venue, "on_the_day", actor=None, now=NOW)
    changed = preview(hall).sums(Fate.CHANGED)
    assert (changed.dates, changed.now, changed.then) == (1, Decimal("20.00"), Decimal("30.00"))


def test_the_preview_refuses_what_publishing_would(hall: Space) -> None:
    with pytest.raises(AlreadyPublished):
        preview(hall, first=date(2026, 4, 1))
    with pytest.raises(TariffRefused):
        effects(hall.venue, {"rules": []}, APRIL, now=PUBLISHED)
    assert not PriceChange.objects.exists()


@pytest.mark.parametrize("dates", [1, 40])
def test_the_preview_costs_the_same_for_any_number(
    hall: Space, dates: int, max_queries: MaxQueries
) -> None:
    book(hall, pattern=weekly(APRIL_6, dates))
    with max_queries(11):
        found = preview(hall)
    assert found.sums(Fate.FINAL).dates == dates


def test_only_who_runs_the_venue_chooses(hall: Space) -> None:
    with pytest.raises(NotAllowed):
        choose_agreed(hall.venue, "on_the_day", actor=UserFactory(), now=NOW)
    with pytest.raises(BadInput):
        choose_agreed(hall.venue, "never", actor=None, now=NOW)
    assert Tariff.objects.get().agreed == Tariff.Agreed.AT_BOOKING
