"""Takes the claims of every live date, exactly as the booking service derives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bookings import claiming
from bookings.models import Use
from bookings.transitions import LIVE
from core.intervals import Span
from demo.builders.bookings import Written
from demo.builders.world import World
from spaces import claims, stock
from spaces.claims import Wanted

_BATCH = 3000
# A buffer is an hour or four at most, so only the dates of the days around can matter.
_NEAR = timedelta(days=1)

_Spans = dict[tuple[str, int], dict[int, list[Span]]]


def build(world: World, written: Sequence[Written]) -> None:
    """Write the claims in batches, in the order of time within each."""
    live = [entry for entry in written if entry.row.state in LIVE]
    own = _own_spans(live)
    for start in range(0, len(live), _BATCH):
        batch = live[start : start + _BATCH]
        ids = [entry.row.pk for entry in batch]
        claims.sync(claiming.OWNER, ids, _wanted(batch, own), now=world.now)
        world.say(f"claims: {min(start + _BATCH, len(live))} of {len(live)}")
    with_items = [entry.row.pk for entry in live if entry.booking.items]
    stock.sync(claiming.OWNER, with_items, claiming.derive_stock(with_items), now=world.now)


def _own_spans(live: Sequence[Written]) -> _Spans:
    """Each hirer's uses of each atom, by day, for buffers that its own dates make needless."""
    found: _Spans = defaultdict(lambda: defaultdict(list))
    for entry in live:
        span = Span(entry.row.starts_at, entry.row.ends_at)
        for space in entry.booking.spaces:
            for atom in space.atoms:
                days = found[entry.booking.hirer.key, atom]
                for day in range(span.start.toordinal(), span.end.toordinal() + 1):
                    days[day].append(span)
    return found


def _wanted(batch: Sequence[Written], own: _Spans) -> Iterator[Wanted]:
    for entry in batch:
        for use, space in zip(entry.uses, entry.booking.spaces, strict=True):
            for atom in space.atoms:
                near = _near(own[entry.booking.hirer.key, atom], use)
                yield from claiming.claims_of(use, atom, own=near)


def _near(days: dict[int, list[Span]], use: Use) -> list[Span]:
    first, last = (use.starts_at - _NEAR).toordinal(), (use.ends_at + _NEAR).toordinal()
    return [span for day in range(first, last + 1) for span in days.get(day, ())]
