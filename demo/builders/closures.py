"""Closures and the claims they take, before anybody books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from core.clock import at
from core.intervals import Span
from demo.builders.times import wall
from demo.builders.world import BuiltSpace, BuiltVenue, World
from demo.content.closures import CHRISTMAS_REASON, CLOSURES, SHUT_AT_CHRISTMAS
from demo.diary import Diary
from spaces import claims, closures
from spaces.models import Closure


def build(world: World, diary: Diary) -> None:
    """Write every closure within the period."""
    ids: list[int] = []
    for venue, spaces, span, reason in _closures(world):
        closure = Closure.objects.create(
            venue=venue.row,
            starts_at=span.start,
            ends_at=span.end,
            reason=reason,
            uid=world.uid(),
            created_at=min(span.start - timedelta(days=45), world.now - timedelta(days=3)),
        )
        closure.spaces.set([space.row for space in spaces])
        diary.close(sorted({atom for space in spaces for atom in space.atoms}), span)
        ids.append(closure.pk)
    claims.sync(closures.OWNER, ids, closures.derive(ids), now=world.now)


def _closures(world: World) -> Iterator[tuple[BuiltVenue, list[BuiltSpace], Span, str]]:
    for spec in CLOSURES:
        venue = world.venues[spec.venue]
        spaces = [venue.spaces[name] for name in spec.spaces or tuple(venue.spaces)]
        first = world.today + timedelta(days=spec.first_day)
        last = world.today + timedelta(days=spec.last_day)
        starts, ends = wall(spec.hours)
        if first >= world.period.first and last <= world.period.last:
            yield venue, spaces, Span(at(first, starts), at(last, ends)), spec.reason
    for year in range(world.period.first.year, world.period.last.year + 1):
        first = date(year, 12, 24)
        if not world.period.first <= first <= world.period.last:
            continue
        span = Span(at(first, time(12)), at(date(year + 1, 1, 2), time(0)))
        for venue in world.venues.values():
            if venue.spec.kind in SHUT_AT_CHRISTMAS and venue.spec.mode == "here":
                yield venue, list(venue.spaces.values()), span, CHRISTMAS_REASON
