"""Help with the price is kept with the booking, counted by the database, and given back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Organisation, User
from bookings import subsidy
from bookings.errors import BookingRefused, CostsMore
from bookings.models import Allowance, AllowanceSpend, GrantShare, QuoteLine, Voucher, VoucherUse
from bookings.requests import OnClash
from bookings.services import (
    approve_booking,
    cancel_booking,
    cancel_occurrence,
    decline_booking,
    expire_lapsed,
    preview_booking,
)
from bookings.services.support import codes, granting
from bookings.subsidy import By
from core.errors import BadInput, NotAllowed
from spaces.claims import violated_constraint
from spaces.models import Space, Venue
from tests.factories import SpaceFactory, UserFactory, VenueFactory, open_always
from tests.factories.accounts import OrganisationFactory
from tests.factories.bookings import NOW, asked, book, evening, weekly
from tests.factories.roles import CouncilRoleFactory, OperatorRoleFactory
from tests.factories.support import (
    LAST,
    allowance,
    grant,
    group_of,
    manager_of,
    member_for,
    voucher,
    where,
)
from tests.factories.tariffs import flat_rates

pytestmark = pytest.mark.django_db
TUESDAY = date(2027, 1, 12)


@pytest.fixture
def hall() -> Space:
    space = SpaceFactory()
    open_always(space, NOW, days=220)
    flat_rates(space.venue)
    return space


@pytest.fixture
def member(hall: Space) -> User:
    return member_for(hall)


@pytest.fixture
def group(member: User) -> Organisation:
    return group_of(member)


def booked(hall: Space, member: User, **more: Any) -> Any:
    """Two hours for £20, full price £40, for the member's group."""
    return book(hall, actor=member, organisation_id=group_of(member).pk, **more)


def charged(booking: Any) -> Decimal:
    lines = QuoteLine.objects.filter(occurrence__booking=booking)
    return sum((line.amount for line in lines), Decimal(0))


def left(row: Any) -> str:
    row.refresh_from_db()
    return f"{row.left:.2f}"


def test_free_hours_are_spent_and_their_lines_are_kept(
    hall: Space, member: User, group: Organisation
) -> None:
    given = allowance(hall, group, "5")
    booking = booked(hall, member, pattern=weekly(TUESDAY, 3))
    assert charged(booking) == 10
    assert left(given) == "0.00"
    kept = QuoteLine.objects.filter(kind="allowance").order_by("occurrence__starts_at")
    assert [str(line.amount) for line in kept] == ["-20.00", "-20.00", "-10.00"]
    assert "2 hours of your free hours" in kept[0].why
    assert kept[0].list_amount == 0


def test_the_preview_shows_what_will_be_booked_and_what_is_left(
    hall: Space, member: User, group: Organisation
) -> None:
    allowance(hall, group, "40")
    plan = preview_booking(asked(hall, organisation_id=group.pk), actor=member, now=NOW)
    assert plan.total == 0
    said = "You then have 38 hours of 40 hours left until Wednesday 31 March 2027."
    assert said in plan.notes[0]
    assert AllowanceSpend.objects.count() == 0
    whole = asked(hall, organisation_id=group.pk, use_allowance=False)
    assert preview_booking(whole, actor=member, now=NOW).total == 20


def test_dates_that_cannot_be_had_spend_nothing(
    hall: Space, member: User, group: Organisation
) -> None:
    given = allowance(hall, group, "2")
    book(hall)
    booking = booked(hall, member, pattern=weekly(TUESDAY, 2), on_clash=OnClash.BOOK_FREE)
    assert booking.occurrences.count() == 1
    assert (charged(booking), left(given)) == (0, "0.00")


@pytest.mark.parametrize("confirmation", ["instant", "request"])
def test_a_cancelled_date_gives_its_hours_back(confirmation: str) -> None:
    hall = SpaceFactory(venue=VenueFactory(confirmation=confirmation))
    flat_rates(hall.venue)
    member = member_for(hall)
    given = allowance(hall, group_of(member), "40")
    money = grant(hall, group_of(member), "100", percent="50")
    booking = booked(hall, member, pattern=weekly(TUESDAY, 3), use_allowance=False)
    assert left(money) == "70.00"
    booking = booked(hall, member, pattern=weekly(TUESDAY + timedelta(days=1), 3))
    assert left(given) == f"{60 * 34}.00"
    first = booking.occurrences.first()
    cancel_occurrence(first, reason="Ill", actor=member, now=NOW)
    assert left(given) == f"{60 * 36}.00"
    cancel_booking(booking, reason="Ill", actor=member, now=NOW)
    assert left(given) == f"{60 * 40}.00"


