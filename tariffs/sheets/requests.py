"""A request for a price, as JSON, read into what the engine is asked: one ask for each date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from core.clock import at, london
from core.intervals import Span
from tariffs.engine import Loose, PriceAsk
from tariffs.rules import TariffDocument
from tariffs.sheets import values
from tariffs.sheets.named import category_of, items_of, spaces_of
from tariffs.sheets.told import facts_of

_KNOWN = frozenset(
    {"booked_on", "date", "start", "end", "days", "dates", "hours", "spaces", "setup_minutes"}
    | {"cleardown_minutes", "hirer", "event", "items", "series", "actuals", "period", "measure"}
    | {"cancel", "agreed_total", "facts"}
)
_PRICED = ("spaces", "items", "agreed_total", "cancel", "period", "measure", "actuals")
_MOST_DAYS = 800


@dataclass(frozen=True, slots=True)
class Cancel:
    """Called off this many days before."""

    days_before: Decimal
    by: str
    is_relet: bool


@dataclass(frozen=True, slots=True)
class Request:
    """A whole request. `asks` has one entry for each date."""

    asks: tuple[PriceAsk, ...]
    booked_on: date | None
    event_on: date | None
    cancel: Cancel | None
    agreed_total: Decimal | None


@dataclass(frozen=True, slots=True)
class _Time:
    start: str | None
    end: str | None
    hours: Decimal | None


def request_of(data: Any, document: TariffDocument) -> Request:
    """The request in the words of `document`.

    Raises: RequestRefused where a field cannot be read, or means nothing.
    """
    data = values.mapping(data, "request")
    unknown = sorted(set(data) - _KNOWN)
    if unknown:
        raise values.refuse(
            field=unknown[0][:40],
            remedy=_("Use only: %(words)s.") % {"words": ", ".join(sorted(_KNOWN))},
        )
    if not any(data.get(name) for name in _PRICED):
        raise values.refuse(field="spaces", remedy=_("Name a space or an item to price."))
    booked_on = values.day(data["booked_on"], "booked_on") if data.get("booked_on") else None
    days = event_days(data)
    ask = _ask(data, document)
    asks = tuple(_on_dates(data, ask, days, booked_on))
    agreed = data.get("agreed_total")
    return Request(
        asks=asks,
        booked_on=booked_on,
        event_on=days[0] if days else None,
        cancel=_cancel(values.mapping(data.get("cancel"), "cancel")),
        agreed_total=None if agreed is None else values.number(agreed, "agreed_total"),
    )


def event_days(data: dict[str, Any]) -> list[date]:
    """The dates of a request: several, one, the first and last of a hire by the day, or none."""
    if data.get("dates") is not None:
        found = [values.day(one, "dates") for one in values.listing(data["dates"], "dates")]
        if not found:
            raise values.refuse(field="dates", remedy=_("Write at least one date."))
        return sorted(found)
    if data.get("days") is not None:
        pair = [values.day(one, "days") for one in values.listing(data["days"], "days", most=2)]
        if len(pair) == 2 and not 0 <= (pair[1] - pair[0]).days < _MOST_DAYS:
            raise values.refuse(field="days", remedy=_("Write the first day, then the last."))
        return pair
    return [values.day(data["date"], "date")] if data.get("date") else []


def _on_dates(
    data: dict[str, Any], ask: PriceAsk, days: list[date], booked_on: date | None
) -> Iterator[PriceAsk]:
    time = _Time(
        data.get("start"),
        data.get("end"),
        None if data.get("hours") is None else values.number(data["hours"], "hours"),
    )
    told = dict(ask.told)
    if data.get("dates") is None:
        first, last = (days[0], days[-1]) if days else (None, None)
        yield _placed(data, replace(ask, told=told), time, first, last, booked_on)
        return
    told.setdefault("series.count", Decimal(len(days)))
    gaps = [Decimal((late - early).days) for early, late in pairwise(days)]
    if gaps:
        told |= {"shortest_gap": min(gaps), "longest_gap": max(gaps)} | told
    for n, day in enumerate(days):
        own = {**told, "series.ordinal": Decimal(n + 1), "is_later_date": n > 0}
        own.setdefault("series.in_advance", None)
        yield _placed(data, replace(ask, told=own), time, day, day, booked_on)


def _placed(
    data: dict[str, Any],
    ask: PriceAsk,
    time: _Time,
    first: date | None,
    last: date | None,
    booked_on: date | None,
) -> PriceAsk:
    told = dict(ask.told)
    if booked_on and first:
        told["days_ahead"] = Decimal(max(0, (first - booked_on).days))
    is_hire = bool(ask.spaces or ask.items)
    is_clocked = is_hire and first is not None and time.start is not None
    if not is_clocked or first is None or last is None or (time.end is None and time.hours is None):
        hours = time.hours if time.hours is not None else _length(time)
        if hours is None and first is None:
            period = told.get("period.hours")
            hours = period if isinstance(period, Decimal) else None
        return replace(ask, told=told, loose=Loose(first, last, hours, _days(told)))
    span = _span(first, last, time)
    left = values.mapping(data.get("actuals"), "actuals").get("left_at")
    if left is not None:
        told["actuals.overrun_hours"] = _overrun(left, span)
    return replace(ask, told=told, span=span, loose=None)


def _days(told: dict[str, object]) -> Decimal | None:
    for name, length in (("days", 1), ("nights", 1), ("weeks", 7)):
        value = told.get(f"period.{name}")
        if isinstance(value, Decimal):
            return value * length + (1 if name == "nights" else 0)
    return None


def _length(time: _Time) -> Decimal | None:
    """The length between two clock times on a day that nobody named."""
    if time.start is None or time.end is None:
        return None
    span = _span(date(2001, 1, 1), date(2001, 1, 1), time)
    return Decimal(int(span.length.total_seconds())) / 3600


def _span(first: date, last: date, time: _Time) -> Span:
    starts, is_midnight = values.clock(time.start, "start")
    if is_midnight:
        raise values.refuse(field="start", remedy=_("Write a time from “00:00” to “23:59”."))
    begins = at(first, starts)
    if time.end is None:
        seconds = int((time.hours or Decimal(0)) * 3600)
        if seconds <= 0:
            raise values.refuse(field="hours", remedy=_("Write a length above zero."))
        wall = datetime.combine(first, starts) + timedelta(seconds=seconds)
        return Span(begins, max(at(wall.date(), wall.time()), begins + timedelta(seconds=1)))
    ends, is_end = values.clock(time.end, "end")
    day = last
    if is_end or (first == last and ends <= starts):
        day += timedelta(days=1)
    until = at(day, ends)
    if until <= begins:
        raise values.refuse(field="end", remedy=_("It must be after the start."))
    return Span(begins, until)


def _overrun(left_at: Any, span: Span) -> Decimal:
    """Hours stayed beyond the end; a time up to twelve hours later counts as after it."""
    wall, _is_end = values.clock(left_at, "actuals.left_at")
    ends = london(span.end).replace(tzinfo=None)
    left = datetime.combine(ends.date(), wall)
    if left < ends - timedelta(hours=12):
        left += timedelta(days=1)
    if left > ends + timedelta(hours=12):
        left -= timedelta(days=1)
    return max(Decimal(0), Decimal(int((left - ends).total_seconds())) / 3600)


def _ask(data: dict[str, Any], document: TariffDocument) -> PriceAsk:
    told = facts_of(data)
    hirer = values.mapping(data.get("hirer"), "hirer")
    category = hirer.get("category")
    return PriceAsk(
        spaces=tuple(spaces_of(data, document)),
        span=None,
        loose=Loose(),
        category=""
        if category is None
        else category_of(values.words(category, "category"), document),
        items=tuple(items_of(data, document)),
        told=told,
        setup_minutes=values.minutes(data.get("setup_minutes", 0), "setup_minutes"),
        cleardown_minutes=values.minutes(data.get("cleardown_minutes", 0), "cleardown_minutes"),
    )


def _cancel(given: dict[str, Any]) -> Cancel | None:
    if not given:
        return None
    if "hours_before" in given:
        days = values.number(given["hours_before"], "cancel.hours_before") / 24
    else:
        days = values.number(given.get("days_before"), "cancel.days_before")
    by = given.get("by", "hirer")
    if by not in ("hirer", "venue"):
        raise values.refuse(field="cancel.by", remedy=_("Write hirer or venue."))
    return Cancel(days, by, bool(values.yes_no(given.get("relet"), "cancel.relet")))
