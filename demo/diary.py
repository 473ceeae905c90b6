"""Who is where and when while the demo is planned: what the database will refuse, refused first.

All times are whole minutes since 1970 in UTC; spans are [start, end).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from core.intervals import Span
from demo.builders import times
from demo.builders.world import BuiltSpace, BuiltVenue

_DAY = 24 * 60
# As in bookings/rules/next_door.py: louder than talking disturbs those who need quiet.
_LOUDEST_BESIDE_QUIET = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """Spaces of one venue wanted for one span by one hirer."""

    spaces: tuple[BuiltSpace, ...]
    day: date
    span: Span
    hirer: str
    people: int
    loudness: int
    needs_quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    end: int
    setup: int
    cleardown: int
    hirer: str
    people: int = 0
    loudness: int = 0
    needs_quiet: bool = False


def minutes(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


class Diary:
    """The plan so far. `fits` asks, `take` writes down."""

    def __init__(self, venues: Iterable[BuiltVenue]) -> None:
        self._by_atom: dict[tuple[int, int], list[_Entry]] = defaultdict(list)
        self._by_venue: dict[tuple[int, int], list[_Entry]] = defaultdict(list)
        self._atoms: dict[int, BuiltSpace] = {}
        self._hearers: dict[int, set[int]] = defaultdict(set)
        for venue in venues:
            for space in venue.spaces.values():
                if not space.spec.parts:
                    self._atoms[space.pk] = space
                for name in space.spec.hears:
                    other = venue.spaces[name]
                    self._hearers[space.pk].add(other.pk)
                    self._hearers[other.pk].add(space.pk)

    def close(self, atoms: Sequence[int], span: Span) -> None:
        """Nobody may use these atoms; buffers may reach into the closure."""
        entry = _Entry(minutes(span.start), minutes(span.end), 0, 0, "")
        for atom in atoms:
            for bucket in _buckets(entry):
                self._by_atom[atom, bucket].append(entry)

    def fits(self, wish: Wish) -> bool:
        """Whether the rules of the venue and the claims of others allow it."""
        start, end = minutes(wish.span.start), minutes(wish.span.end)
        return (
            all(self._is_open(space, wish) for space in wish.spaces)
            and all(self._is_free(space, wish, start, end) for space in wish.spaces)
            and self._is_quiet_enough(wish, start, end)
            and self._has_room(wish, start, end)
        )

    def take(self, wish: Wish) -> None:
        start, end = minutes(wish.span.start), minutes(wish.span.end)
        for space in wish.spaces:
            entry = _Entry(
                start, end, *space.spec.buffers, wish.hirer, wish.people, wish.loudness,
                wish.needs_quiet,
            )  # fmt: skip
            for bucket in _buckets(entry):
                for atom in space.atoms:
                    self._by_atom[atom, bucket].append(entry)
                if space is wish.spaces[0]:
                    self._by_venue[space.venue.row.pk, bucket].append(entry)

    def _is_open(self, space: BuiltSpace, wish: Wish) -> bool:
        days = (wish.day - timedelta(days=1), wish.day)
        if not space.spec.through_closed:
            return any(
                span.covers(wish.span) for day in days for span in times.opening_on(space, day)
            )
        ends_on = wish.span.end.astimezone(UTC).date()
        opens = any(
            span.start <= wish.span.start < span.end for span in times.opening_on(space, wish.day)
        )
        return opens and any(
            span.start < wish.span.end <= span.end for span in times.opening_on(space, ends_on)
        )

    def _is_free(self, space: BuiltSpace, wish: Wish, start: int, end: int) -> bool:
        setup, cleardown = space.spec.buffers
        return not any(
            entry.start < end + (0 if _shared(entry, wish) else max(cleardown, entry.setup))
            and entry.end > start - (0 if _shared(entry, wish) else max(setup, entry.cleardown))
            for atom in space.atoms
            for entry in self._near(self._by_atom, atom, start, end)
        )

    def _is_quiet_enough(self, wish: Wish, start: int, end: int) -> bool:
        own = {atom for space in wish.spaces for atom in space.atoms}
        beside = set().union(*(self._hearers[atom] for atom in own)) - own
        for atom in own | beside:
            for quiet in self._atoms[atom].spec.quiet:
                if wish.loudness > quiet.loudest and any(
                    span.overlaps(wish.span) for span in times.quiet_on(quiet, wish.day)
                ):
                    return False
        for atom in beside:
            for entry in self._near(self._by_atom, atom, start, end):
                if entry.start < end and entry.end > start and _disturbs(entry, wish):
                    return False
        return True

    def _has_room(self, wish: Wish, start: int, end: int) -> bool:
        venue = wish.spaces[0].venue
        limit = venue.spec.fire_limit
        if limit is None:
            return True
        there = {
            entry
            for entry in self._near(self._by_venue, venue.row.pk, start, end)
            if entry.start < end and entry.end > start
        }
        return sum(entry.people for entry in there) + wish.people <= limit

    def _near(
        self, rows: dict[tuple[int, int], list[_Entry]], key: int, start: int, end: int
    ) -> Iterator[_Entry]:
        for bucket in range(start // _DAY - 1, end // _DAY + 2):
            yield from rows.get((key, bucket), ())


def _buckets(entry: _Entry) -> range:
    return range(entry.start // _DAY, entry.end // _DAY + 1)


def _shared(entry: _Entry, wish: Wish) -> bool:
    """No gap is needed beside a closure, or between two dates of one hirer."""
    return not entry.hirer or entry.hirer == wish.hirer


def _disturbs(entry: _Entry, wish: Wish) -> bool:
    return (entry.needs_quiet and wish.loudness > _LOUDEST_BESIDE_QUIET) or (
        wish.needs_quiet and entry.loudness > _LOUDEST_BESIDE_QUIET
    )
