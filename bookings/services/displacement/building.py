"""A venue as its standing bookings see it: who shares, who hears, what is open, quiet, licensed.

Loaded once, in a constant number of queries, for any number of bookings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from bookings.models import Occurrence, Use
from bookings.requests import BookingRequest
from bookings.rules.facts import Facts, LicenceEnd, NextDoor, Presence, QuietTime
from bookings.services import gather, limits
from bookings.transitions import LIVE
from core import sql
from core.clock import london
from core.intervals import Span, merge
from spaces import locks
from spaces.models import (
    Activity,
    ActivityBuffer,
    EventNotice,
    OpeningSpan,
    PremisesLimit,
    Space,
    Venue,
)
from spaces.models.timetable import Loudness
from spaces.timetable import Pattern

_LONGEST = timedelta(hours=25)
_LONGEST_STAY = timedelta(days=370)
_HEARS = """
SELECT beside.from_space_id, beside.to_space_id
FROM spaces_space_acoustic_neighbours beside
JOIN spaces_space space ON space.id = beside.from_space_id
WHERE space.venue_id = %s::bigint
"""


@dataclass(slots=True)
class _Timed:
    """Things with a span, found by time."""

    rows: list[Any] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Any]) -> _Timed:
        ordered = sorted(rows, key=lambda row: row.span.start)
        return cls(ordered, [row.span.start for row in ordered])

    def near(self, span: Span, *, longest: timedelta = _LONGEST) -> list[Any]:
        first = bisect_left(self.starts, span.start - longest)
        last = bisect_left(self.starts, span.end)
        return [row for row in self.rows[first:last] if row.span.overlaps(span)]


@dataclass(slots=True)
class Building:
    """One venue from `now` on."""

    venue: Venue
    now: datetime
    spaces: Mapping[int, Space]
    atoms: Mapping[int, Sequence[int]]
    uses: Mapping[int, Sequence[Use]]
    opening: Mapping[int, Sequence[Span]]
    quiet: Mapping[int, _Timed]
    there: _Timed
    licence: Sequence[LicenceEnd]
    event_notices: Sequence[Span]
    activity_buffers: Mapping[tuple[int, str], tuple[int, int]]
    _heard_by: Mapping[int, Collection[int]]

    def sharing(self, space_id: int) -> set[int]:
        """Spaces that share an atom with this one, itself among them."""
        own = set(self.atoms[space_id])
        return {other for other, parts in self.atoms.items() if not own.isdisjoint(parts)}

    def hearing(self, space_id: int) -> set[int]:
        """Spaces that hear this one; a neighbour named on a whole counts for its parts."""
        shared = self.sharing(space_id)
        near = {one for space in shared for one in self._heard_by.get(space, ())}
        heard = {atom for one in near if one in self.atoms for atom in self.atoms[one]}
        return {
            other for other, parts in self.atoms.items() if not heard.isdisjoint(parts)
        } - shared

    def buffers(self, space: Space, activity: str) -> tuple[int, int]:
        """Minutes that would be kept free round a booking made now."""
        setup, cleardown = self.activity_buffers.get((space.pk, activity), (0, 0))
        return max(space.setup_minutes, setup), max(space.cleardown_minutes, cleardown)

    def facts(self, occurrence: Occurrence, spaces: Sequence[Space]) -> Facts:
        """What the rules look at, were this date held in these spaces."""
        span = Span(occurrence.starts_at, occurrence.ends_at)
        request = as_request(occurrence, spaces)
        ids = [space.pk for space in spaces]
        kinds = limits.licensed(request)
        return Facts(
            request=request,
            venue=self.venue,
            spaces=spaces,
            now=self.now,
            opening={pk: self._open(pk, span) for pk in ids},
            quiet=list(self._quiet(ids, span)),
            next_door=list(self._next_door(occurrence, ids, span)),
            in_building=[
                one
                for one in self.there.near(span, longest=_LONGEST_STAY)
                if one.pk != occurrence.pk
            ],
            licence=[end for end in self.licence if end.kind in kinds],
            event_notices=self.event_notices,
        )

    def _open(self, space_id: int, span: Span) -> Sequence[Span]:
        spans = self.opening.get(space_id, ())
        first = bisect_right(spans, span.start - _LONGEST, key=lambda one: one.end)
        last = bisect_right(spans, span.end + _LONGEST, key=lambda one: one.start)
        return spans[first:last]

    def _quiet(self, ids: Iterable[int], span: Span) -> Iterable[QuietTime]:
        shared = {one for pk in ids for one in self.sharing(pk)}
        heard = {one for pk in ids for one in self.hearing(pk)} - shared
        for pk in sorted(shared | heard):
            for row in self.quiet.get(pk, _Timed()).near(span):
                yield gather.quiet_time(row.row, is_next_door=pk in heard)

    def _next_door(
        self, occurrence: Occurrence, ids: Iterable[int], span: Span
    ) -> Iterable[NextDoor]:
        for pk in sorted({one for space in ids for one in self.hearing(space)}):
            for use in self.uses.get(pk, ()):
                near = Span(use.starts_at, use.ends_at)
                if use.occurrence_id != occurrence.pk and near.overlaps(span):
                    booking = use.occurrence.booking
                    place = self.spaces[pk].name
                    yield NextDoor(near, booking.loudness, booking.needs_quiet, place)


@dataclass(frozen=True, slots=True)
class _QuietRow:
    span: Span
    row: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _There(Presence):
    pk: int = 0


def as_request(occurrence: Occurrence, spaces: Sequence[Space]) -> BookingRequest:
    """The booking as it would be asked for today."""
    booking = occurrence.booking
    starts, ends = london(occurrence.starts_at), london(occurrence.ends_at)
    return BookingRequest(
        venue_id=booking.venue_id,
        space_ids=tuple(space.pk for space in spaces),
        pattern=Pattern(starts.date(), starts.time(), ends.time()),
        title=booking.title,
        people=booking.people,
        loudness=Loudness(booking.loudness),
        needs_quiet=booking.needs_quiet,
        activity=Activity(booking.activity),
        sells_alcohol=booking.sells_alcohol,
    )


def standing_uses(venue: Venue, *, now: datetime) -> list[Use]:
    """Live uses of the venue that are not over, with what rules and lists need."""
    return list(
        Use.objects.filter(
            Q(occurrence__hold_until__isnull=True) | Q(occurrence__hold_until__gt=now),
            space__venue=venue,
            occurrence__state__in=LIVE,
            ends_at__gt=now,
        )
        .select_related(
            "occurrence__booking__organisation",
            "occurrence__booking__private_hirer",
            "occurrence__booking__venue",
        )
        .order_by("starts_at", "id")
    )


def load(venue: Venue, *, now: datetime) -> Building:
    """The venue as it is now, its rules as this transaction sees them. Nine queries."""
    spaces = {space.pk: space for space in venue.spaces.select_related("venue")}
    uses: dict[int, list[Use]] = defaultdict(list)
    there: dict[int, _There] = {}
    for use in standing_uses(venue, now=now):
        uses[use.space_id].append(use)
        date = use.occurrence
        span = Span(date.starts_at, date.ends_at)
        there[date.pk] = _There(span, date.booking.people, date.pk)
    heard_by: dict[int, set[int]] = defaultdict(set)
    for one, other in sql.rows(_HEARS, [venue.pk]):
        heard_by[one].add(other)
    return Building(
        venue=venue,
        now=now,
        spaces=spaces,
        atoms=locks.atoms_in(venue.pk),
        uses=uses,
        opening=_opening(spaces, now=now),
        quiet=_quiet_times(spaces, now=now),
        there=_Timed.of(there.values() if venue.fire_limit is not None else ()),
        licence=_licence(venue),
        event_notices=[
            Span(row.starts_at, row.ends_at)
            for row in EventNotice.objects.filter(venue=venue, ends_at__gt=now)
        ],
        activity_buffers={
            (row.space_id, row.activity): (row.setup_minutes, row.cleardown_minutes)
            for row in ActivityBuffer.objects.filter(space__venue=venue)
        },
        _heard_by=heard_by,
    )


def _opening(spaces: Collection[int], *, now: datetime) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = OpeningSpan.objects.filter(space_id__in=list(spaces), ends_at__gt=now - _LONGEST)
    for pk, starts_at, ends_at in rows.values_list("space_id", "starts_at", "ends_at"):
        found[pk].append(Span(starts_at, ends_at))
    return {pk: merge(spans) for pk, spans in found.items()}


def _quiet_times(spaces: Collection[int], *, now: datetime) -> dict[int, _Timed]:
    found: dict[int, list[_QuietRow]] = defaultdict(list)
    for row in gather.quiet_rows(spaces, Span(now, now + 10 * _LONGEST_STAY)):
        found[row[0]].append(_QuietRow(Span(row[1], row[2]), row))
    return {pk: _Timed.of(rows) for pk, rows in found.items()}


def _licence(venue: Venue) -> list[LicenceEnd]:
    kinds = PremisesLimit.OF_THE_CLOCK
    rows = PremisesLimit.objects.filter(venue=venue, kind__in=kinds).order_by("first_on", "id")
    return [
        LicenceEnd(row.kind, row.first_on, row.last_on, row.until, tuple(row.weekdays))
        for row in rows
        if row.until is not None
    ]
