"""Keeps with bookings that still have dates to come what was agreed besides their price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bookings.services import terms
from bookings.services.planning import PlannedDate
from bookings.transitions import LIVE
from core.clock import london
from core.intervals import Span
from demo.builders.bookings import Written
from demo.builders.world import World
from tariffs.engine import PriceAsk
from tariffs.services import Quoted


def build(
    world: World,
    entries: Iterable[Written],
    *,
    quote: Callable[[Written], Quoted],
    ask: Callable[[Written], PriceAsk],
) -> None:
    """The rows of one venue's bookings, written together."""
    rows: list[terms.Row] = []
    for dates in _to_come(world, entries):
        planned = [
            PlannedDate(
                Span(entry.row.starts_at, entry.row.ends_at),
                (),
                replace(quote(entry), ask=ask(entry)),
            )
            for entry in dates
        ]
        booking = dates[0].row.booking
        agreed = terms.foresee(planned, booked_on=london(booking.created_at).date())
        rows += terms.rows_of(agreed, booking, [entry.row for entry in dates])
    terms.write(rows)


def _to_come(world: World, entries: Iterable[Written]) -> Iterator[list[Written]]:
    """The dates that stand, by booking, of bookings that are not over."""
    found: dict[int, list[Written]] = defaultdict(list)
    for entry in entries:
        if entry.row.state in LIVE and entry.row.ends_at > world.now:
            found[entry.row.booking_id].append(entry)
    yield from found.values()
