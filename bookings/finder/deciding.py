"""Which kept answer to a need decides: the weakest of the times asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from bookings.finder.query import NeedAnswer
from core.intervals import Span
from spaces.access_facts import State
from spaces.models import SpaceNeed
from spaces.routes import week
from spaces.routes.words import why

_ORDER = (State.NO.value, State.UNKNOWN.value, State.YES.value)


def answers_at(
    space_ids: Collection[int], needs: Sequence[str], spans: Collection[Span]
) -> dict[int, tuple[NeedAnswer, ...]]:
    """Whether each space meets these needs throughout the spans, and why not. One query.

    A space of which nothing is kept is not known, never a no.
    """
    rows = SpaceNeed.objects.filter(space__in=space_ids, need__in=needs)
    found: dict[tuple[int | None, str], list[SpaceNeed]] = defaultdict(list)
    for row in rows.order_by("starts_at", "from_minute"):
        if holds_at(row, spans):
            found[row.space_id, row.need].append(row)
    return {
        pk: tuple(_answer(need, found.get((pk, need), ())) for need in needs) for pk in space_ids
    }


def _answer(need: str, rows: Sequence[SpaceNeed]) -> NeedAnswer:
    if not rows:
        return NeedAnswer(need, State.UNKNOWN)
    decides = weakest(rows)
    return NeedAnswer(need, State(decides.state), why(decides.why))


def weakest(rows: Iterable[SpaceNeed]) -> SpaceNeed:
    """A no before what is not known, that before a yes."""
    return min(rows, key=lambda row: _ORDER.index(row.state))


def best(rows: Iterable[SpaceNeed]) -> SpaceNeed:
    """The other way round."""
    return max(rows, key=lambda row: _ORDER.index(row.state))


def holds_at(row: SpaceNeed, spans: Iterable[Span]) -> bool:
    """Whether an answer holds at some time of one of the spans."""
    return any(
        (row.starts_at is None or row.starts_at < span.end)
        and (row.ends_at is None or row.ends_at > span.start)
        and week.overlaps((row.from_minute, row.to_minute), week.minutes_of(span))
        for span in spans
    )
