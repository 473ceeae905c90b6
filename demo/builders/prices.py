"""Keeps with every date the lines of its price, by the rates in force on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from bookings.models import QuoteLine
from core.clock import london
from core.intervals import Span
from demo.builders import terms
from demo.builders.bookings import Written
from demo.builders.world import World
from demo.content.terms import TERMS
from spaces.models import StockItem
from spaces.timetable import is_bank_holiday
from tariffs.engine import AskedItem, PriceAsk
from tariffs.services import HireFacts, Quoted, asked_item, asked_space, quote_dates
from tariffs.vat.series import SeriesFacts, series_test

_BATCH = 2000
_Key = tuple[object, ...]


def build(world: World, written: Sequence[Written]) -> None:
    """Price each venue's dates; dates that cost the same by the same rule are asked once."""
    by_venue: dict[int, list[Written]] = defaultdict(list)
    for entry in written:
        by_venue[entry.booking.spaces[0].venue.row.pk].append(entry)
    done = 0
    for venue_id, entries in by_venue.items():
        quotes = _quotes(venue_id, entries, booked_on=world.today)
        QuoteLine.objects.bulk_create(_lines(entries, quotes), batch_size=_BATCH)
        if entries[0].booking.spaces[0].venue.spec.scheme in TERMS:
            terms.build(world, entries, quote=partial(_quote, quotes), ask=_ask)
        done += len(entries)
        world.say(f"prices: {done} of {len(written)}")


def _quote(quotes: Mapping[_Key, Quoted], entry: Written) -> Quoted:
    return quotes[_key(entry)]


def _quotes(venue_id: int, entries: Iterable[Written], *, booked_on: date) -> dict[_Key, Quoted]:
    groups: dict[_Key, dict[_Key, PriceAsk]] = defaultdict(dict)
    told: dict[_Key, tuple[HireFacts, dict[str, Any]]] = {}
    for entry in entries:
        hire = _hire(entry)
        said = (hire, *_said(entry))
        told[said] = (hire, entry.row.booking.answers)
        groups[said].setdefault(_key(entry), _ask(entry))
    found: dict[_Key, Quoted] = {}
    for said, asks in groups.items():
        hire, answers = told[said]
        quoted = quote_dates(
            venue_id, list(asks.values()), booked_on=booked_on, hire=hire, answers=answers
        )
        found |= dict(zip(asks, quoted, strict=True))
    return found


def _hire(entry: Written) -> HireFacts:
    """What VAT needs to know: only a block that is paid for as a whole may be a series."""
    booking = entry.booking
    if not booking.pays_as_whole:
        return HireFacts()
    facts = SeriesFacts(is_paid_as_a_whole=True, is_club=True)
    return HireFacts(is_sport=True, series=series_test([d.span for d in booking.dates], facts))


def _said(entry: Written) -> _Key:
    return tuple(sorted(entry.row.booking.answers.items()))


def _key(entry: Written) -> _Key:
    """What the price depends on: the rates change in April, and on bank holidays."""
    starts, ends = london(entry.row.starts_at), london(entry.row.ends_at)
    year = starts.year if (starts.month, starts.day) >= (4, 1) else starts.year - 1
    return (
        _hire(entry),
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
                vat_rate=line.vat_rate,
                vat_amount=line.vat_amount,
                vat_rule=line.vat_rule,
                vat_why=line.vat_why,
                why=line.why,
                is_estimate=quoted.is_estimate,
            )
