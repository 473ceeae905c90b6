"""Settling by published rates counts what the quote counted: answers, VAT, terms and help."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bookings.models import (
    AllowanceSpend,
    Booking,
    CancelTerms,
    Deposit,
    DuePart,
    PriceChange,
    QuoteLine,
)
from bookings.requests import OnClash
from bookings.services import preview_booking, requote
from bookings.services.effects import Fate, effects
from bookings.services.settle import settle_venue
from bookings.services.what_if import Period, WhatIf, readable, what_if
from spaces.models import Activity, Space, Venue
from tariffs.models import TariffVersion
from tariffs.services import publish_version
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    SpaceFactory,
    UserFactory,
    open_always,
)
from tests.factories.bookings import NOW, asked, book, evening, weekly
from tests.factories.support import allowance, group_of, member_for, voucher
from tests.factories.tariffs import fee
from tests.factories.terms import CANCELLING, DEPOSIT, PAYMENTS
from tests.factories.vat import opt, register
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
APRIL, APRIL_6 = date(2027, 4, 1), date(2027, 4, 6)
PUBLISHED = NOW + timedelta(days=30)
LATER = NOW + timedelta(days=400)
FOOD = fee("cleaning", "15.00", tag=["food"])
BLOCK = {"id": "block", "kind": "adjust", "when": {"series": ">= 3"}, "percent": "-10"}
SAID_FOOD = {"tag.food": True}


def rates(amount: str, *more: dict[str, Any]) -> dict[str, Any]:
    return sheet(rule("all", amount, target={"spaces": ["any"]}), *more)


def publish(
    venue: Venue, amount: str, *more: dict[str, Any], at: datetime = PUBLISHED
) -> TariffVersion:
    return publish_version(venue, rates(amount, *more), APRIL, actor=None, now=at)


def hall_with(*more: dict[str, Any]) -> Space:
    """£10 an hour and these rules until the end of March; later dates are estimates."""
    space = SpaceFactory(name="Main Hall", slug="hall")
    open_always(space, NOW, days=500)
    began, at = date(2026, 4, 1), NOW - timedelta(days=300)
    document = rates("10.00", *more)
    publish_version(space.venue, document, began, valid_to=APRIL, actor=None, now=at)
    return space


def settled(space: Space, *, at: datetime = PUBLISHED) -> int:
    return settle_venue(space.venue_id, now=at)


def totals(booking: Booking) -> list[Decimal]:
    """What the dates come to that have a firm price, in time order."""
    return [
        sum((line.amount for line in date_.quote_lines.all()), Decimal(0))
        for date_ in booking.occurrences.order_by("starts_at")
        if not any(line.is_estimate for line in date_.quote_lines.all())
    ]


def kept_lines(booking: Booking) -> list[tuple[str, Decimal, Decimal]]:
    rows = QuoteLine.objects.filter(occurrence__booking=booking)
    rows = rows.order_by("occurrence__starts_at", "position")
    return list(rows.values_list("what", "amount", "vat_amount"))


def quoted_lines(booking: Booking) -> list[tuple[str, Decimal, Decimal]]:
    return [
        (line.what, line.amount, line.vat_amount)
        for one in requote(booking).values()
        for line in one.priced.lines
    ]


def tried(space: Space, *more: dict[str, Any], amount: str = "12.00") -> WhatIf:
    document = readable(space.venue, rates(amount, *more))
    return what_if(space.venue, document, Period(NOW.date(), date(2027, 12, 31)), now=LATER)


@pytest.mark.parametrize(("said", "expected"), [(True, "38.00"), (False, "23.00")])
def test_the_answer_at_booking_settles_with_its_fee(said: bool, expected: str) -> None:
    hall = hall_with(FOOD)
    booking = book(hall, pattern=evening(APRIL_6), answers={"tag.food": said})
    publish(hall.venue, "11.50", FOOD)

    assert settled(hall) == 1

    assert totals(booking) == [Decimal(expected)]
    assert kept_lines(booking) == quoted_lines(booking)
    change = PriceChange.objects.get()
    assert change.new_total == Decimal(expected)


def test_what_the_form_asks_of_everybody_answers_the_new_rates_too() -> None:
    """The rates of the booking did not ask about food; those that settle it do."""
    hall = hall_with()
    booking = book(hall, pattern=evening(APRIL_6), activity=Activity.FOOD)
    publish(hall.venue, "11.50", FOOD)

    settled(hall)

    assert totals(booking) == [Decimal("38.00")]
    assert kept_lines(booking) == quoted_lines(booking)


def test_vat_that_is_added_is_in_the_settled_total() -> None:
    hall = hall_with()
    opt(hall.venue)
    register(hall.venue.operator, prices="added")
    booking = book(hall, pattern=evening(APRIL_6))
    publish(hall.venue, "11.50")
    foreseen = effects(hall.venue, rates("11.50"), date(2027, 4, 2), now=PUBLISHED)

    settled(hall)

    # 2 h x £11.50 and a fifth.
    assert totals(booking) == [Decimal("27.60")]
    assert foreseen.sums(Fate.FINAL).then == Decimal("27.60")
    assert kept_lines(booking) == quoted_lines(booking)
    (line,) = QuoteLine.objects.filter(occurrence__booking=booking, kind="vat")
    assert line.amount == Decimal("4.60")


def test_the_payments_due_come_to_the_new_price() -> None:
    hall = hall_with(PAYMENTS, CANCELLING)
    booking = book(hall, pattern=weekly(APRIL_6, 2))
    assert [part.amount for part in booking.due_parts.all()] == [Decimal(10), Decimal(30)]
    publish(hall.venue, "15.00")

    settled(hall)

    assert totals(booking) == [Decimal(30), Decimal(30)]
    parts = list(DuePart.objects.filter(booking=booking).order_by("position"))
    assert [part.amount for part in parts] == [Decimal(15), Decimal(45)]
    # What was agreed for cancelling stays.
    assert CancelTerms.objects.filter(occurrence__booking=booking).count() == 2


def test_a_first_price_brings_its_terms() -> None:
    hall = hall_with()
    TariffVersion.objects.all().delete()
    booking = book(hall, pattern=evening(APRIL_6))
    assert not booking.due_parts.exists()
    soon = NOW + timedelta(hours=1)
    version = publish(hall.venue, "15.00", PAYMENTS, CANCELLING, DEPOSIT, at=soon)

    settled(hall, at=soon)

    assert totals(booking) == [Decimal(30)]
    scale = CancelTerms.objects.get(occurrence__booking=booking)
    assert (scale.rule, scale.version_id) == ("cancelling", version.pk)
    assert Deposit.objects.get(booking=booking).amount == Decimal(150)
    assert [part.amount for part in booking.due_parts.all()] == [Decimal("7.50"), Decimal("22.50")]


def test_refused_dates_are_not_in_the_series() -> None:
    """Two of three dates were free: no block of three, neither when booked nor when settled."""
    hall = hall_with(BLOCK)
    book(hall, pattern=evening(APRIL_6))
    booking = book(hall, pattern=weekly(APRIL_6, 3), on_clash=OnClash.BOOK_FREE)
    assert booking.occurrences.count() == 2
    publish(hall.venue, "11.50", BLOCK)

    settled(hall)

    assert totals(booking) == [Decimal("23.00")] * 2


def test_a_date_with_free_hours_is_left_and_shown() -> None:
    hall = hall_with()
    member = member_for(hall)
    allowance(hall, group_of(member), "2", last_on=date(2027, 12, 31))
    booking = book(
        hall, actor=member, organisation_id=group_of(member).pk, pattern=weekly(APRIL_6, 2)
    )
    before = kept_lines(booking)
    foreseen = effects(hall.venue, rates("15.00"), APRIL, now=PUBLISHED)
    helped = foreseen.sums(Fate.HELPED)
    assert (helped.dates, helped.now, helped.then) == (1, Decimal(0), Decimal(0))
    assert foreseen.sums(Fate.FINAL).then == Decimal(30)
    publish(hall.venue, "15.00")

    settled(hall)

    # The second date has no free hours left and is settled; the first is as it was.
    assert totals(booking) == [Decimal(30)]
    assert kept_lines(booking)[: len(before) - 1] == before[:-1]
    assert AllowanceSpend.objects.get().counted == Decimal(120)


def test_past_bookings_are_tried_with_their_answers_and_vat() -> None:
    hall = hall_with(FOOD)
    opt(hall.venue)
    register(hall.venue.operator, prices="added")
    day = date(2027, 1, 12)
    booking = book(hall, pattern=evening(day), answers=SAID_FOOD)

    same, dearer = tried(hall, FOOD, amount="10.00"), tried(hall, FOOD)

    (charged,) = totals(booking)
    assert charged == Decimal("42.00")
    assert (same.total.now, same.total.then) == (charged, charged)
    next_day = day + timedelta(days=1)
    version = publish_version(hall.venue, rates("12.00", FOOD), next_day, actor=None, now=NOW)
    ask = asked(hall, pattern=evening(next_day), answers=SAID_FOOD)
    plan = preview_booking(ask, actor=UserFactory(), now=NOW)
    assert plan.dates[0].quote is not None
    assert plan.dates[0].quote.version_id == version.pk
    assert dearer.total.then == plan.total == Decimal("46.80")


def test_past_bookings_are_compared_before_help() -> None:
    hall = hall_with()
    _row, code = voucher(hall.venue, "5")
    booking = book(hall, voucher_code=code)
    assert totals(booking) == [Decimal(15)]

    found = tried(hall)

    assert (found.total.now, found.total.then) == (Decimal(20), Decimal(24))


def test_what_the_venue_knows_of_each_hirer_counts() -> None:
    """A group of another council is no resident; dates of the year before count up."""
    rules = (
        {"id": "near", "kind": "adjust", "when": {"resident": False}, "percent": "50"},
        fee("regular", "1.00", bookings_this_year=">= 2"),
    )
    hall = hall_with()
    away = MembershipFactory(organisation=OrganisationFactory(), role="owner")
    far = book(
        hall, actor=away.user, organisation_id=away.organisation_id, pattern=weekly(APRIL_6, 3)
    )
    near = book(hall, actor=member_for(hall), pattern=evening(date(2027, 4, 7)))
    publish(hall.venue, "10.00", *rules)

    settled(hall)

    # Nothing was hired before this series was booked.
    assert totals(far) == [Decimal(30), Decimal(30), Decimal(30)]
    assert kept_lines(far) == quoted_lines(far)
    assert kept_lines(near) == quoted_lines(near)


@pytest.mark.parametrize("hirers", [1, 6])
def test_many_hirers_cost_the_same_queries(hirers: int, max_queries: MaxQueries) -> None:
    hall = hall_with()
    for n in range(hirers):
        book(hall, pattern=evening(date(2027, 1, 12 + n)))
    with max_queries(9):
        found = tried(hall, fee("busy", "1.00", hours_this_year=">= 2"))
    assert found.dates == hirers
