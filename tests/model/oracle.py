"""What ought to be so, said as simply as possible: lists of spans, and no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.intervals import Span, subtract

WAITING = "requested"
LIVE = {"requested", "confirmed", "attended", "no_show"}
LOUD, MOST_WAITING = 3, 12


@dataclass(frozen=True)
class Room:
    """A space. `atoms` are what it is made of; `hears`: atoms next door; buffers in minutes."""

    id: int
    venue: int
    atoms: frozenset[int]
    hears: frozenset[int] = frozenset()
    setup: int = 0
    cleardown: int = 0


@dataclass(frozen=True)
class House:
    """A venue. `answer_hours` None: it books at once."""

    id: int
    fire_limit: int | None
    answer_hours: int | None
    stock: int


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, on some dates."""

    hirer: int
    rooms: tuple[Room, ...]
    people: int
    loudness: int
    needs_quiet: bool
    items: int

    @property
    def atoms(self) -> set[int]:
        return {atom for room in self.rooms for atom in room.atoms}


@dataclass
class Date:
    """A date of a booking as it ought to be."""

    id: int
    booking: int
    wish: Wish
    span: Span
    state: str
    hold_until: datetime | None = None


@dataclass
class Closed:
    id: int
    atoms: frozenset[int]
    span: Span


@dataclass
class World:
    """Everything that ought to be."""

    houses: dict[int, House]
    now: datetime
    dates: list[Date] = field(default_factory=list)
    closures: list[Closed] = field(default_factory=list)

    def state(self, date: Date) -> str:
        """As it is at this moment, whether or not anybody has noticed."""
        if date.state == WAITING and date.hold_until is not None and date.hold_until <= self.now:
            return "expired"
        return date.state

    def live(self) -> Iterator[Date]:
        return (date for date in self.dates if self.state(date) in LIVE)

    def of(self, booking: int) -> list[Date]:
        return [date for date in self.dates if date.booking == booking]

    def may_have(self, wish: Wish, span: Span) -> bool:
        """Whether one date can be had."""
        return (
            span.start > self.now
            and not self._is_taken(wish, span)
            and not self._is_closed(wish.atoms, span)
            and not self._is_heard(wish, span)
            and self._fits(wish, span)
            and self._is_in_stock(wish, span)
        )

    def has_too_many_open(self, hirer: int) -> bool:
        waiting = {
            date.booking
            for date in self.dates
            if date.wish.hirer == hirer and self.state(date) == WAITING
        }
        return len(waiting) >= MOST_WAITING

    def may_close(self, atoms: frozenset[int], span: Span) -> bool:
        return not any(date.span.overlaps(span) and date.wish.atoms & atoms for date in self.live())

    def free(self, room: Room, window: Span) -> list[Span]:
        """When a stranger's use of `room` may be, with its own buffers."""
        taken = [closed.span for closed in self.closures if closed.atoms & room.atoms]
        for date in self.live():
            taken += [
                _widened(date.span, theirs, room)
                for theirs in date.wish.rooms
                if theirs.atoms & room.atoms
            ]
        return subtract([window], taken)

    def uses(self) -> set[tuple[int, datetime, datetime, int]]:
        """(atom, from, until, date) of all that is taken."""
        return {
            (atom, date.span.start, date.span.end, date.id)
            for date in self.live()
            for atom in date.wish.atoms
        }

    def _is_taken(self, wish: Wish, span: Span) -> bool:
        for date in self.live():
            for theirs in date.wish.rooms:
                for ours in wish.rooms:
                    if not ours.atoms & theirs.atoms:
                        continue
                    is_own = date.wish.hirer == wish.hirer
                    kept = date.span if is_own else _widened(date.span, theirs, ours)
                    if kept.overlaps(span):
                        return True
        return False

    def _is_closed(self, atoms: Iterable[int], span: Span) -> bool:
        here = set(atoms)
        return any(closed.atoms & here and closed.span.overlaps(span) for closed in self.closures)

    def _is_heard(self, wish: Wish, span: Span) -> bool:
        hearing = {atom for room in wish.rooms for atom in room.hears} - wish.atoms
        for date in self.live():
            shares = date.wish.atoms & wish.atoms
            if shares or not date.wish.atoms & hearing or not date.span.overlaps(span):
                continue
            if wish.loudness >= LOUD and date.wish.needs_quiet:
                return True
            if wish.needs_quiet and date.wish.loudness >= LOUD:
                return True
        return False

    def _fits(self, wish: Wish, span: Span) -> bool:
        house = self.houses[wish.rooms[0].venue]
        if house.fire_limit is None:
            return True
        there = [
            (date.span, date.wish.people)
            for date in self.live()
            if date.wish.rooms[0].venue == house.id
        ]
        return _peak(there, span) + wish.people <= house.fire_limit

    def _is_in_stock(self, wish: Wish, span: Span) -> bool:
        if not wish.items:
            return True
        house = self.houses[wish.rooms[0].venue]
        out = [
            (date.span, date.wish.items)
            for date in self.live()
            if date.wish.rooms[0].venue == house.id
        ]
        return _peak(out, span) + wish.items <= house.stock


def _widened(taken: Span, theirs: Room, ours: Room) -> Span:
    """The gap between two hirers is the larger of their buffers, not the sum."""
    before = timedelta(minutes=max(theirs.setup, ours.cleardown))
    after = timedelta(minutes=max(theirs.cleardown, ours.setup))
    return Span(taken.start - before, taken.end + after)


def _peak(counted: list[tuple[Span, int]], span: Span) -> int:
    moments = [span.start, *(one.start for one, _n in counted if one.overlaps(span))]
    return max(
        sum(n for one, n in counted if one.start <= moment < one.end and one.overlaps(span))
        for moment in moments
    )
