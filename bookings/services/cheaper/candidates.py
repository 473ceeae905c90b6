"""What may turn out cheaper: the request with other times or in other spaces, so many at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bookings.requests import BookingRequest
from bookings.services import shape
from bookings.services.cheaper import rooms, times
from bookings.services.cheaper.answers import Candidate, Kind
from bookings.services.cheaper.hints import Hints
from bookings.services.cheaper.rooms import Rooms
from bookings.services.cheaper.sieve import sample
from bookings.services.planning import Plan
from core.errors import BadInput
from core.intervals import Span

# So many dates are priced at most.
_MOST_PRICED = 600


def candidates_of(plan: Plan, known: Rooms, hints: Hints) -> list[Candidate]:
    """As many as may be priced, of each kind the nearest first; none of them twice."""
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
    if candidate.kind is Kind.BLOCK:
        return len(candidate.spans) + candidate.change
    return len(sample(len(candidate.spans)))


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
