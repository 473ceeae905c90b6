"""What a price needs to know: facts of the dates and the hirer, and the answers of the hirer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bookings.pricing import series_facts
from bookings.requests import BookingRequest
from bookings.services import standing, statuses, vat
from bookings.services.gather import Ground
from bookings.services.hirer import Hirer
from bookings.services.said_already import not_asked_again, with_said
from bookings.services.statuses import settled
from core.clock import london
from core.intervals import Span
from spaces.models import StockItem
from tariffs.asking import STATUSES, Question, checked, fits_in, in_order
from tariffs.engine import AskedItem, PriceAsk
from tariffs.services import DatedRates, HireFacts, Quoted, asked_item, asked_space, dated_rates

_COUNTS = (standing.HOURS, standing.BOOKINGS)


@dataclass(frozen=True, slots=True)
class Priced:
    """One quote for each date, in order, and the answers that count, as plain JSON values."""

    quotes: list[Quoted]
    answers: dict[str, Any]


def quote(
    request: BookingRequest,
    land: Ground,
    spans: Sequence[Span],
    *,
    who: Hirer,
    now: datetime,
    free: Collection[Span] = (),
) -> Priced:
    """Prices in a constant number of queries. `free`: the dates that would be booked; they alone
    make the series, so that nobody is paid or charged for dates that were refused.

    Raises: NotAsked, AnswerRefused.
    """
    hire = vat.hire_facts(request, who, [span for span in spans if span in free])
    asks, rates = _rates(request, land, spans, category=who.category, hire=hire, now=now)
    known = statuses.believable(rates.askable())
    answers = checked(request.answers, known)
    fits_in(answers, spans)
    (found,) = _known(rates, [who], land, spans)
    facts = [settled(one, answers, known) for one in found]
    told = [
        replace(ask, told={**of_date, **own})
        for ask, of_date, own in zip(
            asks, _of_dates(spans, free, booked_on=london(now).date()), facts, strict=True
        )
    ]
    counting = {name: value for name, value in answers.items() if name not in facts[0]}
    said = counting if who.is_example else with_said(counting, request, known)
    own_word = {STATUSES: answers[STATUSES]} if STATUSES in answers else {}
    quotes = [statuses.believed(quoted) for quoted in rates.quote(told, said)]
    return Priced(quotes, {**counting, **own_word})


def questions(
    request: BookingRequest,
    land: Ground,
    spans: Sequence[Span],
    *,
    hirers: Sequence[Hirer],
    now: datetime,
) -> list[Question]:
    """What the form has to ask, whichever of `hirers` it is for; a constant number of queries."""
    asks, rates = _rates(request, land, spans, category="", hire=HireFacts(), now=now)
    known = statuses.believable(rates.askable())
    if not known:
        return []
    of_dates = series_facts(spans, booked_on=london(now).date())
    found: list[Question] = []
    for hirer, facts in zip(hirers, _known(rates, hirers, land, spans), strict=True):
        told = [
            replace(
                ask, category=hirer.category, told={**of_date, **statuses.still_to_ask(own, known)}
            )
            for ask, of_date, own in zip(asks, of_dates, facts, strict=True)
        ]
        found += rates.questions(told, {})
    left_out = not_asked_again(known)
    return statuses.askable(one for one in in_order(found) if one.name not in left_out)


def _of_dates(
    spans: Sequence[Span], free: Collection[Span], *, booked_on: date
) -> list[dict[str, object]]:
    of_all = dict(zip(spans, series_facts(spans, booked_on=booked_on), strict=True))
    chosen = [span for span in spans if span in free]
    of_chosen = dict(zip(chosen, series_facts(chosen, booked_on=booked_on), strict=True))
    return [(of_all | of_chosen)[span] for span in spans]


def _rates(
    request: BookingRequest,
    land: Ground,
    spans: Sequence[Span],
    *,
    category: str,
    hire: HireFacts,
    now: datetime,
) -> tuple[list[PriceAsk], DatedRates]:
    spaces = tuple(asked_space(space) for space in land.spaces)
    items = _items(request)
    asks = [
        PriceAsk(spaces=spaces, span=span, category=category, people=request.people, items=items)
        for span in spans
    ]
    return asks, dated_rates(land.venue.pk, asks, booked_on=london(now).date(), hire=hire)


def _known(
    rates: DatedRates, hirers: Sequence[Hirer], land: Ground, spans: Sequence[Span]
) -> list[list[dict[str, object]]]:
    counts = any(rates.mention(fact) for fact in _COUNTS)
    return standing.known(hirers, land.venue, spans, counts=counts)


def _items(request: BookingRequest) -> tuple[AskedItem, ...]:
    if not request.items:
        return ()
    counts = dict(request.items)
    items = StockItem.objects.filter(pk__in=counts, venue_id=request.venue_id)
    return tuple(asked_item(item, quantity=counts[item.pk]) for item in items)
