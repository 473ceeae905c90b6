"""The next eight weeks of a venue's spaces, day by day: open, quiet, closed. Three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.clock import day_bounds, london, start_of_day
from core.intervals import Span, merge
from spaces import locks
from spaces.models import Closure, OpeningSpan, QuietSpan, Space, Venue

WEEKS = 8
_LONGEST = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of a day with its words: a promise, or why it is closed."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class DayAhead:
    day: date
    opening: tuple[Span, ...]
    quiet: tuple[Told, ...]
    closed: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class SpacesAhead:
    """Spaces that are alike in all eight weeks. `hours_known` False is not closed."""

    spaces: Sequence[Space]
    hours_known: bool
    weeks: Sequence[Sequence[DayAhead]]


def weeks_ahead(venue: Venue, *, now: datetime) -> list[SpacesAhead]:
    """From this week's Monday; spaces that say the same stand together, in the venue's order."""
    today = london(now).date()
    monday = today - timedelta(days=today.weekday())
    window = Span(start_of_day(monday), start_of_day(monday + timedelta(weeks=WEEKS)))
    spaces = list(venue.spaces.order_by("position", "name", "pk"))
    shared = _sharing(venue)
    opening = _opening(spaces, window)
    quiet = _quiet(spaces, window)
    closed = _closed(venue, window)
    alike: dict[tuple[bool, tuple[DayAhead, ...]], list[Space]] = defaultdict(list)
    for space in spaces:
        theirs = shared.get(space.pk, {space.pk})
        days = tuple(
            DayAhead(
                day,
                tuple(_clipped(opening[space.pk], day)),
                tuple(_told((one for pk in theirs for one in quiet[pk]), day)),
                tuple(_told((one for pk in theirs for one in closed[pk]), day)),
            )
            for day in (monday + timedelta(days=n) for n in range(7 * WEEKS))
        )
        alike[space.hours_known, days].append(space)
    return [
        SpacesAhead(same, known, [days[n : n + 7] for n in range(0, len(days), 7)])
        for (known, days), same in alike.items()
    ]


def _sharing(venue: Venue) -> dict[int, set[int]]:
    atoms = locks.atoms_in(venue.pk)
    return {
        one: {other for other, theirs in atoms.items() if not set(parts).isdisjoint(theirs)}
        for one, parts in atoms.items()
    }


def _opening(spaces: Collection[Space], window: Span) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = OpeningSpan.objects.filter(
        space__in=spaces,
        starts_at__gt=window.start - _LONGEST,
        starts_at__lt=window.end,
        ends_at__gt=window.start,
    )
    for row in rows:
        found[row.space_id].append(Span(row.starts_at, row.ends_at))
    return defaultdict(list, {pk: merge(spans) for pk, spans in found.items()})


def _quiet(spaces: Collection[Space], window: Span) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    rows = QuietSpan.objects.filter(
        space__in=spaces,
        starts_at__gt=window.start - _LONGEST,
        starts_at__lt=window.end,
        ends_at__gt=window.start,
    ).select_related("rule")
    for row in rows:
        words = row.rule.promise or row.rule.get_why_display()
        found[row.space_id].append(Told(Span(row.starts_at, row.ends_at), words))
    return found


def _closed(venue: Venue, window: Span) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    rows = Closure.objects.filter(
        venue=venue, is_lifted=False, starts_at__lt=window.end, ends_at__gt=window.start
    )
    for row in rows.prefetch_related("spaces"):
        for space in row.spaces.all():
            found[space.pk].append(Told(Span(row.starts_at, row.ends_at), row.reason))
    return found


def _clipped(spans: Iterable[Span], day: date) -> Iterable[Span]:
    bounds = Span(*day_bounds(day))
    return [part for span in spans if (part := span.clip(bounds)) is not None]


def _told(rows: Iterable[Told], day: date) -> list[Told]:
    bounds = Span(*day_bounds(day))
    found = {Told(part, row.words) for row in rows if (part := row.span.clip(bounds)) is not None}
    return sorted(found, key=lambda one: (one.span, one.words))
