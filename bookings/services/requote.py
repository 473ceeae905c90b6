"""The price of a booking as it stands, by what is kept with it: to ask for what is still open."""

from __future__ import annotations

from dataclasses import replace

from bookings.models import Booking, Occurrence, State
from bookings.pricing import series_facts
from bookings.queries import AHEAD
from bookings.services import standing, statuses, vat
from bookings.services.hirer import Hirer
from bookings.services.said_already import with_said
from bookings.services.statuses import settled
from core.clock import london
from core.intervals import Span
from tariffs.engine import PriceAsk
from tariffs.services import Quoted, asked_item, asked_space, dated_rates

_STANDING = (*AHEAD, State.ATTENDED)


def requote(booking: Booking) -> dict[int, Quoted]:
    """A quote for each date that stands, by its number, with the answers that were given.

    By the rates in force for the date and the day of booking; a constant number of queries.
    """
    dates = [
        date
        for date in booking.occurrences.prefetch_related("uses__space", "item_uses__item")
        if date.state in _STANDING
    ]
    dates.sort(key=lambda date: date.starts_at)
    if not dates:
        return {}
    spans = [Span(date.starts_at, date.ends_at) for date in dates]
    booked_on = london(booking.created_at).date()
    asks = [_ask(booking, date) for date in dates]
    hire = vat.hire_facts_of(booking, spans)
    rates = dated_rates(booking.venue_id, asks, booked_on=booked_on, hire=hire)
    who = Hirer(booking.organisation, booking.private_hirer, booking.category)
    counts = rates.mention(standing.HOURS) or rates.mention(standing.BOOKINGS)
    hires = [(who, spans, booking.created_at)]
    (found,) = standing.known_of(hires, booking.venue, counts=counts)
    known = statuses.believable(rates.askable())
    facts = [settled(one, booking.answers, known) for one in found]
    of_dates = series_facts(spans, booked_on=booked_on)
    told = [
        replace(ask, told={**of_date, **own})
        for ask, of_date, own in zip(asks, of_dates, facts, strict=True)
    ]
    own_word = {name: said for name, said in booking.answers.items() if name not in facts[0]}
    answers = with_said(own_word, booking, known)
    quotes = rates.quote(told, answers)
    return {date.pk: statuses.believed(quoted) for date, quoted in zip(dates, quotes, strict=True)}


def _ask(booking: Booking, date: Occurrence) -> PriceAsk:
    return PriceAsk(
        spaces=tuple(asked_space(use.space) for use in date.uses.all()),
        span=Span(date.starts_at, date.ends_at),
        category=booking.category,
        people=booking.people,
        items=tuple(asked_item(row.item, quantity=row.quantity) for row in date.item_uses.all()),
    )
