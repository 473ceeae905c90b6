"""Counted things: the peak counts, not the sum, and the database has the last word."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.clock import at
from core.clock import now as clock_now
from core.errors import BadInput
from core.intervals import Span
from spaces import stock
from spaces.errors import StockShort
from spaces.models import StockClaim, StockItem
from spaces.stock import StockWanted
from tests.factories import VenueFactory
from tests.spaces.conftest import Plain

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

NOW = clock_now()
DAY = date(NOW.year + 1, 1, 12)


@pytest.fixture
def gazebos() -> StockItem:
    return StockItem.objects.create(venue=VenueFactory(), name="Gazebo", quantity=5)


def want(item: StockItem, quantity: int, starts: int, ends: int, **fields: Any) -> StockWanted:
    fields.setdefault("owner_kind", "plain")
    fields.setdefault("owner_id", 1)
    return StockWanted(item.pk, quantity, at(DAY, time(starts)), at(DAY, time(ends)), **fields)


def take(*wanted: StockWanted) -> None:
    owner_ids = {one.owner_id for one in wanted}
    stock.sync("plain", owner_ids, wanted, now=NOW)


def out() -> list[tuple[int, int, int]]:
    rows = StockClaim.objects.filter(active=True).order_by("starts_at", "quantity")
    return [(row.quantity, row.starts_at.hour, row.ends_at.hour) for row in rows]


@pytest.mark.parametrize(
    ("others", "asked", "free"),
    [
        ([(3, 9, 12), (2, 12, 15)], (2, 9, 15), None),
        ([(3, 9, 12), (2, 12, 15)], (3, 9, 15), 2),
        ([(3, 9, 13), (2, 12, 15)], (1, 9, 15), 0),
        ([(3, 9, 13), (2, 12, 15)], (2, 9, 12), None),
        ([(3, 9, 13), (2, 12, 15)], (5, 15, 18), None),
        ([(3, 9, 13), (2, 12, 15)], (6, 15, 18), 5),
        ([(5, 6, 20)], (1, 9, 10), 0),
        ([(5, 6, 9), (5, 10, 20)], (5, 9, 10), None),
    ],
)
def test_the_peak_decides_and_touching_spans_do_not_meet(
    gazebos: StockItem,
    others: list[tuple[int, int, int]],
    asked: tuple[int, int, int],
    free: int | None,
) -> None:
    take(*[want(gazebos, *one, owner_id=n + 10) for n, one in enumerate(others)])
    wanted = want(gazebos, *asked)
    short = stock.shortfalls([wanted], now=NOW)
    assert [(one.free, one.name) for one in short] == ([] if free is None else [(free, "Gazebo")])
    if free is None:
        take(wanted)
    else:
        with pytest.raises(StockShort) as refusal:
            take(wanted)
        assert refusal.value.short == {gazebos.pk: free}
        assert not StockClaim.objects.filter(owner_id=1).exists()


def test_what_is_wanted_at_once_adds_up(gazebos: StockItem) -> None:
    wanted = [want(gazebos, 3, 9, 12), want(gazebos, 3, 11, 14), want(gazebos, 3, 16, 18)]
    short = stock.shortfalls(wanted, now=NOW)
    assert [(one.span.start.hour, one.free) for one in short] == [(9, 5), (11, 5)]
    with pytest.raises(StockShort):
        take(*wanted)
    assert out() == []


def test_the_same_item_asked_twice_for_one_time_is_one_row_of_both(gazebos: StockItem) -> None:
    take(want(gazebos, 2, 9, 12), want(gazebos, 2, 9, 12))
    assert out() == [(4, 9, 12)]


def test_sync_replaces_changes_and_releases(gazebos: StockItem) -> None:
    take(want(gazebos, 2, 9, 12), want(gazebos, 5, 13, 15))
    first = StockClaim.objects.get(quantity=2)
    take(want(gazebos, 4, 9, 12), want(gazebos, 1, 16, 17))
    assert out() == [(4, 9, 12), (1, 16, 17)]
    assert StockClaim.objects.get(quantity=4).pk == first.pk
    stock.sync("plain", [1], [], now=NOW)
    assert out() == []


def test_sync_again_changes_nothing(gazebos: StockItem, max_queries: Any) -> None:
    wanted = [want(gazebos, 2, 9, 12), want(gazebos, 5, 13, 15)]
    take(*wanted)
    with max_queries(1):
        take(*wanted)


def test_a_change_may_pass_through_over_use(gazebos: StockItem) -> None:
    take(want(gazebos, 3, 9, 12), want(gazebos, 2, 9, 12, owner_id=2))
    take(want(gazebos, 1, 9, 12), want(gazebos, 4, 9, 12, owner_id=2))
    assert sorted(out()) == [(1, 9, 12), (4, 9, 12)]


def test_lapsed_holds_are_free_before_anybody_released_them(
    gazebos: StockItem, plain: Plain
) -> None:
    gone, alive = NOW - timedelta(minutes=1), NOW + timedelta(hours=1)
    take(want(gazebos, 5, 9, 12, owner_id=2, hold_until=alive))
    assert stock.shortfalls([want(gazebos, 1, 9, 12)], now=NOW)
    StockClaim.objects.update(hold_until=gone)
    assert not stock.shortfalls([want(gazebos, 5, 9, 12)], now=NOW)
    stock.release_lapsed([gazebos.pk], now=NOW)
    assert plain.lapsed == [{2}]
    take(want(gazebos, 5, 9, 12))
    stock.release_lapsed([gazebos.pk], now=NOW)
    assert plain.lapsed == [{2}]


@pytest.mark.parametrize("days", [1, 200])
def test_a_long_series_costs_as_many_statements_as_a_short_one(
    gazebos: StockItem, days: int, max_queries: Any
) -> None:
    spans = [
        Span(at(day, time(9)), at(day, time(12)))
        for day in (DAY + timedelta(days=n) for n in range(days))
    ]
    with max_queries(2):
        assert stock.shortfalls_for(gazebos.venue_id, [(gazebos.pk, 5)], spans, now=NOW) == []
    with max_queries(2):
        short = stock.shortfalls_for(gazebos.venue_id, [(gazebos.pk, 6)], spans, now=NOW)
    assert len(short) == days


def test_wishes_that_stand_for_each_other_are_not_added_up(gazebos: StockItem) -> None:
    take(want(gazebos, 2, 9, 11))
    early, late = (Span(at(DAY, time(hour)), at(DAY, time(hour + 3))) for hour in (9, 11))
    wishes = [[early], [late], [early, late]]
    short = stock.shortfalls_for_each(gazebos.venue_id, [(gazebos.pk, 4)], wishes, now=NOW)
    assert [(one.wish, one.span, one.free) for one in short] == [
        (0, early, 3),
        (2, early, 3),
        (2, late, 5),
    ]


def test_items_of_another_venue_are_refused(gazebos: StockItem) -> None:
    span = Span(at(DAY, time(9)), at(DAY, time(10)))
    for venue_id, items in [(0, [(gazebos.pk, 1)]), (gazebos.venue_id, [(gazebos.pk, 0)])]:
        with pytest.raises(BadInput):
            stock.shortfalls_for(venue_id, items, [span], now=NOW)


class TestTheDatabase:
    """What the trigger refuses when somebody goes round the service."""

    def row(self, item: StockItem, quantity: int, **fields: Any) -> StockClaim:
        fields = {"starts_at": at(DAY, time(9)), "ends_at": at(DAY, time(12)), **fields}
        return StockClaim(item=item, quantity=quantity, owner_kind="raw", owner_id=1, **fields)

    def commit(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def add(self, row: StockClaim) -> None:
        row.save()
        self.commit()

    def set_quantity(self, item: StockItem, quantity: int) -> None:
        item.quantity = quantity
        item.save()
        self.commit()

    def test_over_use_by_raw_inserts(self, gazebos: StockItem) -> None:
        StockClaim.objects.bulk_create([self.row(gazebos, 3), self.row(gazebos, 2)])
        self.commit()
        with pytest.raises(IntegrityError, match="more in use"), transaction.atomic():
            self.add(self.row(gazebos, 1))

    def test_a_lapsed_hold_does_not_count(self, gazebos: StockItem) -> None:
        long_ago: datetime = NOW - timedelta(days=1)
        StockClaim.objects.bulk_create([self.row(gazebos, 5, hold_until=long_ago)])
        self.row(gazebos, 5).save()
        self.commit()

    def test_an_item_never_falls_below_what_is_promised(self, gazebos: StockItem) -> None:
        self.row(gazebos, 4).save()
        self.commit()
        self.set_quantity(gazebos, 4)
        with pytest.raises(IntegrityError, match="promised"), transaction.atomic():
            self.set_quantity(gazebos, 3)

    @pytest.mark.parametrize(
        "wrong", [{"quantity": 0}, {"ends_at": at(DAY, time(9))}, {"ends_at": at(DAY, time(8))}]
    )
    def test_none_of_something_or_no_time(self, gazebos: StockItem, wrong: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError, match="stock_"), transaction.atomic():
            self.row(gazebos, **{"quantity": 1, **wrong}).save()
