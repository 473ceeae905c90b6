"""A block of sports lets is exempt, breaks when a date goes, and nobody is charged unasked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from bookings.models import Booking, QuoteLine, VatChange
from bookings.requests import OnClash
from bookings.services import (
    cancel_booking,
    cancel_dates,
    cancel_occurrence,
    preview_booking,
    settle_vat_change,
)
from bookings.services.vat import if_cancelled
from core.errors import BadInput, NotAllowed, StateConflict
from notices.models import Notice
from spaces.models import Space
from tests.factories import SpaceFactory, UserFactory, open_always
from tests.factories.bookings import NOW, asked, book, weekly
from tests.factories.roles import VenueRoleFactory
from tests.factories.tariffs import flat_rates
from tests.factories.vat import club_block, decide, opt, register, sports_hall
from tests.plugins.budgets import MaxQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Space:
    return sports_hall()


@pytest.fixture
def manager(hall: Space) -> User:
    made: User = VenueRoleFactory(venue=hall.venue).user
    return made


def member_of(booking: Booking) -> User:
    assert booking.made_by
    return booking.made_by


def fresh(booking: Booking) -> Booking:
    return Booking.objects.prefetch_related("occurrences__quote_lines").get(pk=booking.pk)


def total(booking: Booking) -> Decimal:
    lines = QuoteLine.objects.filter(occurrence__booking=booking)
    live = lines.filter(occurrence__state__in=["confirmed", "requested"])
    return sum((line.amount for line in live), Decimal("0.00"))


def vat(booking: Booking) -> Decimal:
    lines = QuoteLine.objects.filter(occurrence__booking=booking)
    live = lines.filter(occurrence__state__in=["confirmed", "requested"])
    return sum((line.vat_amount for line in live), Decimal("0.00"))


def without(booking: Booking, *numbers: int, actor: User | None = None) -> None:
    """Cancel the dates of these numbers, counted from 1."""
    ids = list(booking.occurrences.values_list("pk", flat=True))
    cancel_dates(
        booking,
        dates=[ids[n - 1] for n in numbers],
        reason="",
        actor=actor or member_of(booking),
        now=NOW,
    )


def test_a_clubs_block_is_exempt_and_says_why(hall: Space) -> None:
    booking = club_block(hall)
    line = QuoteLine.objects.filter(occurrence__booking=booking).first()
    assert line
    assert (line.vat, line.vat_rate, line.vat_amount) == ("exempt", 0, 0)
    assert line.vat_rule == "vat.series"
    assert "10 or more" in line.vat_why
    assert total(booking) == Decimal("360.00")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"count": 9}, "There are 9 dates"),
        ({"pays_as_whole": None}, "agreed in writing"),
        ({"pays_as_whole": False}, "agreed in writing"),
    ],
)
def test_a_block_that_meets_not_every_condition_carries_vat(
    hall: Space, fields: dict[str, object], words: str
) -> None:
    booking = club_block(hall, **fields)
    line = QuoteLine.objects.filter(occurrence__booking=booking).first()
    assert line
    assert (line.vat, line.vat_rate, line.vat_amount) == ("inclusive", 20, Decimal("5.00"))
    assert words in line.vat_why


def test_a_private_person_has_no_series(hall: Space) -> None:
    booking = book(hall, pattern=weekly(date(2027, 1, 12), 12), pays_as_whole=True)
    assert vat(booking) == Decimal("60.00")


def test_the_test_is_run_over_the_dates_that_are_free(hall: Space) -> None:
    club_block(hall, count=3)
    group = club_block(hall, count=12, title="Second", on_clash=OnClash.BOOK_FREE)
    assert group.occurrences.count() == 9
    assert vat(group) == Decimal("45.00")


def test_what_a_cancellation_would_do_is_told_before(hall: Space) -> None:
    booking = fresh(club_block(hall))
    dates = list(booking.occurrences.all())
    assert if_cancelled(booking) is None
    assert if_cancelled(booking, [dates[0].pk]) is None

    breaks = if_cancelled(booking, [dates[3].pk, dates[4].pk])

    assert breaks
    assert [failed.code for failed in breaks.answer.failed_conditions] == ["gap_too_long"]
    assert breaks.amount == Decimal("50.00")
    assert breaks.words == (
        "The block no longer counts as a series for VAT. After Tuesday 26 January 2027 there "
        "is a gap of 21 days, and 14 is the most. £50.00 VAT becomes due on the other dates. "
        "The price includes it, so what you pay stays the same."
    )


def test_a_broken_block_is_on_record_and_nobody_is_charged(hall: Space, manager: User) -> None:
    booking = club_block(hall)
    Notice.objects.all().delete()

    without(booking, 4, 5)

    change = VatChange.objects.get(booking=booking)
    assert (change.amount, change.rate, change.is_added) == (Decimal("50.00"), 20, False)
    assert change.failed == ["gap_too_long"]
    assert total(booking) == Decimal("300.00")
    assert vat(booking) == 0
    assert AuditEntry.objects.filter(verb="vat_series_broken", subject_id=booking.pk).exists()
    told = Notice.objects.filter(event="manager_vat_due")
    assert [notice.to_email for notice in told] == [manager.email]
    assert "£50.00 VAT" in told.get().context["vat"]


def test_a_block_that_stays_a_series_leaves_no_change(hall: Space) -> None:
    booking = club_block(hall)
    without(booking, 4)
    without(booking, 12)
    assert not VatChange.objects.exists()


def test_a_date_that_makes_them_too_few_breaks_it(hall: Space) -> None:
    booking = club_block(hall, count=10)
    cancel_occurrence(booking.occurrences.all()[9], reason="", actor=member_of(booking), now=NOW)
    assert VatChange.objects.get().failed == ["too_few"]
    assert VatChange.objects.get().amount == Decimal("45.00")


def test_further_dates_that_go_change_the_sum_and_the_last_takes_it_away(hall: Space) -> None:
    booking = club_block(hall, count=10)
    without(booking, 10)
    without(booking, 9)
    assert VatChange.objects.get().amount == Decimal("40.00")
    cancel_booking(booking, reason="", actor=member_of(booking), now=NOW)
    assert not VatChange.objects.exists()


def test_dates_that_are_over_count_and_owe(hall: Space) -> None:
    booking = club_block(hall, count=10)
    later = NOW + timedelta(days=30)
    cancel_booking(booking, reason="", actor=member_of(booking), now=later)
    assert VatChange.objects.get().amount == Decimal("20.00")


def test_a_venue_that_bears_it_keeps_the_price_and_owes_what_is_within(
    hall: Space, manager: User
) -> None:
    booking = club_block(hall)
    without(booking, 4, 5)

    settled = settle_vat_change(VatChange.objects.get(), "borne", actor=manager, now=NOW)

    assert settled.settled_at == NOW
    assert total(booking) == Decimal("300.00")
    assert vat(booking) == Decimal("50.00")
    without(booking, 6)
    assert VatChange.objects.count() == 1


def test_vat_on_top_is_added_only_when_the_manager_says_so(manager: User, hall: Space) -> None:
    hall.venue.operator.vat_registrations.update(prices="added")
    booking = club_block(hall)
    without(booking, 4, 5)
    assert VatChange.objects.get().amount == Decimal("60.00")
    assert total(booking) == Decimal("300.00")

    settle_vat_change(VatChange.objects.get(), "added", actor=manager, now=NOW)

    assert total(booking) == Decimal("360.00")
    assert vat(booking) == Decimal("60.00")
    assert Notice.objects.filter(event="booking_vat_added").count() == 1
    assert AuditEntry.objects.filter(verb="vat_change_settled").exists()


def test_vat_on_top_that_the_venue_bears_comes_out_of_the_price(manager: User, hall: Space) -> None:
    hall.venue.operator.vat_registrations.update(prices="added")
    booking = club_block(hall)
    without(booking, 4, 5)
    settled = settle_vat_change(VatChange.objects.get(), "borne", actor=manager, now=NOW)
    assert (total(booking), settled.amount) == (Decimal("300.00"), Decimal("50.00"))


def test_only_managers_settle_only_once_and_only_as_the_rates_allow(
    hall: Space, manager: User
) -> None:
    booking = club_block(hall)
    without(booking, 4, 5)
    change = VatChange.objects.get()
    for stranger in (member_of(booking), UserFactory()):
        with pytest.raises(NotAllowed):
            settle_vat_change(change, "borne", actor=stranger, now=NOW)
    for how in ("added", "forgotten"):
        with pytest.raises(BadInput):
            settle_vat_change(change, how, actor=manager, now=NOW)
    settle_vat_change(change, "borne", actor=manager, now=NOW)
    with pytest.raises(StateConflict):
        settle_vat_change(change, "borne", actor=manager, now=NOW)


def test_a_booking_has_one_open_change(hall: Space) -> None:
    booking = club_block(hall)
    without(booking, 4, 5)
    fields = {"at": NOW, "failed": [], "words": "", "amount": 1, "rate": 20, "is_added": False}
    with pytest.raises(IntegrityError), transaction.atomic():
        VatChange.objects.create(booking=booking, **fields)


def test_a_venue_that_cancels_breaks_it_too(hall: Space, manager: User) -> None:
    booking = club_block(hall)
    without(booking, 4, 5, actor=manager)
    assert VatChange.objects.exists()


def test_sport_in_a_space_that_nobody_decided_on_waits_for_the_manager() -> None:
    room = SpaceFactory()
    open_always(room, NOW)
    flat_rates(room.venue)
    register(room.venue.operator)
    plan = preview_booking(asked(room, activity="sport"), actor=UserFactory(), now=NOW)
    assert not plan.is_instant
    assert plan.total == Decimal("20.00")
    assert preview_booking(asked(room), actor=UserFactory(), now=NOW).is_instant
    decide(room, is_sports=False)
    assert preview_booking(asked(room, activity="sport"), actor=UserFactory(), now=NOW).is_instant


def test_nothing_changes_where_nobody_is_registered() -> None:
    room = SpaceFactory()
    open_always(room, NOW)
    flat_rates(room.venue)
    opt(room.venue)
    booking = book(room)
    line = QuoteLine.objects.get(occurrence__booking=booking)
    assert (line.amount, line.vat, line.vat_amount) == (Decimal("20.00"), "outside", 0)


@pytest.mark.parametrize("count", [10, 40])
def test_a_quote_of_a_block_costs_the_same_for_any_number_of_dates(
    count: int, hall: Space, max_queries: MaxQueries
) -> None:
    wanted = asked(hall, pattern=weekly(date(2027, 1, 12), count), activity="sport")
    actor = UserFactory()
    with max_queries(24):
        preview_booking(wanted, actor=actor, now=NOW)
