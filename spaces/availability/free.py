"""The free and the busy time of spaces inside a window."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.intervals import Span, intersect, merge, subtract
from spaces.availability.rows import live_claims, opening, space_rows


@dataclass(frozen=True, slots=True)
class FreeTime:
    """The spans in which a space may be used, sorted and apart.

    Where `hours_known` is False nobody has said when the space opens: the spans are then the
    time that is not taken, and the venue must be asked. After `known_until` the opening hours
    are not worked out yet, so nothing is said to be free there.
    """

    spans: tuple[Span, ...]
    hours_known: bool
    known_until: datetime | None = None

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)


def free_intervals(
    space_ids: Collection[int], window: Span, *, now: datetime
) -> dict[int, FreeTime]:
    """Opening less closures, live claims and buffers, for each known space. Three queries.

    A use may fill any part of a span to its very ends; the space's own buffers are allowed for.
    """
    spaces = space_rows(space_ids)
    hours = opening(spaces.keys(), [window])
    claims = live_claims(spaces.values(), [window], now=now)
    free = {}
    for space_id, space in spaces.items():
        open_ = intersect(hours[space_id], [window]) if space.hours_known else [window]
        taken = [claim.widened(space) for claim in claims[space_id]]
        free[space_id] = FreeTime(
            spans=tuple(subtract(open_, taken)),
            hours_known=space.hours_known,
            known_until=space.known_until,
        )
    return free


def busy_intervals(
    space_ids: Collection[int], window: Span, *, now: datetime
) -> dict[int, list[Span]]:
    """The time inside `window` in which something holds each space, merged. Two queries."""
    spaces = space_rows(space_ids)
    claims = live_claims(spaces.values(), [window], now=now)
    return {
        space_id: merge(
            part for claim in claims[space_id] if (part := claim.span.clip(window)) is not None
        )
        for space_id in spaces
    }
