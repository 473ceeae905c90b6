"""Keeps with every date the lines of its price, by the rates in force on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from bookings.models import QuoteLine
from core.clock import london
from core.intervals import Span
from demo.builders.bookings import Written
from demo.builders.world import World
from spaces.models import StockItem
from spaces.timetable import is_bank_holiday
from tariffs.engine import AskedItem, PriceAsk
from tariffs.services import Quoted, asked_item, asked_space, quote_dates

_BATCH = 2000
_Key = tuple[object, ...]


def build(world: World, written: Sequence[Written]) -> None:
    """Price each venue's dates; dates that cost the same by the same rule are asked once."""
    by_venue: dict[int, list[Written]] = defaultdict(list)
    for entry in written:
        by_venue[entry.booking.spaces[0].venue.row.pk].append(entry)
    done = 0
    for venue_id, entries in by_venue.items():
        QuoteLine.objects.bulk_create(
            _lines(entries, _quotes(venue_id, entries, booked_on=world.today)), batch_size=_BATCH
        )
        done += len(entries)
        world.say(f"prices: {done} of {len(written)}")


def _quotes(venue_id: int, entries: Iterable[Written], *, booked_on: date) -> dict[_Key, Quoted]:
    asks: dict[_Key, dict[_Key, PriceAsk]] = defaultdict(dict)
    answers: dict[_Key, dict[str, Any]] = {}
    for entry in entries:
        said = _said(entry)
        answers[said] = entry.row.booking.answers
        asks[said].setdefault(_key(entry), _ask(entry))
    found: dict[_Key, Quoted] = {}
    for said, wanted in asks.items():
        quoted = quote_dates(
            venue_id, list(wanted.values()), booked_on=booked_on, answers=answers[said]
        )
        found.update(zip(wanted, quoted, strict=True))
    return found


def _said(entry: Written) -> _Key:
    return tuple(sorted(entry.row.booking.answers.items()))


def _key(entry: Written) -> _Key:
    """What the price depends on: the rates change in April, and on bank holidays."""
    starts, ends = london(entry.row.starts_at), london(entry.row.ends_at)
    year = starts.year if (starts.month, starts.day) >= (4, 1) else starts.year - 1
    return (
        tuple(space.pk for space in entry.booking.spaces),
        entry.booking.hirer.category,
        entry.booking.people,
        tuple(sorted(entry.booking.items.items())),
        _said(entry),
        year,
        _kind_of_days(starts, ends),
        starts.time(),
        ends.time(),
    )


def _kind_of_days(starts: datetime, ends: datetime) -> object:
    """Weekday and length in days; a date near a bank holiday stands for itself alone."""
    days = range(starts.date().toordinal(), ends.date().toordinal() + 1)
    if len(days) > 2 or any(is_bank_holiday(date.fromordinal(day)) for day in days):
        return starts.date()
    return (starts.weekday(), len(days))


def _ask(entry: Written) -> PriceAsk:
    return PriceAsk(
        spaces=tuple(asked_space(space.row) for space in entry.booking.spaces),
        span=Span(entry.row.starts_at, entry.row.ends_at),
        category=entry.booking.hirer.category,
        people=entry.booking.people,
        items=_items(entry),
    )


def _items(entry: Written) -> tuple[AskedItem, ...]:
    stock: dict[int, StockItem] = {item.pk: item for item in entry.booking.spaces[0].venue.stock}
    return tuple(
        asked_item(stock[item], quantity=quantity) for item, quantity in entry.booking.items.items()
    )


def _lines(entries: Iterable[Written], quotes: dict[_Key, Quoted]) -> Iterator[QuoteLine]:
    for entry in entries:
        quoted = quotes[_key(entry)]
        if quoted.priced.total is None:
            continue
        for position, line in enumerate(quoted.priced.lines):
            yield QuoteLine(
                occurrence=entry.row,
                version_id=quoted.version_id,
                position=position,
                kind=line.kind,
                rule=line.rule,
                what=line.what,
                quantity=line.quantity,
                unit=line.unit,
                unit_price=line.unit_price,
                amount=line.amount,
                list_amount=line.list_amount,
                vat=line.vat,
                why=line.why,
                is_estimate=quoted.is_estimate,
            )
