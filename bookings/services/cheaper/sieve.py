"""A first look at many candidates at once: what they cost, and whether they could be had.

It only chooses which of them are worth a preview of their own; what is shown comes from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from bookings import rules
from bookings.pricing import series_facts
from bookings.requests import BookingRequest
from bookings.services import clashing, gather
from bookings.services.cheaper.answers import Candidate
from bookings.services.gather import Wish
from bookings.services.hirer import Hirer
from bookings.services.planning import Plan
from core.clock import london
from tariffs.engine import PriceAsk
from tariffs.services import asked_space, totals_many

_MOST_SAMPLED = 8
_OF_SERIES = ("shortest_gap", "longest_gap")
# Rules about the people behind a booking do not matter before there is one.
NOT_YET = {"adult_not_named", "adult_not_reachable"}


def wishes_of(candidates: Sequence[Candidate]) -> list[Wish]:
    """The candidates with their grounds, of one venue and one activity, in four queries."""
    lands = gather.grounds([candidate.request for candidate in candidates])
    return [Wish(land, candidate.spans) for candidate, land in zip(candidates, lands, strict=True)]


def sample(dates: int) -> range:
    """The numbers of some dates, spread over all of a long series."""
    return range(0, dates, -(-dates // _MOST_SAMPLED))


def prices(
    plan: Plan, wishes: Sequence[tuple[Wish, Sequence[int]]], *, now: datetime
) -> list[Decimal | None]:
    """What the dates of these numbers cost of each wish; None where that cannot be said here.

    With all that is told of the hire of `plan`, which has a price. Two or three queries.
    """
    booked_on = london(now).date()
    asks = [ask for wish, numbers in wishes for ask in _asks(plan, wish, numbers, booked_on)]
    venue_id = plan.request.venue_id
    totals = iter(totals_many({venue_id: asks}, booked_on=booked_on)[venue_id])
    found = []
    for _wish, numbers in wishes:
        costs = [next(totals).total for _n in numbers]
        known = [cost for cost in costs if cost is not None]
        found.append(sum(known, Decimal("0.00")) if len(known) == len(costs) else None)
    return found


def _asks(plan: Plan, wish: Wish, numbers: Sequence[int], booked_on: date) -> Iterator[PriceAsk]:
    told = next(one.quote.ask for one in plan.dates if one.quote and one.quote.ask)
    spaces = tuple(asked_space(space) for space in wish.land.spaces)
    of_dates = series_facts(wish.spans, booked_on=booked_on)
    others = {name: value for name, value in told.told.items() if name not in _OF_SERIES}
    for n in numbers:
        yield replace(told, spaces=spaces, span=wish.spans[n], told={**others, **of_dates[n]})


def can_be_had(
    request: BookingRequest, wishes: Sequence[Wish], *, hirer: Hirer, now: datetime
) -> list[bool]:
    """Whether each wish is free on all its dates and breaks no rule. At most nine queries.

    How many requests of the hirer wait already was looked at for the request itself.
    """
    facts = gather.facts_of_each(request, wishes, waiting=0, now=now)
    own = clashing.own_uses(hirer, wishes, now=now)
    taken = clashing.clashes(wishes, own, now=now)
    short = clashing.short_items(request, [wish.spans for wish in wishes], now=now)
    return [
        not taken[n]
        and not short[n]
        and not any(rules.of_date(facts[n], span) for span in wish.spans)
        and all(breach.code in NOT_YET for breach in rules.of_request(facts[n]))
        for n, wish in enumerate(wishes)
    ]
