"""The price of each shown place for this kind of hirer: two queries for a whole page,
four where rates change between the dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from bookings.finder.query import PriceKind, ShownPrice
from bookings.pricing import series_facts
from core.clock import london
from core.intervals import Span
from spaces.models import Space
from spaces.timetable import is_bank_holiday
from tariffs.engine import PriceAsk
from tariffs.services import Total, asked_space, guide_prices, totals_many

_ASK = ShownPrice(PriceKind.ASK)


def quotes(
    wanted: Mapping[Space, Sequence[Span]], *, category: str, people: int, now: datetime
) -> dict[int, ShownPrice]:
    """For each space (one of each venue) the exact price of its spans.

    Rates tell dates apart by weekday, bank holiday and hours, and by the version in force. So
    the first and last of alike dates are priced, and those between only where the version
    changed, or rates count the dates: fifty weeks cost as little as two.
    """
    booked_on = london(now).date()
    of_dates = {
        dates: dict(zip(dates, series_facts(dates, booked_on=booked_on), strict=True))
        for dates in {tuple(spans) for spans in wanted.values()}
    }
    told = {space: of_dates[tuple(spans)] for space, spans in wanted.items()}
    ask = partial(_ask, told=told, category=category, people=people, booked_on=booked_on)
    # Most places are wanted on the very same dates: these are told apart once.
    grouped = {dates: _alike(dates) for dates in {tuple(spans) for spans in wanted.values()}}
    alike = {space: grouped[tuple(spans)] for space, spans in wanted.items()}
    ends = {
        space: [span for spans in groups for span in (spans[0], spans[-1])]
        for space, groups in alike.items()
    }
    quoted = ask(ends)
    changed = {
        space: [span for spans in groups for span in spans]
        for space, groups in alike.items()
        if any(_may_differ(quoted, space, spans) for spans in groups)
    }
    quoted |= ask(changed) if changed else {}
    return {
        space.pk: _shown(
            [
                quoted.get((space.pk, span)) or quoted[space.pk, spans[0]]
                for spans in groups
                for span in spans
            ]
        )
        for space, groups in alike.items()
    }


_Quotes = dict[tuple[int, Span], Total]


def _ask(
    wanted: Mapping[Space, Sequence[Span]],
    *,
    told: Mapping[Space, Mapping[Span, Mapping[str, object]]],
    category: str,
    people: int,
    booked_on: date,
) -> _Quotes:
    asks = {
        space.venue_id: [
            PriceAsk(
                spaces=(asked_space(space),),
                span=span,
                category=category,
                people=people,
                told=told[space][span],
            )
            for span in spans
        ]
        for space, spans in wanted.items()
    }
    by_venue = totals_many(asks, booked_on=booked_on)
    return {
        (space.pk, span): quote
        for space, spans in wanted.items()
        for span, quote in zip(spans, by_venue[space.venue_id], strict=True)
    }


def _may_differ(quoted: _Quotes, space: Space, spans: Sequence[Span]) -> bool:
    """Whether alike dates of this space have to be priced one by one."""
    first, last = quoted[space.pk, spans[0]], quoted[space.pk, spans[-1]]
    if first.is_by_date:
        return True
    return (first.version_id, first.is_estimate) != (last.version_id, last.is_estimate)


def _alike(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans in groups that rates cannot tell apart; one over midnight stands alone."""
    groups: dict[object, list[Span]] = defaultdict(list)
    for span in spans:
        first, last = london(span.start), london(span.end)
        key: object = span
        if first.date() == last.date():
            day = (first.weekday(), is_bank_holiday(first.date()))
            key = (day, first.time(), last.time(), span.length)
        groups[key].append(span)
    return list(groups.values())


def _shown(quoted: Sequence[Total]) -> ShownPrice:
    totals = [quote.total for quote in quoted if quote.total is not None]
    if not totals or len(totals) < len(quoted):
        return _ASK
    return ShownPrice(
        PriceKind.QUOTE,
        total=sum(totals[1:], totals[0]),
        each=totals[0] if len(set(totals)) == 1 else None,
        dates=len(totals),
        is_estimate=any(quote.is_estimate for quote in quoted),
    )


def guides(spaces: Sequence[Space], *, category: str) -> dict[int, ShownPrice]:
    """For each space the lowest price of an hour, where no time was asked for."""
    rates = guide_prices([space.pk for space in spaces], category)
    shown = {}
    for space in spaces:
        amounts = [rate for rate in rates.get(space.pk, {}).values() if rate is not None]
        shown[space.pk] = ShownPrice(PriceKind.GUIDE, an_hour=min(amounts)) if amounts else _ASK
    return shown
