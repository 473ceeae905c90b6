"""What the tariff needs reaches the engine: answers, the hirer's standing, the series."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Organisation
from bookings.finder.prices import quotes
from bookings.models import Booking, Occurrence, State
from bookings.personal_data import anonymise, export
from bookings.requests import OnClash
from bookings.services import preview_booking, questions_to_ask, request_booking
from core.clock import at
from spaces.models import Activity, Space
from spaces.models.timetable import Loudness
from tariffs.errors import AnswerRefused, NotAsked
from tests.factories import OrganisationFactory, SpaceFactory, UserFactory, open_daily
from tests.factories.accounts import MembershipFactory
from tests.factories.bookings import NOW, asked, book, evening, weekly
from tests.factories.tariffs import fee, rates_of
from tests.plugins.budgets import MaxQueries

pytestmark = pytest.mark.django_db
FOOD = fee("cleaning", "15.00", tag=["food"])
TUESDAY = date(2027, 1, 12)


@pytest.fixture
def hall() -> Space:
    space: Space = SpaceFactory(name="Hall", slug="hall")
    open_daily(space, date(2027, 1, 1), days=400, opens=time(8), closes=time(23))
    return space


def off(percent: str, **when: Any) -> dict[str, Any]:
    return {"id": f"off{percent}", "kind": "adjust", "when": when, "percent": percent}


def total(space: Space, *, actor: Any = None, now: datetime = NOW, **fields: Any) -> Any:
    """The price in pounds of 7pm to 9pm; None where it needs a decision."""
    plan = preview_booking(asked(space, **fields), actor=actor or UserFactory(), now=now)
    return plan.total


def names(space: Space, *, actor: Any = None, **fields: Any) -> list[str]:
    who = actor or UserFactory()
    return [one.name for one in questions_to_ask(asked(space, **fields), actor=who, now=NOW)]


def member(**fields: Any) -> tuple[Any, Organisation]:
    person, group = UserFactory(), OrganisationFactory(**fields)
    MembershipFactory(user=person, organisation=group)
    return person, group


def run_by(hall: Space, kind: str) -> None:
    Organisation.objects.filter(pk=hall.venue.operator.organisation_id).update(kind=kind)


def test_an_answer_makes_the_price_and_is_kept_with_the_booking(hall: Space) -> None:
    rates_of(hall.venue, FOOD)
    assert names(hall) == ["tag.food"]
    assert total(hall) is None
    assert total(hall, answers={"tag.food": False}) == Decimal("20.00")
    plan = preview_booking(asked(hall, answers={"tag.food": True}), actor=UserFactory(), now=NOW)
    (quoted,) = [date_.quote for date_ in plan.dates]
    assert quoted.ask.told["event.tags"] == frozenset({"food"})
    booking = book(hall, answers={"tag.food": True})
    assert booking.answers == {"tag.food": True}
    lines = booking.occurrences.get().quote_lines.all()
    assert sum(line.amount for line in lines) == Decimal("35.00")


def test_without_an_answer_the_venue_decides(hall: Space) -> None:
    rates_of(hall.venue, FOOD)
    booking = book(hall)
    date_ = booking.occurrences.get()
    assert (date_.state, date_.quote_lines.count()) == (State.REQUESTED, 0)


def test_other_answers_are_refused_and_nothing_is_booked(hall: Space) -> None:
    rates_of(hall.venue, FOOD)
    with pytest.raises(NotAsked):
        book(hall, answers={"tag.music": True})
    with pytest.raises(AnswerRefused):
        book(hall, answers={"tag.food": "rather"})
    assert not Booking.objects.exists()


def test_a_tariff_that_needs_nothing_asks_nothing(hall: Space) -> None:
    rates_of(hall.venue, off("-10", series=">= 10"))
    assert names(hall) == []
    assert total(hall) == Decimal("20.00")


def test_what_the_form_asks_anyway_is_not_asked_twice(hall: Space) -> None:
    party = fee("party", "30.00", purpose=["party"])
    loud = fee("loud", "4.00", tag=["amplified music"])
    sold = fee("bar", "7.00", tag=["alcohol sold"])
    rates_of(hall.venue, party, loud, sold)
    assert names(hall) == []
    assert total(hall) == Decimal("20.00")
    everything = {
        "activity": Activity.PARTY, "loudness": Loudness.AMPLIFIED, "sells_alcohol": True,
    }  # fmt: skip
    assert total(hall, **everything) == Decimal("61.00")


def test_selling_alcohol_is_serving_it(hall: Space) -> None:
    rates_of(hall.venue, fee("corkage", "9.00", tag=["alcohol"]))
    assert names(hall) == ["tag.alcohol"]
    assert total(hall) is None
    assert total(hall, sells_alcohol=True) == Decimal("29.00")
    assert total(hall, answers={"tag.alcohol": True}) == Decimal("29.00")


def test_an_activity_is_a_first_guess_that_an_answer_goes_before(hall: Space) -> None:
    rates_of(hall.venue, fee("licence", "5.00", tag=["music"]))
    assert total(hall, activity=Activity.MUSIC) == Decimal("25.00")
    assert total(hall, activity=Activity.MUSIC, answers={"tag.music": False}) == Decimal("20.00")


def test_a_group_of_another_council_is_no_resident_and_is_not_asked(hall: Space) -> None:
    rates_of(hall.venue, off("-50", resident=True))
    run_by(hall, Organisation.Kind.PARISH)
    person, group = member(council=hall.venue.council)
    assert names(hall, actor=person) == ["hirer.resident"]
    as_group = {"actor": person, "organisation_id": group.pk}
    assert total(hall, **as_group) is None
    assert total(hall, answers={"hirer.resident": True}, **as_group) == Decimal("10.00")
    stranger, abroad = member()
    assert abroad.council_id != hall.venue.council_id
    of_abroad = {"actor": stranger, "organisation_id": abroad.pk}
    assert total(hall, **of_abroad) == Decimal("20.00")
    claims_it = request_booking(
        asked(hall, organisation_id=abroad.pk, answers={"hirer.resident": True}),
        actor=stranger,
        now=NOW,
    )
    assert claims_it.answers == {}


def test_a_group_of_the_council_is_at_home_in_the_councils_own_venues(hall: Space) -> None:
    rates_of(hall.venue, off("-50", resident=True))
    run_by(hall, Organisation.Kind.COUNCIL)
    person, group = member(council=hall.venue.council)
    assert total(hall, actor=person, organisation_id=group.pk) == Decimal("10.00")


def _past(hall: Space, actor: Any, day: date, state: str = State.ATTENDED, **fields: Any) -> None:
    before = at(day, time(9)) - timedelta(days=7)
    made = book(hall, actor=actor, now=before, pattern=evening(day), **fields)
    Occurrence.objects.filter(booking=made).update(state=state, hold_until=None)


def test_the_year_counts_dates_that_stand_in_the_twelve_months_before(hall: Space) -> None:
    open_daily(hall, date(2025, 12, 1), days=390, opens=time(8), closes=time(23))
    person, group = member()
    _past(hall, person, date(2026, 1, 11))  # a year and a day before
    _past(hall, person, date(2026, 3, 3))
    _past(hall, person, date(2026, 3, 4), State.CANCELLED_BY_HIRER)
    _past(hall, person, date(2026, 3, 5), organisation_id=group.pk)
    _past(hall, UserFactory(), date(2026, 3, 6))
    rates_of(
        hall.venue,
        fee("one", "1.00", bookings_this_year=1, hours_this_year=2),
        fee("none", "100.00", bookings_this_year=0),
    )
    assert names(hall, actor=person) == []
    assert total(hall, actor=person) == Decimal("21.00")
    assert total(hall) == Decimal("120.00")
    assert total(hall, actor=person, organisation_id=group.pk) == Decimal("21.00")


def test_regular_follows_from_what_the_venue_knows(hall: Space) -> None:
    regular = {"regular": {"any": [{"series": ">= 6"}, {"bookings_this_year": ">= 1"}]}}
    rates_of(hall.venue, off("-50", regular=True), derive=regular)
    person = UserFactory()
    assert names(hall, actor=person) == []
    assert total(hall, actor=person) == Decimal("20.00")
    assert total(hall, actor=person, pattern=weekly(TUESDAY, 6)) == Decimal("60.00")


def test_a_series_is_known_by_its_number_hours_and_gaps(hall: Space) -> None:
    block = {"series": ">= 3", "series_hours": ">= 6", "shortest_gap": 7, "longest_gap": 7}
    rates_of(
        hall.venue, off("-10", **block), fee("last", "1.00", ordinal=3),
        fee("soon", "2.00", days_ahead="< 8"),
    )  # fmt: skip
    assert total(hall, pattern=weekly(TUESDAY, 3)) == Decimal("57.00")
    assert total(hall, pattern=weekly(TUESDAY, 2)) == Decimal("42.00")


def test_dates_that_are_refused_make_no_series(hall: Space) -> None:
    rates_of(hall.venue, off("-50", series=">= 3"))
    book(hall, pattern=evening(date(2027, 1, 19)), title="Somebody else")
    wanted = {"pattern": weekly(TUESDAY, 3), "on_clash": OnClash.BOOK_FREE}
    assert total(hall, **wanted) == Decimal("40.00")


def test_a_fee_for_the_series_is_charged_once_with_the_first_date_that_is_had(hall: Space) -> None:
    once = fee("form", "5.00") | {"quantity": {"unit": "series"}}
    rates_of(hall.venue, once)
    assert total(hall, pattern=weekly(TUESDAY, 3)) == Decimal("65.00")
    book(hall, pattern=evening(TUESDAY), title="Somebody else")
    wanted = {"pattern": weekly(TUESDAY, 3), "on_clash": OnClash.BOOK_FREE}
    assert total(hall, **wanted) == Decimal("45.00")


def test_paying_in_advance_is_asked_of_a_series_only(hall: Space) -> None:
    rates_of(hall.venue, off("-10", in_advance=True))
    assert names(hall) == []
    assert names(hall, pattern=weekly(TUESDAY, 3)) == ["series.in_advance"]
    answers = {"series.in_advance": True}
    assert total(hall, pattern=weekly(TUESDAY, 3), answers=answers) == Decimal("54.00")


def test_the_form_asks_for_everybody_somebody_may_book_for(hall: Space) -> None:
    rates_of(hall.venue, fee("c", "1", category=["charity"], tag=["food"]))
    assert names(hall) == []
    person, _group = member(category="charity")
    assert names(hall, actor=person) == ["tag.food"]


@pytest.mark.parametrize("count", [1, 8])
def test_questions_and_prices_cost_the_same_for_any_number_of_dates_groups_and_bookings(
    hall: Space, count: int, max_queries: MaxQueries
) -> None:
    rates_of(
        hall.venue, FOOD, off("-50", resident=True), fee("busy", "1", bookings_this_year=">= 40"),
        fee("b", "1", category=["charity"], tag=["music"]),
    )  # fmt: skip
    person = UserFactory()
    for number in range(count):
        group = OrganisationFactory(category="charity", council=hall.venue.council)
        MembershipFactory(user=person, organisation=group)
        pattern = evening(date(2027, 2, 1) + timedelta(days=number))
        book(hall, actor=person, pattern=pattern, organisation_id=group.pk)
    wanted = asked(hall, pattern=weekly(TUESDAY, count), on_clash=OnClash.BOOK_FREE)
    questions_to_ask(wanted, actor=person, now=NOW)
    with max_queries(12):
        found = questions_to_ask(wanted, actor=person, now=NOW)
    assert len(found) == 3
    with max_queries(16):
        preview_booking(wanted, actor=person, now=NOW)


def test_answers_are_given_out_and_forgotten(hall: Space) -> None:
    rates_of(hall.venue, FOOD)
    person = UserFactory()
    booking = book(hall, actor=person, answers={"tag.food": True})
    assert export(person.pk)["bookings"][0]["answers"] == {"tag.food": True}
    anonymise(person.pk, NOW + timedelta(days=60))
    booking.refresh_from_db()
    assert booking.answers == {}


@pytest.mark.parametrize(
    "rules",
    [
        (off("-10", series=">= 5", longest_gap="<= 7", series_hours=10),),
        (fee("later", "3.00", ordinal="> 3"),),
        (fee("once", "5.00") | {"quantity": {"unit": "series"}},),
        (fee("soon", "2.00", days_ahead="< 20"),),
        (fee("dirty", "50.00", tag=["left dirty"]),),
    ],
)
def test_the_price_in_a_search_is_the_price_of_the_quote(hall: Space, rules: Any) -> None:
    rates_of(hall.venue, *rules)
    wanted = asked(hall, pattern=weekly(TUESDAY, 5))
    plan = preview_booking(wanted, actor=AnonymousUser(), now=NOW, category="community")
    spans = [date_.span for date_ in plan.dates]
    found = quotes({hall: spans}, category="community", people=20, now=NOW)
    assert found[hall.pk].total == plan.total
    assert plan.total is not None
