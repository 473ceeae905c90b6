"""Deposits, payments and cancelling: agreed with a booking, kept with it, and held to."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, StaffRole
from bookings import notifications
from bookings.errors import StepNotPossible
from bookings.models import (
    Booking,
    CancellationCharge,
    CancelTerms,
    Deposit,
    DuePart,
    State,
)
from bookings.requests import OnClash
from bookings.services import (
    approve_booking,
    cancel_booking,
    cancel_dates,
    cancel_occurrence,
    decline_booking,
    expire_lapsed,
    preview_booking,
)
from bookings.services.displacement import releasing
from bookings.services.displacement.answers import DisplacedDate
from core.clock import at
from spaces.models import Space, Venue, VenueRole
from tests.factories import SpaceFactory, UserFactory, open_daily
from tests.factories.bookings import NOW, asked, book, weekly
from tests.factories.terms import ALL, BY_VENUE, CANCELLING, DEPOSIT, PAYMENTS, rates_with

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 5)
FAR = date(2027, 3, 2)


def hall(*rules: dict[str, Any], **fields: Any) -> Space:
    space = SpaceFactory(**fields)
    open_daily(space, date(2027, 1, 4), days=430, opens=time(8), closes=time(23))
    rates_with(space.venue, *(rules or ALL))
    return space


def manager_of(venue: Venue) -> Any:
    person = UserFactory()
    VenueRole.objects.create(venue=venue, user=person, role=StaffRole.MANAGER)
    return person


def due(booking: Booking) -> list[tuple[date | None, Decimal]]:
    return [(part.on, part.amount) for part in booking.due_parts.all()]


def days_before(booking: Booking, days: int, **more: int) -> datetime:
    first = booking.occurrences.order_by("starts_at").first()
    assert first
    return first.starts_at - timedelta(days=days, **more)


def cost(booking: Booking) -> list[tuple[Decimal | None, Decimal | None]]:
    rows = CancellationCharge.objects.filter(occurrence__booking=booking)
    return list(rows.order_by("occurrence__starts_at").values_list("charge", "refund"))


def test_a_series_asks_one_deposit_of_each_name_and_spreads_its_whole_price():
    booking = book(hall(), pattern=weekly(FAR, 4))
    held = {row.name: row.amount for row in booking.deposits.all()}
    assert held == {"deposit": Decimal(150), "key": Decimal(20)}
    assert due(booking) == [(TODAY, Decimal(20)), (FAR - timedelta(days=28), Decimal(60))]
    assert [part.is_returnable for part in booking.due_parts.all()] == [False, True]


def test_only_the_dates_that_are_booked_are_paid_for():
    space = hall()
    book(space, pattern=weekly(FAR, 1))
    booking = book(space, pattern=weekly(FAR, 3), on_clash=OnClash.BOOK_FREE)
    assert sum(part.amount for part in booking.due_parts.all()) == Decimal(40)
    assert booking.due_parts.last().on == FAR + timedelta(days=7 - 28)


def test_a_plan_says_the_terms_before_anything_is_kept():
    plan = preview_booking(asked(hall(), pattern=weekly(FAR, 2)), actor=UserFactory(), now=NOW)
    assert plan.agreement.terms.deposit == Decimal(170)
    assert [part.amount for part in plan.agreement.terms.due] == [Decimal(10), Decimal(30)]
    assert not Deposit.objects.exists()


def test_a_deposit_that_the_rates_leave_open_is_answered_by_the_venue():
    wake = {**DEPOSIT, "when": {"purpose": ["wake"]}}
    booking = book(hall(DEPOSIT, wake))
    assert booking.occurrences.get().state == State.REQUESTED
    held = booking.deposits.get()
    assert held.amount is None
    assert "what the event is" in held.why


def test_a_schedule_that_the_rates_leave_open_is_one_part_without_a_day():
    tie = {**PAYMENTS, "id": "other"}
    booking = book(hall(PAYMENTS, tie), pattern=weekly(FAR, 2))
    assert due(booking) == [(None, Decimal(40))]
    first = booking.occurrences.order_by("starts_at").first()
    boss = manager_of(booking.venue)
    approve_booking(booking, actor=boss, now=NOW, dates=[first.pk])
    decline_booking(booking, reason="A fair", actor=boss, now=NOW)
    assert due(booking) == [(None, Decimal(20))]


def test_without_a_price_there_are_no_terms():
    space = SpaceFactory()
    open_daily(space, date(2027, 1, 4), days=30, opens=time(8), closes=time(23))
    booking = book(space)
    assert due(booking) == []
    assert not CancelTerms.objects.exists()


def test_what_the_venue_agrees_to_is_due_from_the_day_it_says_yes():
    space = hall(venue__confirmation=Venue.Confirmation.REQUEST)
    booking = book(space, pattern=weekly(FAR, 4))
    first, second, *_others = booking.occurrences.order_by("starts_at")
    boss, later = manager_of(space.venue), NOW + timedelta(days=1)
    decline_booking(booking, reason="A fair", actor=boss, now=later, dates=[first.pk])
    approve_booking(booking, actor=boss, now=later)
    assert due(booking) == [
        (TODAY + timedelta(days=1), Decimal(15)),
        (FAR + timedelta(days=7 - 28), Decimal(45)),
    ]
    assert second.booking.deposits.count() == 2


def test_a_request_that_runs_out_leaves_no_more_due_than_stands():
    space = hall(venue__confirmation=Venue.Confirmation.REQUEST)
    booking = book(space, pattern=weekly(FAR, 2))
    keep, lose = booking.occurrences.order_by("starts_at")
    approve_booking(booking, actor=manager_of(space.venue), now=NOW, dates=[keep.pk])
    lose.refresh_from_db()
    assert expire_lapsed(now=lose.hold_until + timedelta(minutes=1)) == 1
    assert sum(part.amount for part in booking.due_parts.all()) == Decimal(20)


@pytest.mark.parametrize(
    ("days", "charge", "refund"),
    [(28, 0, 20), (27, 5, 15), (14, 5, 15), (13, 10, 10), (2, 10, 10), (1, 20, 0), (0, 20, 0)],
)
def test_the_notice_in_days_of_the_calendar_says_what_a_date_costs(days, charge, refund):
    booking = book(hall(), pattern=weekly(FAR, 1))
    now = at(FAR - timedelta(days=days), time(18, 59))
    cancel_booking(booking, reason="", actor=booking.made_by, now=now)
    assert cost(booking) == [(Decimal(charge), Decimal(refund))]
    row = CancellationCharge.objects.get()
    assert row.agreed == Decimal(20)
    assert row.why.startswith(f"{days} day" if days else "On the day itself")
    assert row.version_id == booking.occurrences.get().quote_lines.get().version_id


def test_hours_of_notice_are_elapsed_time_in_the_night_the_clocks_change():
    hours = {
        "id": "hours",
        "kind": "cancel",
        "steps": [
            {"notice": ">= 24", "unit": "hours", "charge": 0},
            {"notice": "< 24", "unit": "hours", "charge": "50%"},
        ],
    }
    sunday = date(2027, 3, 28)
    booking = book(hall(hours), pattern=weekly(sunday, 1))
    # 7pm to 7pm by the clock is 23 hours here.
    cancel_booking(booking, reason="", actor=booking.made_by, now=at(date(2027, 3, 27), time(19)))
    assert cost(booking) == [(Decimal(10), Decimal(10))]


def test_each_date_of_a_series_pays_by_its_own_notice():
    booking = book(hall(), pattern=weekly(FAR, 6))
    cancel_booking(booking, reason="", actor=booking.made_by, now=days_before(booking, 7))
    assert [charge for charge, _refund in cost(booking)] == [10, 5, 5, 0, 0, 0]
    entry = AuditEntry.objects.get(verb="booking_cancel_by_hirer")
    assert "charge £20.00, refund £100.00" in entry.words


def test_what_the_venue_calls_off_goes_by_its_own_scale():
    space = hall()
    booking = book(space, pattern=weekly(FAR, 1))
    cancel_booking(
        booking, reason="Flood", actor=manager_of(space.venue), now=days_before(booking, 1)
    )
    assert cost(booking) == [(Decimal(0), Decimal(20))]


def test_newer_rates_change_nothing_that_was_agreed():
    space = hall()
    booking = book(space, pattern=weekly(FAR, 1))
    dear = {**CANCELLING, "steps": [{"notice": ">= 0", "charge": "100%"}]}
    tariff = space.venue.tariff
    tariff.versions.create(
        valid_from=date(2027, 2, 1),
        document={**tariff.versions.get().document, "rules": [dear]},
        published_at=NOW,
    )
    cancel_booking(booking, reason="", actor=booking.made_by, now=days_before(booking, 20))
    assert cost(booking) == [(Decimal(5), Decimal(15))]


def test_a_date_that_was_only_asked_for_costs_nothing():
    booking = book(hall(venue__confirmation=Venue.Confirmation.REQUEST))
    cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    assert cost(booking) == []


def test_rates_that_say_nothing_of_cancelling_leave_it_to_the_venue_and_do_not_stand_in_the_way():
    booking = book(hall(DEPOSIT))
    cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    row = CancellationCharge.objects.get()
    assert (row.charge, row.refund) == (None, None)
    assert "Ask the venue" in row.why
    assert booking.occurrences.get().state == State.CANCELLED_BY_HIRER
    assert "1 to be decided" in AuditEntry.objects.get(verb="booking_cancel_by_hirer").words


def test_a_notice_in_no_step_is_a_question():
    gap = {**CANCELLING, "steps": [{"notice": ">= 28", "charge": 0}]}
    booking = book(hall(gap))
    cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    assert cost(booking) == [(None, None)]


def test_two_scales_that_tie_are_a_question_from_the_start():
    other = {**CANCELLING, "id": "other"}
    booking = book(hall(CANCELLING, other))
    assert CancelTerms.objects.get().question
    cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    assert cost(booking) == [(None, None)]


def test_a_fixed_charge_may_be_more_than_was_agreed_but_nothing_below_zero_is_given_back():
    fixed = {**CANCELLING, "steps": [{"notice": ">= 0", "charge": 35}]}
    booking = book(hall(fixed))
    cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    assert cost(booking) == [(Decimal(35), Decimal(0))]


def test_cancelling_twice_gives_one_charge():
    booking = book(hall(), pattern=weekly(FAR, 2))
    first, second = booking.occurrences.order_by("starts_at")
    cancel_occurrence(first, reason="", actor=booking.made_by, now=NOW)
    with pytest.raises(StepNotPossible):
        cancel_occurrence(first, reason="", actor=booking.made_by, now=NOW)
    with pytest.raises(StepNotPossible):
        cancel_dates(
            booking, dates=[first.pk, second.pk], reason="", actor=booking.made_by, now=NOW
        )
    assert CancellationCharge.objects.count() == 1
    cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    assert CancellationCharge.objects.count() == 2
    row = CancellationCharge.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_cancellation_that_fails_keeps_no_charge(monkeypatch):
    booking = book(hall())

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(notifications, "tell_cancelled", broken)
    with pytest.raises(RuntimeError):
        cancel_booking(booking, reason="", actor=booking.made_by, now=NOW)
    assert not CancellationCharge.objects.exists()
    assert booking.occurrences.get().state == State.CONFIRMED


def test_a_closure_that_takes_the_date_gives_the_money_back():
    booking = book(hall(CANCELLING, BY_VENUE), pattern=weekly(FAR, 1))
    date_ = DisplacedDate(booking.occurrences.get())
    releasing.release([date_], reason="Flood", actor=None, now=NOW)
    assert cost(booking) == [(Decimal(0), Decimal(20))]


@pytest.mark.parametrize("model", [Deposit, DuePart])
def test_no_amount_is_below_zero(model):
    booking = book(hall(DEPOSIT, PAYMENTS))
    row = model.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(amount=Decimal(-1))
    assert booking.pk


def test_booking_and_cancelling_cost_the_same_for_2_dates_and_for_52(count_queries):
    counts = set()
    for dates in (2, 52):
        space, person = hall(), UserFactory()
        made: list[Booking] = []

        def go(space=space, person=person, dates=dates, made=made) -> None:
            made.append(book(space, actor=person, pattern=weekly(FAR, dates)))

        def stop(made=made, person=person) -> None:
            cancel_booking(made[0], reason="", actor=person, now=NOW)

        book(space, actor=person, pattern=weekly(TODAY + timedelta(days=3), 1))
        counts.add((count_queries(go), count_queries(stop)))
        assert CancellationCharge.objects.filter(occurrence__booking=made[0]).count() == dates
    assert len(counts) == 1, counts


def test_the_day_of_a_request_is_its_day_in_london():
    late = datetime(2027, 7, 1, 23, 30, tzinfo=UTC)
    booking = book(hall(), pattern=weekly(date(2027, 10, 5), 1), now=late)
    assert booking.due_parts.first().on == date(2027, 7, 2)