def test_declined_and_lapsed_requests_give_everything_back() -> None:
    hall = SpaceFactory(venue=VenueFactory(confirmation="request", answer_hours=24))
    flat_rates(hall.venue)
    member = member_for(hall)
    manager = manager_of(hall.venue)
    money = grant(hall, group_of(member), "100", percent="50")
    given, code = voucher(hall.venue, once_each=False, uses=3)
    declined = booked(hall, member, voucher_code=code)
    assert (left(money), left(given)) == ("92.50", "2.00")
    decline_booking(declined, reason="No", actor=manager, now=NOW)
    assert (left(money), left(given)) == ("100.00", "3.00")
    booked(hall, member, voucher_code=code)
    expire_lapsed(now=NOW + timedelta(hours=25))
    assert (left(money), left(given)) == ("100.00", "3.00")
    approved = booked(hall, member, voucher_code=code)
    approve_booking(approved, actor=manager, now=NOW)
    assert (left(money), left(given)) == ("92.50", "2.00")


def test_free_hours_of_another_group_venue_or_council_do_not_count(
    hall: Space, member: User, group: Organisation
) -> None:
    allowance(hall, OrganisationFactory(council=hall.venue.council))
    other = SpaceFactory(venue=VenueFactory(operator=hall.venue.operator))
    allowance(other, group)
    assert charged(booked(hall, member)) == 20
    boss = OperatorRoleFactory(operator=hall.venue.operator).user
    terms = granting.HoursGiven(organisation=group, hours=Decimal(2))
    granting.grant_allowance(where(other.venue, everywhere=True), terms, actor=boss, now=NOW)
    assert charged(booked(hall, member, pattern=evening(TUESDAY + timedelta(days=1)))) == 0


def test_hours_that_were_ended_are_spent_no_more(
    hall: Space, member: User, group: Organisation
) -> None:
    given = allowance(hall, group)
    booked(hall, member)
    granting.end_allowance(given, actor=manager_of(hall.venue), now=NOW)
    assert charged(booked(hall, member, pattern=evening(TUESDAY + timedelta(days=1)))) == 20
    assert left(given) == f"{38 * 60}.00"


def test_what_is_shown_is_never_exceeded(hall: Space, member: User, group: Organisation) -> None:
    allowance(hall, group, "2")
    booked(hall, member, at_most=Decimal(0))
    with pytest.raises(CostsMore, match=r"£20\.00"):
        booked(hall, member, pattern=evening(TUESDAY + timedelta(days=1)), at_most=Decimal(0))
    assert QuoteLine.objects.filter(occurrence__booking__organisation=group).count() == 2


def test_a_voucher_is_used_once_each_and_typed_as_people_type(hall: Space, member: User) -> None:
    given, code = voucher(hall.venue, uses=2)
    typed = f" {code.lower().replace('-', ' ')} "
    assert charged(booked(hall, member, voucher_code=typed)) == 15
    with pytest.raises(BookingRefused, match="used this voucher already"):
        booked(hall, member, pattern=evening(TUESDAY + timedelta(days=1)), voucher_code=code)
    later = evening(TUESDAY + timedelta(days=2))
    assert charged(book(hall, pattern=later, voucher_code=code)) == 15
    with pytest.raises(BookingRefused, match="used up"):
        book(hall, pattern=evening(TUESDAY + timedelta(days=3)), voucher_code=code)
    assert left(given) == "0.00"


def test_a_code_is_kept_nowhere(hall: Space) -> None:
    given, code = voucher(hall.venue)
    plain = code.replace("-", "")
    assert given.digest == codes.digest_of(code)
    kept = str(Voucher.objects.values().get()) + str(list(AuditEntry.objects.values()))
    assert code not in kept
    assert plain not in kept


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"first_on": date(2027, 1, 6)}, "from Wednesday 6 January 2027"),
        ({"last_on": date(2027, 1, 4)}, "ran out on Monday 4 January 2027"),
        ({"categories": ["charity"]}, "only for: Charity"),
    ],
)
def test_a_voucher_that_cannot_be_used_says_why(
    hall: Space, more: dict[str, Any], why: str
) -> None:
    _given, code = voucher(hall.venue, **more)
    with pytest.raises(BookingRefused, match=why):
        book(hall, voucher_code=code)


def test_a_strangers_voucher_is_as_unknown_as_none(hall: Space) -> None:
    _elsewhere, code = voucher(VenueFactory())
    said = set()
    for typed in (code, "2222-2222-2222"):
        with pytest.raises(BookingRefused) as refused:
            book(hall, voucher_code=typed)
        said.add(refused.value.breaches[0].message)
    assert said == {"We do not know this voucher here. Check the code, or leave it empty."}


def test_wrong_codes_cannot_be_tried_for_ever(hall: Space) -> None:
    cache.clear()
    _given, code = voucher(hall.venue)
    person = UserFactory()
    for _n in range(codes.MOST_MISSES):
        codes.note_miss(person)
    plan = preview_booking(asked(hall, voucher_code=code), actor=person, now=NOW)
    assert "Wait an hour" in plan.breaches[0].message
    other = preview_booking(asked(hall, voucher_code=code), actor=UserFactory(), now=NOW)
    assert other.breaches == ()


def test_a_stopped_voucher_leaves_bookings_as_they_are(hall: Space, member: User) -> None:
    given, code = voucher(hall.venue, uses=5, once_each=False)
    booking = booked(hall, member, voucher_code=code)
    granting.stop_voucher(given, actor=manager_of(hall.venue), now=NOW)
    assert charged(booking) == 15
    with pytest.raises(BookingRefused, match="was stopped"):
        booked(hall, member, pattern=evening(TUESDAY + timedelta(days=1)), voucher_code=code)


