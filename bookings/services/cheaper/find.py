"""The cheapest way to do this: like requests that cost less, each of which can be booked now.

Many candidates go through a sieve together; the best of each kind is then previewed as if
somebody had asked for it, and is shown with the price of that preview or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bookings.services.cheaper import rooms, sieve, wording
from bookings.services.cheaper.answers import Alternative, Candidate, Kind
from bookings.services.cheaper.candidates import candidates_of
from bookings.services.cheaper.hints import hints_of
from bookings.services.cheaper.rooms import Rooms
from bookings.services.gather import Wish
from bookings.services.hirer import Actor
from bookings.services.planning import Plan
from bookings.services.request import preview_booking
from core.clock import london
from core.errors import DomainError
from tariffs.services import document_of

MOST_SHOWN = 5
# About so many dates of cheaper candidates are held to the rules, of each kind and in all.
_MOST_HELD_OF_A_KIND, _MOST_HELD = 100, 1000


@dataclass(frozen=True, slots=True)
class _Cheaper:
    """By the sieve, for as many dates as it priced: `usual` is what they cost as was asked for,
    `total` what the candidate costs. Of a block these are all dates."""

    candidate: Candidate
    wish: Wish
    dates: int
    usual: Decimal
    total: Decimal

    @property
    def saving_of_a_date(self) -> Decimal:
        return (self.usual - self.total) / self.dates


def cheaper_ways(
    plan: Plan, *, actor: Actor, now: datetime, category: str | None = None
) -> list[Alternative]:
    """At most one of each kind, the greatest saving first; empty where there is none.

    `plan` is the preview that `actor` was shown, priced for `category` where one was chosen.
    Only for a plan all of whose dates can be had at a known price: elsewhere there is nothing to
    compare with. The number of queries depends on how many ways are found, not on rooms or dates.
    """
    paid = plan.total
    if paid is None or not _can_be_had(plan):
        return []
    known = rooms.rooms_of(plan.land)
    day = london(plan.dates[0].span.start).date()
    booked_on = london(now).date()
    hints = hints_of(document_of(plan.land.venue.pk, event_on=day, booked_on=booked_on))
    cheaper = _cheaper(plan, paid, candidates_of(plan, known, hints), now=now)
    best = _best_of_each_kind(_to_be_had(plan, cheaper, known, now=now))
    found = []
    for one in best[:MOST_SHOWN]:
        then = _previewed(one, actor=actor, now=now, category=category)
        usual = one.usual if one.candidate.kind is Kind.BLOCK else paid
        if then is not None and _is_cheaper(one, then, usual):
            found.append(wording.alternative(one.candidate, then, plan, known, hints, usual=usual))
    return sorted(found, key=lambda way: way.saving_as_asked, reverse=True)


def _cheaper(
    plan: Plan, paid: Decimal, candidates: Sequence[Candidate], *, now: datetime
) -> list[_Cheaper]:
    """The candidates that cost less, the greatest saving first, and of equals the least change.

    A block of dates is set beside the same dates one by one, so it is left out where the price
    that was shown has more to it than the rates, such as a voucher.
    """
    if not candidates:
        return []
    wishes = sieve.wishes_of(candidates)
    asked = Wish(plan.land, [date.span for date in plan.dates])
    some, every = sieve.sample(len(asked.spans)), range(len(asked.spans))
    further = [
        _further_dates(plan, candidate, wish)
        for candidate, wish in zip(candidates, wishes, strict=True)
    ]
    numbers = [
        range(len(wish.spans)) if alone else some
        for wish, alone in zip(wishes, further, strict=True)
    ]
    rows = [
        (asked, some),
        (asked, every),
        *zip(wishes, numbers, strict=True),
        *((wish, range(1)) for alone in further for wish in alone),
    ]
    costs = iter(sieve.prices(plan, rows, now=now))
    of_some, of_every = next(costs), next(costs)
    totals = [next(costs) for _wish in wishes]
    found = []
    for candidate, wish, alone, total, priced in zip(
        candidates, wishes, further, totals, numbers, strict=True
    ):
        usual = of_some
        if alone:
            usual = _sum([of_every, *(next(costs) for _wish in alone)])
        is_fair = not alone or of_every == paid
        if total is not None and usual is not None and total < usual and is_fair:
            found.append(_Cheaper(candidate, wish, len(priced), usual, total))
    return sorted(found, key=lambda one: (-one.saving_of_a_date, one.candidate.change))


def _sum(costs: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal("0.00")
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return total


def _further_dates(plan: Plan, candidate: Candidate, wish: Wish) -> list[Wish]:
    """The dates that a block has on top of those asked for, each to be had by itself."""
    if candidate.kind is not Kind.BLOCK:
        return []
    asked = {date.span for date in plan.dates}
    return [replace(wish, spans=[span]) for span in wish.spans if span not in asked]


def _to_be_had(
    plan: Plan, cheaper: Sequence[_Cheaper], known: Rooms, *, now: datetime
) -> list[_Cheaper]:
    """Those that are free, keep to the rules, and shut nobody out who gets in now."""
    asked = (plan.request.space_ids, [date.span for date in plan.dates])
    fit: list[_Cheaper] = []
    held: dict[Kind, int] = defaultdict(int)
    for one in cheaper:
        there = (one.candidate.request.space_ids, one.candidate.spans)
        kind, dates = one.candidate.kind, len(one.wish.spans)
        fits_in = held[kind] < _MOST_HELD_OF_A_KIND and sum(held.values()) + dates <= _MOST_HELD
        if fits_in and known.meets_as_much(there, asked, ticked=plan.request.needs):
            held[kind] += dates
            fit.append(one)
    if not fit:
        return []
    free = sieve.can_be_had(plan.request, [one.wish for one in fit], hirer=plan.hirer, now=now)
    return [one for one, is_free in zip(fit, free, strict=True) if is_free]


def _best_of_each_kind(cheaper: Sequence[_Cheaper]) -> list[_Cheaper]:
    best: dict[Kind, _Cheaper] = {}
    for one in cheaper:
        best.setdefault(one.candidate.kind, one)
    return list(best.values())


def _previewed(one: _Cheaper, *, actor: Actor, now: datetime, category: str | None) -> Plan | None:
    try:
        return preview_booking(one.candidate.request, actor=actor, now=now, category=category)
    except DomainError:
        # Taken away since the sieve looked, such as a space that is no longer public.
        return None


def _is_cheaper(one: _Cheaper, then: Plan, usual: Decimal) -> bool:
    """Whether its own preview can be had for less. A block's price must be that of the sieve,
    which also said what its dates cost one by one."""
    if then.total is None or not _can_be_had(then) or then.total >= usual:
        return False
    return one.candidate.kind is not Kind.BLOCK or then.total == one.total


def _can_be_had(plan: Plan) -> bool:
    return not plan.refused and all(breach.code in sieve.NOT_YET for breach in plan.breaches)
