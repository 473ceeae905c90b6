"""The cheapest way to do this: like requests that cost less, each of which can be booked now.

Prices come first, because they need no rows: the engine prices every candidate, and only those
that cost less are held to the rules, by the very plan that a booking is made from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bookings.requests import BookingRequest
from bookings.services import gather, planning, quoting, shape
from bookings.services.cheaper import rooms, times, wording
from bookings.services.cheaper.answers import Alternative, Candidate, Kind
from bookings.services.cheaper.hints import Hints, hints_of
from bookings.services.cheaper.rooms import Rooms
from bookings.services.gather import Wish
from bookings.services.planning import Plan
from core.clock import london
from core.errors import BadInput
from core.intervals import Span
from tariffs.services import document_of, totals_many

MOST_SHOWN = 5
# So many dates are priced at most, and so many of the cheaper ones held to the rules.
_MOST_PRICED, _MOST_PLANNED = 1000, 300
_OF_A_KIND = 3
# Rules about the people behind a booking do not matter before there is one.
_NOT_YET = {"adult_not_named", "adult_not_reachable"}


@dataclass(frozen=True, slots=True)
class _Cheaper:
    candidate: Candidate
    wish: Wish
    usual: Decimal
    total: Decimal

    @property
    def saving_as_asked(self) -> Decimal:
        """The saving on as many dates as were asked for."""
        if self.candidate.kind is not Kind.BLOCK:
            return self.usual - self.total
        dates = len(self.wish.spans)
        return (self.usual - self.total) * (dates - self.candidate.change) / dates


def cheaper_ways(plan: Plan, *, now: datetime) -> list[Alternative]:
    """At most one of each kind, the greatest saving first; empty where there is none.

    Only for a plan all of whose dates can be had at a known price: elsewhere there is nothing to
    compare with. The number of queries is the same for any number of rooms and dates.
    """
    paid = plan.total
    if paid is None or plan.refused or not _can_be_had(plan):
        return []
    known = rooms.rooms_of(plan.land)
    booked_on = london(now).date()
    event_on = london(plan.dates[0].span.start).date()
    hints = hints_of(document_of(plan.land.venue.pk, event_on=event_on, booked_on=booked_on))
    candidates = _candidates(plan, known, hints)
    if not candidates:
        return []
    lands = gather.grounds([candidate.request for candidate in candidates])
    wishes = [
        Wish(candidate.request, candidate.spans, land)
        for candidate, land in zip(candidates, lands, strict=True)
    ]
    cheaper = _promising(_priced(plan, paid, candidates, wishes, now=now))
    if not cheaper:
        return []
    plans = planning.make_each([one.wish for one in cheaper], hirer=plan.hirer, waiting=0, now=now)
    best: dict[Kind, Alternative] = {}
    for one, then in zip(cheaper, plans, strict=True):
        kind = one.candidate.kind
        if kind not in best and _will_do(then, one, plan, known):
            best[kind] = wording.alternative(
                one.candidate, then, plan, known, hints, usual=one.usual
            )
    return list(best.values())[:MOST_SHOWN]


def _candidates(plan: Plan, known: Rooms, hints: Hints) -> list[Candidate]:
    """As many as may be priced, of each kind the nearest first."""
    by_kind: dict[Kind, list[Candidate]] = defaultdict(list)
    seen = {(plan.request.space_ids, tuple(date.span for date in plan.dates))}
    for candidate in (*_at_other_times(plan, hints), *_in_other_spaces(plan, known)):
        key = (candidate.request.space_ids, candidate.spans)
        if key not in seen:
            seen.add(key)
            by_kind[candidate.kind].append(candidate)
    chosen: list[Candidate] = []
    left = _MOST_PRICED
    for n in range(max(map(len, by_kind.values()), default=0)):
        for row in by_kind.values():
            if n < len(row) and (cost := _dates_to_price(row[n])) <= left:
                chosen.append(row[n])
                left -= cost
    return chosen


def _dates_to_price(candidate: Candidate) -> int:
    further = candidate.change if candidate.kind is Kind.BLOCK else 0
    return len(candidate.spans) + further


def _at_other_times(plan: Plan, hints: Hints) -> Iterator[Candidate]:
    dates = {date.span for date in plan.dates}
    for kind, pattern, change in times.changes(plan.request.pattern, hints):
        request = replace(plan.request, pattern=pattern)
        spans = _spans(request)
        if kind is Kind.BLOCK:
            if dates < set(spans):
                yield Candidate(kind, request, spans, len(spans) - len(dates))
        elif len(spans) == len(dates):
            yield Candidate(kind, request, spans, change)


def _in_other_spaces(plan: Plan, known: Rooms) -> Iterator[Candidate]:
    spans = tuple(date.span for date in plan.dates)
    for n, (kind, old, new) in enumerate(rooms.swaps(known, plan.land, plan.request.people)):
        ids = tuple(new if pk == old else pk for pk in plan.request.space_ids)
        request = replace(plan.request, space_ids=ids)
        yield Candidate(kind, request, spans, n, swapped=(old, new))


def _spans(request: BookingRequest) -> tuple[Span, ...]:
    """None for what cannot be: a time that is left out when the clocks go forward."""
    try:
        return tuple(shape.check(request))
    except BadInput:
        return ()


def _priced(
    plan: Plan,
    paid: Decimal,
    candidates: Sequence[Candidate],
    wishes: Sequence[Wish],
    *,
    now: datetime,
) -> list[_Cheaper]:
    """The candidates that cost less, with what they cost and what the same costs as asked."""
    further = [
        _further_dates(plan, candidate, wish)
        for candidate, wish in zip(candidates, wishes, strict=True)
    ]
    rows = [*wishes, *(wish for some in further for wish in some)]
    totals = iter(_totals(rows, category=plan.hirer.category, now=now))
    costs = [next(totals) for _wish in wishes]
    found = []
    for candidate, wish, total, some in zip(candidates, wishes, costs, further, strict=True):
        alone = [next(totals) for _wish in some]
        known = [cost for cost in alone if cost is not None]
        usual = paid + sum(known, Decimal("0.00"))
        if total is not None and len(known) == len(alone) and total < usual:
            found.append(_Cheaper(candidate, wish, usual, total))
    return found


def _further_dates(plan: Plan, candidate: Candidate, wish: Wish) -> list[Wish]:
    """The dates that a block has on top of those asked for, each to be had by itself."""
    if candidate.kind is not Kind.BLOCK:
        return []
    asked = {date.span for date in plan.dates}
    return [replace(wish, spans=(span,)) for span in wish.spans if span not in asked]


def _totals(wishes: Sequence[Wish], *, category: str, now: datetime) -> list[Decimal | None]:
    """What all dates of each wish cost together; None where the venue has to say it."""
    asks = quoting.price_asks(wishes, category=category)
    venue_id = wishes[0].land.venue.pk
    flat = [ask for row in asks for ask in row]
    prices = iter(totals_many({venue_id: flat}, booked_on=london(now).date())[venue_id])
    found = []
    for row in asks:
        costs = [next(prices).total for _ask in row]
        known = [cost for cost in costs if cost is not None]
        found.append(sum(known, Decimal("0.00")) if len(known) == len(costs) else None)
    return found


def _promising(cheaper: Sequence[_Cheaper]) -> list[_Cheaper]:
    """The best few of each kind, the greatest saving first, and of equals the least change."""
    ordered = sorted(cheaper, key=lambda one: (-one.saving_as_asked, one.candidate.change))
    kept: dict[Kind, int] = defaultdict(int)
    chosen, left = [], _MOST_PLANNED
    for one in ordered:
        kind, dates = one.candidate.kind, len(one.wish.spans)
        if kept[kind] < _OF_A_KIND and (dates <= left or not kept[kind]):
            kept[kind] += 1
            left -= dates
            chosen.append(one)
    return chosen


def _will_do(then: Plan, one: _Cheaper, plan: Plan, known: Rooms) -> bool:
    """Whether it can be had for that price, and nobody who gets in now would be shut out."""
    there = (then.request.space_ids, [date.span for date in then.dates])
    asked = (plan.request.space_ids, [date.span for date in plan.dates])
    return (
        _can_be_had(then)
        and not then.refused
        and then.total == one.total
        and known.meets_as_much(there, asked, ticked=plan.request.needs)
    )


def _can_be_had(plan: Plan) -> bool:
    return all(breach.code in _NOT_YET for breach in plan.breaches)