def test_a_grant_pays_until_its_budget_is_used(
    hall: Space, member: User, group: Organisation
) -> None:
    money = grant(hall, group, "25", percent="50")
    assert charged(booked(hall, member, pattern=weekly(TUESDAY, 3))) == 35
    assert left(money) == "0.00"


@pytest.mark.parametrize("source", ["allowance", "grant", "voucher"])
def test_the_database_refuses_more_than_there_is(
    source: str, hall: Space, member: User, group: Organisation
) -> None:
    """Whoever writes: even what takes no lock."""
    rows: dict[str, Any] = {
        "allowance": lambda: (allowance(hall, group, "1"), AllowanceSpend),
        "grant": lambda: (grant(hall, group, "60", percent="50"), GrantShare),
        "voucher": lambda: (voucher(hall.venue)[0], VoucherUse),
    }
    given, model = rows[source]()
    booking = booked(SpaceFactory(venue=VenueFactory(council=hall.venue.council)), member)
    target = {"booking": booking} if model is VoucherUse else {
        "occurrence": booking.occurrences.get()
    }  # fmt: skip
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.create(source=given, counted=61, amount=1, **target)
    assert str(violated_constraint(refused.value)).startswith(f"{source}_not_over")
    assert given.used == 0


def test_only_those_who_run_the_venue_give_help(hall: Space, group: Organisation) -> None:
    terms = granting.HoursGiven(organisation=group, hours=Decimal(2))
    strangers = (UserFactory(), manager_of(VenueFactory()), CouncilRoleFactory().user)
    for actor in strangers:
        with pytest.raises(NotAllowed):
            granting.grant_allowance(where(hall.venue), terms, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        granting.grant_allowance(
            where(hall.venue, everywhere=True), terms, actor=manager_of(hall.venue), now=NOW
        )
    given = allowance(hall, group)
    for actor in strangers:
        with pytest.raises(NotAllowed):
            granting.end_allowance(given, actor=actor, now=NOW)


def test_help_that_makes_no_sense_is_refused(hall: Space, group: Organisation) -> None:
    for more in ({"last_on": date(2026, 1, 1)}, {"reason": " "}, {"space_ids": [0]}):
        with pytest.raises(BadInput):
            allowance(hall, group, **more)
    for hours in ("0", "9999", "NaN"):
        with pytest.raises(BadInput):
            allowance(hall, group, hours)
    with pytest.raises(BadInput):
        allowance(hall, OrganisationFactory())
    for more in ({}, {"percent": "5", "per_date": "5"}, {"percent": "101"}):
        with pytest.raises(BadInput):
            grant(hall, group, "10", **more)
    for value, kind in (("101", "percent"), ("0", "pounds"), ("5", "cake")):
        with pytest.raises(BadInput):
            voucher(hall.venue, value, kind)
    assert Allowance.objects.count() == 0


def test_the_subsidy_is_on_record_by_cause(
    hall: Space, member: User, group: Organisation, max_queries: Any
) -> None:
    allowance(hall, group, "1")
    _given, code = voucher(hall.venue, "4")
    grant(hall, group, "100", percent="50")
    booked(hall, member, voucher_code=code)
    book(hall, pattern=evening(TUESDAY + timedelta(days=30)))
    venues = Venue.objects.filter(pk=hall.venue_id)
    with max_queries(1):
        rows = subsidy.subsidies(venues, by=By.ORGANISATION, first=TUESDAY, last=LAST)
    assert [row.name for row in rows] == ["Private people", group.name]
    sums = rows[1].sums
    parts = (sums.full, sums.discount, sums.allowance, sums.voucher, sums.grant, sums.charged)
    assert [str(part) for part in parts] == ["40.00", "20.00", "10.00", "4.00", "3.00", "3.00"]
    assert sums.subsidy == 34
    months = subsidy.subsidies(venues, by=By.MONTH, first=TUESDAY, last=LAST)
    assert [row.name for row in months] == ["January 2027", "February 2027"]
    assert subsidy.total(months).charged == 23
    kinds = subsidy.subsidies(venues, by=By.CATEGORY, first=TUESDAY, last=LAST)
    assert [row.name for row in kinds] == ["Community group", "Private person or family"]
    for booking in (group.bookings.get(),):
        lines = list(QuoteLine.objects.filter(occurrence__booking=booking))
        assert subsidy.of_lines(lines) == sums


@pytest.mark.parametrize("dates", [2, 20])
def test_help_costs_the_same_number_of_questions_for_any_number_of_dates(
    hall: Space, member: User, group: Organisation, dates: int, count_queries: Any
) -> None:
    request = asked(hall, organisation_id=group.pk, pattern=weekly(date(2027, 1, 6), dates))
    preview_booking(request, actor=member, now=NOW)
    before = count_queries(lambda: preview_booking(request, actor=member, now=NOW))
    allowance(hall, group, "3")
    grant(hall, group, "30", percent="5")
    after = count_queries(lambda: preview_booking(request, actor=member, now=NOW))
    assert after == before
