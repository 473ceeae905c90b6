"""Past bookings by other rates: sums that can be reckoned by hand."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from bookings.models import Booking, QuoteLine, WhatIfRun
from bookings.services import cancel_booking
from bookings.services.stored import ask_of, stored_dates
from bookings.services.what_if import (
    Period,
    WhatIf,
    begin,
    forget,
    last_year,
    newest,
    readable,
    what_if,
    work_out,
)
from bookings.services.what_if.kept import from_json, to_json
from bookings.services.what_if.replay import STOOD
from core.errors import BadInput, NotAllowed
from spaces.models import Space, StockItem
from tariffs.models import Tariff, TariffVersion
from tests.factories import MembershipFactory, OrganisationFactory, SpaceFactory, UserFactory
from tests.factories.bookings import NOW, book, evening, weekly
from tests.factories.roles import VenueRoleFactory
from tests.factories.spaces import open_always
from tests.factories.tariffs import flat_rates
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import rule, sheet

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)
YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))
LATER = NOW + timedelta(days=400)


@pytest.fixture
def hall() -> Space:
    """£10 an hour for everybody, £20 for a business."""
    space = SpaceFactory(name="Main Hall", slug="hall")
    open_always(space, NOW, days=1500)
    flat_rates(space.venue)
    return space


def group(space: Space, category: str) -> Any:
    """Somebody who books for a group of that kind."""
    organisation = OrganisationFactory(council=space.venue.council, category=category)
    return MembershipFactory(organisation=organisation, role="owner")


def booked(space: Space, member: Any, **fields: Any) -> Booking:
    return book(space, actor=member.user, organisation_id=member.organisation_id, **fields)


def draft(*rules: Any, **more: Any) -> dict[str, Any]:
    return sheet(*rules, **more)


def tried(space: Space, document: dict[str, Any]) -> WhatIf:
    return what_if(space.venue, readable(space.venue, document), YEAR, now=LATER)


EVERYBODY = {"target": {"spaces": ["any"]}}


def test_sums_by_category_space_and_hirer(hall: Space) -> None:
    community, business = group(hall, "community"), group(hall, "commercial")
    booked(hall, community, pattern=weekly(DAY, 3))
    booked(hall, business, pattern=evening(date(2027, 1, 13)))
    document = draft(
        rule("business", "18.00", category=["commercial"], **EVERYBODY),
        rule("others", "12.50", **EVERYBODY),
    )

    found = tried(hall, document)

    # 3 x 2 h x £10 and 2 h x £20 now; 3 x 2 h x £12.50 and 2 h x £18 then.
    assert (found.dates, found.total.dates) == (4, 4)
    assert (found.total.now, found.total.then) == (Decimal("100.00"), Decimal("111.00"))
    assert found.total.percent == Decimal("11.0")
    assert found.by_category["community"].then == Decimal("75.00")
    assert found.by_space.keys() == {"Main Hall"}
    ((key, sums),) = found.paying_over(Decimal(10))
    assert key == f"organisation:{community.organisation_id}"
    assert (sums.more, sums.percent) == (Decimal("15.00"), Decimal("25.0"))
    assert [key for key, _ in found.paying_less()] == [f"organisation:{business.organisation_id}"]
    assert found.paying_over(Decimal(25)) == []


def test_spaces_hired_together_are_one_row_and_sum_exactly(hall: Space) -> None:
    kitchen = SpaceFactory(venue=hall.venue, name="Kitchen", slug="kitchen", position=9)
    open_always(kitchen, NOW, days=400)
    flat_rates(hall.venue)
    book(hall, kitchen)
    document = draft(rule("hall", "11.00"), rule("kitchen", "3.00", target={"spaces": ["kitchen"]}))

    found = tried(hall, document)

    (name,) = found.by_space
    assert set(name.split(" + ")) == {"Main Hall", "Kitchen"}
    assert found.by_space[name].then == found.total.then == Decimal("28.00")


def test_a_date_that_would_need_a_decision_is_told_with_its_question(hall: Space) -> None:
    booking = book(hall)
    document = draft(rule("business", "18.00", category=["commercial"], **EVERYBODY))

    found = tried(hall, document)

    assert (found.open, found.total.dates) == (1, 0)
    (date_,) = found.open_dates
    assert date_.reference == booking.reference
    assert date_.questions
    assert found.questions == dict.fromkeys(date_.questions, 1)


def test_hours_that_get_a_price_for_the_first_time(hall: Space) -> None:
    flat_rates(hall.venue, amount="0.00")
    book(hall)
    without_price = book(hall, pattern=evening(date(2027, 1, 14), ends=time(20, 30)))
    QuoteLine.objects.filter(occurrence__booking=without_price).delete()

    found = tried(hall, draft(rule("all", "5.00", **EVERYBODY)))

    assert (found.new_dates, found.new_hours) == (2, Decimal("3.5"))
    assert found.unpriced == 1
    # Whoever paid nothing and would pay is among those who pay more, at any threshold.
    assert len(found.paying_over(Decimal(900))) == 1


def test_only_what_stood_in_the_period_counts(hall: Space) -> None:
    hirer = UserFactory()
    booking = book(hall, actor=hirer)
    cancel_booking(booking, reason="", actor=hirer, now=NOW)
    book(hall, pattern=evening(date(2028, 2, 1)))
    assert tried(hall, draft(rule("all", "5.00", **EVERYBODY))).dates == 0


def test_items_people_and_place_in_the_series_are_asked_as_they_were(hall: Space) -> None:
    chairs = StockItem.objects.create(venue=hall.venue, name="Folding chairs", quantity=50)
    flat_rates(hall.venue)
    book(hall, pattern=weekly(DAY, 3), items=((chairs.pk, 4),), people=33)

    span = YEAR.span
    dates = stored_dates(hall.venue_id, STOOD, start=span.start, end=span.end, now=LATER)

    asks = [ask_of(one) for one in dates]
    assert [(ask.people, ask.items[0].slug, ask.items[0].quantity) for ask in asks] == [
        (33, "folding-chairs", 4)
    ] * 3
    assert [ask.told["series.ordinal"] for ask in asks] == [1, 2, 3]
    assert {ask.told["series.count"] for ask in asks} == {3}
    assert dates[0].charged == Decimal("24.00")


def test_bookings_kept_private_are_counted_as_one(hall: Space) -> None:
    for day in (12, 13):
        book(hall, pattern=evening(date(2027, 1, day)), visibility="sensitive")
    found = tried(hall, draft(rule("all", "20.00", **EVERYBODY)))
    assert found.by_hirer.keys() == {"private"}
    assert found.by_hirer["private"].dates == 2


@pytest.mark.parametrize("dates", [1, 60])
def test_it_costs_the_same_queries_for_any_number(
    hall: Space, dates: int, max_queries: MaxQueries
) -> None:
    book(hall, pattern=weekly(DAY, dates))
    document = readable(hall.venue, draft(rule("all", "12.00", **EVERYBODY)))
    with max_queries(6):
        found = what_if(hall.venue, document, Period(DAY, date(2029, 1, 1)), now=LATER)
    assert found.dates == dates


def test_the_answer_comes_back_from_json_as_it_was(hall: Space) -> None:
    book(hall)
    for rules in (rule("all", "12.00", **EVERYBODY), rule("b", "1", category=["commercial"])):
        found = tried(hall, draft(rules))
        assert from_json(json.loads(json.dumps(to_json(found)))) == found


def test_many_dates_are_worked_out_by_the_worker(hall: Space) -> None:
    book(hall)
    tariff = Tariff.objects.get(venue=hall.venue)
    version = TariffVersion.objects.create(
        tariff=tariff,
        valid_from=date(2028, 1, 1),
        document=draft(rule("all", "12.00", **EVERYBODY)),
    )
    manager = VenueRoleFactory(venue=hall.venue).user
    with pytest.raises(NotAllowed):
        begin(version, YEAR, actor=UserFactory(), now=LATER)
    run = begin(version, YEAR, actor=manager, now=LATER)
    job = ProcrastinateJob.objects.filter(task_name="bookings.what_if").latest("id")
    assert job.args == {"run_id": run.pk}

    work_out(run.pk, now=LATER)
    work_out(run.pk, now=LATER)

    found = newest(version, YEAR)
    assert found is not None
    assert (found.state, found.dates_done, found.dates_total) == (WhatIfRun.State.DONE, 1, 1)
    assert from_json(found.result).total.then == Decimal("24.00")
    # A draft that was changed since has no answer yet.
    version.document = draft(rule("all", "13.00", **EVERYBODY))
    assert newest(version, YEAR) is None
    assert forget(LATER + timedelta(days=8)) == 1


def test_a_draft_that_cannot_be_read_ends_the_run(hall: Space) -> None:
    version = TariffVersion.objects.create(
        tariff=Tariff.objects.get(venue=hall.venue), valid_from=DAY, document={"rules": 7}
    )
    run = begin(version, YEAR, actor=VenueRoleFactory(venue=hall.venue).user, now=LATER)
    work_out(run.pk, now=LATER)
    run.refresh_from_db()
    assert run.state == WhatIfRun.State.FAILED


def test_a_period_has_an_order_and_an_end() -> None:
    with pytest.raises(BadInput):
        Period(date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(BadInput):
        Period(date(2020, 1, 2), date(2027, 1, 1))
    assert last_year(date(2028, 2, 29)) == Period(date(2027, 3, 1), date(2028, 2, 28))
    assert last_year(date(2027, 1, 5)) == Period(date(2026, 1, 5), date(2027, 1, 4))
