"""Publishing rates, and pricing many dates by the version of each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from core.errors import BadInput, NotAllowed
from spaces.models import Venue
from tariffs.errors import AlreadyPublished, TariffRefused
from tariffs.models import GuidePrice, Tariff, TariffVersion
from tariffs.services import (
    asked_item,
    asked_space,
    guide_prices,
    publish_version,
    quote_dates,
    rebuild_guide,
    totals_many,
)
from tariffs.tasks import rebuild_guide_prices
from tests.factories import SpaceFactory, UserFactory, VenueFactory
from tests.plugins.budgets import MaxQueries
from tests.tariffs.documents import TUESDAY, ask, rule, sheet, village_hall

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
BOOKED_ON = NOW.date()
YEAR = date(2026, 1, 1)


@pytest.fixture
def venue() -> Venue:
    made: Venue = SpaceFactory(name="Main Hall", slug="hall").venue
    return made


def publish(venue: Venue, amount: str, valid_from: date, **more: date) -> TariffVersion:
    document = sheet(rule("all", amount, target={"spaces": ["any"]}))
    return publish_version(venue, document, valid_from, actor=None, now=NOW, **more)


def test_published_rates_price_a_date_and_keep_the_version(venue: Venue) -> None:
    version = publish(venue, "10.00", YEAR)

    (quoted,) = quote_dates(venue.pk, [ask(TUESDAY, "10:00", "12:00")], booked_on=BOOKED_ON)

    assert (quoted.version_id, quoted.is_estimate) == (version.pk, False)
    assert quoted.priced.total == Decimal("20.00")


def test_the_version_before_ends_where_the_next_begins(venue: Venue) -> None:
    first = publish(venue, "10.00", YEAR)
    second = publish(venue, "11.00", date(2027, 4, 1))
    between = publish(venue, "10.50", date(2027, 1, 1))

    ends = {v.pk: v.valid_to for v in TariffVersion.objects.all()}
    assert ends[first.pk] == date(2027, 1, 1)
    assert ends[between.pk] == date(2027, 4, 1)
    assert ends[second.pk] is None


def test_each_date_is_priced_by_the_version_of_its_day_by_its_start(venue: Venue) -> None:
    publish(venue, "10.00", YEAR)
    publish(venue, "12.00", date(2027, 4, 1))
    asks = [
        ask(date(2027, 3, 31), "23:00", "01:00", nights=1),
        ask(date(2027, 4, 1), "10:00", "12:00"),
    ]

    quotes = quote_dates(venue.pk, asks, booked_on=BOOKED_ON)

    assert [quoted.priced.total for quoted in quotes] == [Decimal("20.00"), Decimal("24.00")]


def test_a_tariff_may_go_by_the_day_of_booking(venue: Venue) -> None:
    publish(venue, "10.00", YEAR)
    publish(venue, "12.00", date(2027, 1, 1))
    Tariff.objects.update(picked_by=Tariff.PickedBy.BOOKING_DATE)

    (quoted,) = quote_dates(venue.pk, [ask(TUESDAY, "10:00", "11:00")], booked_on=BOOKED_ON)

    assert quoted.priced.total == Decimal("10.00")


def test_a_date_beyond_the_published_rates_is_an_estimate(venue: Venue) -> None:
    version = publish(venue, "10.00", YEAR, valid_to=date(2027, 1, 1))

    (quoted,) = quote_dates(venue.pk, [ask(TUESDAY, "10:00", "11:00")], booked_on=BOOKED_ON)

    assert quoted.is_estimate
    assert quoted.version_id == version.pk
    assert quoted.priced.total == Decimal("10.00")


def test_a_venue_without_rates_for_the_day_needs_a_decision(venue: Venue) -> None:
    asks = [ask(TUESDAY, "10:00", "11:00")]
    before = quote_dates(venue.pk, asks, booked_on=BOOKED_ON)[0]
    publish(venue, "10.00", date(2028, 1, 1))
    too_early = quote_dates(venue.pk, asks, booked_on=BOOKED_ON)[0]

    for quoted in (before, too_early):
        assert quoted.version_id is None
        assert quoted.priced.total is None
        assert quoted.priced.needs_decision[0].code == "no_tariff"


def test_a_draft_prices_nothing(venue: Venue) -> None:
    TariffVersion.objects.create(
        tariff=Tariff.objects.create(venue=venue), valid_from=YEAR, document=village_hall()
    )

    (quoted,) = quote_dates(venue.pk, [ask(TUESDAY, "10:00", "11:00")], booked_on=BOOKED_ON)

    assert quoted.version_id is None


@pytest.mark.parametrize("venues", [1, 12])
def test_totals_cost_two_queries_for_any_number_of_venues_and_dates(
    venues: int, max_queries: MaxQueries
) -> None:
    places = [SpaceFactory(slug="hall").venue for _n in range(venues)]
    for place in places:
        publish(place, "10.00", YEAR)
    asks = {place.pk: [ask(TUESDAY, "10:00", "11:00")] * venues for place in places}

    with max_queries(2):
        totals = totals_many(asks, booked_on=BOOKED_ON)

    assert {one.total for row in totals.values() for one in row} == {Decimal("10.00")}
    assert [len(row) for row in totals.values()] == [venues] * venues


def test_rates_start_on_one_day_only_once(venue: Venue) -> None:
    publish(venue, "10.00", YEAR)

    with pytest.raises(AlreadyPublished):
        publish(venue, "11.00", YEAR)


def test_the_database_refuses_to_change_published_rates(venue: Venue) -> None:
    version = publish(venue, "10.00", YEAR)

    with pytest.raises(IntegrityError), transaction.atomic():
        TariffVersion.objects.filter(pk=version.pk).update(document=village_hall())

    version.refresh_from_db()
    assert version.document["rules"][0]["amount"] == "10.00"


def test_rates_for_a_space_the_venue_does_not_have_are_refused(venue: Venue) -> None:
    document = sheet(rule("attic", "10.00", target={"spaces": ["attic"]}))

    with pytest.raises(TariffRefused) as refused:
        publish_version(venue, document, YEAR, actor=None, now=NOW)

    assert refused.value.faults[0].rule == "attic"
    assert not Tariff.objects.exists()


def test_rates_that_end_before_they_begin_are_refused(venue: Venue) -> None:
    with pytest.raises(BadInput):
        publish(venue, "10.00", YEAR, valid_to=YEAR)


def test_somebody_who_does_not_run_the_venue_publishes_nothing(venue: Venue) -> None:
    stranger: User = UserFactory()

    with pytest.raises(NotAllowed):
        publish_version(venue, village_hall(), YEAR, actor=stranger, now=NOW)

    assert not TariffVersion.objects.exists()


def test_publishing_leaves_a_row_in_words(venue: Venue) -> None:
    publish(venue, "10.00", YEAR)

    entry = AuditEntry.objects.get(verb="publish_tariff")
    assert venue.name in entry.words
    assert entry.council_id == venue.council_id


def test_guide_prices_are_an_hour_by_kind_of_hirer_and_time_of_week(venue: Venue) -> None:
    hall = venue.spaces.get()
    publish_version(venue, village_hall(), YEAR, actor=None, now=NOW)

    assert guide_prices([hall.pk], "community") == {
        hall.pk: {"weekday": Decimal(10), "evening": Decimal(12), "weekend": Decimal(15)}
    }
    assert guide_prices([hall.pk], "faith") == {
        hall.pk: {"weekday": None, "evening": None, "weekend": None}
    }


def test_rates_of_the_future_leave_todays_guide_prices_until_their_day(venue: Venue) -> None:
    hall = venue.spaces.get()
    publish(venue, "10.00", YEAR)
    publish(venue, "12.00", date(2027, 4, 1))
    today = guide_prices([hall.pk], "charity")[hall.pk]

    rebuild_guide([venue.pk], on=date(2027, 4, 1))

    assert today["weekday"] == Decimal(10)
    assert guide_prices([hall.pk], "charity")[hall.pk]["weekday"] == Decimal(12)
    assert GuidePrice.objects.count() == 24


def test_rows_become_what_the_engine_asks_for(venue: Venue) -> None:
    item = venue.stock.create(name="Folding chairs", quantity=80)
    hall = venue.spaces.get()

    assert asked_space(hall).slug == "hall"
    assert (asked_item(item, quantity=3).slug, asked_item(item, quantity=3).quantity) == (
        "folding-chairs",
        3,
    )


def test_a_venue_without_spaces_gets_no_guide_price() -> None:
    venue = VenueFactory()
    publish(venue, "10.00", YEAR)

    assert not GuidePrice.objects.exists()


def test_a_new_space_gets_its_guide_prices_by_the_next_morning(venue: Venue) -> None:
    publish(venue, "10.00", YEAR)
    new = SpaceFactory(venue=venue)
    before = guide_prices([new.pk], "charity")

    rebuild_guide_prices(timestamp=0)

    assert before == {}
    assert guide_prices([new.pk], "charity")[new.pk]["evening"] == Decimal(10)
