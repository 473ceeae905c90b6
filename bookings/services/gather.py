"""Loads what the rules look at, in a constant number of queries for any number of dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import State, Use
from bookings.requests import BookingRequest
from bookings.rules.facts import Facts, NextDoor, Presence, QuietTime
from bookings.services import limits
from bookings.transitions import LIVE, WAITING
from core import sql
from core.errors import BadInput, NotFound
from core.intervals import Span, merge
from spaces import locks
from spaces.models import Space, Venue

_DAY = timedelta(hours=25)
_WAITING_OF = """
SELECT count(DISTINCT booking.id)
FROM bookings_booking booking JOIN bookings_occurrence date ON date.booking_id = booking.id
WHERE booking.{of_whom} = %(whose)s::bigint
  AND date.state = ANY(%(states)s::text[]) AND date.hold_until > %(now)s::timestamptz
"""
_OPENING = """
SELECT space_id, starts_at, ends_at FROM spaces_openingspan
WHERE space_id = ANY(%(spaces)s::bigint[])
  AND starts_at < %(until)s::timestamptz AND starts_at > %(from)s::timestamptz
"""
_QUIET = """
SELECT span.space_id, span.starts_at, span.ends_at, span.loudest, rule.loudest_next_door,
       rule.activities, rule.why, space.name, rule.promise
FROM spaces_quietspan span
JOIN spaces_space space ON space.id = span.space_id
JOIN spaces_timerule rule ON rule.id = span.rule_id
WHERE span.space_id = ANY(%(spaces)s::bigint[])
  AND span.starts_at < %(until)s::timestamptz AND span.starts_at > %(from)s::timestamptz
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """The chosen spaces, and the atoms that hear them.

    `building`: every space of the venue with the atoms it is made of. `buffers`: the minutes
    kept free before and after, of each chosen space, for what is planned there.
    """

    venue: Venue
    spaces: Sequence[Space]
    building: Mapping[int, Sequence[int]]
    hearers: frozenset[int]
    buffers: Mapping[int, tuple[int, int]]

    @property
    def atom_ids(self) -> list[int]:
        return sorted(atom for space in self.spaces for atom in self.building[space.id])

    @property
    def sharing(self) -> set[int]:
        """The spaces that share an atom with the chosen ones, themselves among them."""
        return _touching(self.building, set(self.atom_ids))

    @property
    def hearing(self) -> set[int]:
        """The spaces that hear the chosen ones."""
        return _touching(self.building, self.hearers) - self.sharing


def _touching(building: Mapping[int, Sequence[int]], atoms: Collection[int]) -> set[int]:
    return {space for space, parts in building.items() if any(part in atoms for part in parts)}


def ground(request: BookingRequest) -> Ground:
    """The catalogue side of a request.

    Raises: NotFound for a venue or space that is not there, BadInput for spaces that overlap
    each other (a hall and its own half) or too many of them.
    """
    wanted = set(request.space_ids)
    spaces = list(
        Space.objects.filter(id__in=wanted, venue_id=request.venue_id)
        .select_related("venue__council", "venue__operator__organisation", "venue__tariff")
        .order_by("position", "name", "id")
    )
    if len(spaces) != len(wanted):
        raise NotFound(_("We could not find that space. Choose one from the venue’s page."))
    building = locks.atoms_in(request.venue_id)
    flat = [atom for space in spaces for atom in building[space.id]]
    if len(flat) != len(set(flat)):
        raise BadInput(
            _("You chose a space together with a part of it. Choose the whole or the part.")
        )
    return Ground(
        spaces[0].venue,
        spaces,
        building,
        frozenset(locks.hearers_of(flat)),
        limits.buffers(spaces, request.activity),
    )


def facts(
    request: BookingRequest, land: Ground, spans: Sequence[Span], *, waiting: int, now: datetime
) -> Facts:
    """Everything the rules need for all dates; read after the locks are held."""
    window = Span(spans[0].start, max(span.end for span in spans))
    next_door, in_building = _around(land, window, now=now)
    return Facts(
        request=request,
        venue=land.venue,
        spaces=land.spaces,
        now=now,
        opening=_opening(land, window),
        quiet=_quiet(land, window),
        next_door=next_door,
        in_building=in_building,
        waiting=waiting,
        licence=limits.licence(request),
        event_notices=limits.event_notices(request, window),
    )


def waiting_bookings(request: BookingRequest, actor_id: int, *, now: datetime) -> int:
    """How many bookings of this hirer wait for an answer."""
    of_whom = "private_hirer_id" if request.organisation_id is None else "organisation_id"
    waits = {"whose": request.organisation_id or actor_id, "states": _names(WAITING), "now": now}
    ((count,),) = sql.rows(_WAITING_OF.format(of_whom=of_whom), waits)
    return int(count)


def _names(states: Iterable[State]) -> list[str]:
    return sorted(state.value for state in states)


def _opening(land: Ground, window: Span) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    wanted = _near([space.id for space in land.spaces], window)
    for space_id, starts_at, ends_at in sql.rows(_OPENING, wanted):
        found[space_id].append(Span(starts_at, ends_at))
    return {space_id: merge(spans) for space_id, spans in found.items()}


def _quiet(land: Ground, window: Span) -> list[QuietTime]:
    hearing = land.hearing
    return [
        quiet_time(row, is_next_door=row[0] in hearing)
        for row in quiet_rows(land.sharing | hearing, window)
    ]


def quiet_rows(space_ids: Iterable[int], window: Span) -> list[tuple[Any, ...]]:
    """The quiet times of these spaces in `window`, as `quiet_time` takes them."""
    return sql.rows(_QUIET, _near(space_ids, window))


def quiet_time(row: tuple[Any, ...], *, is_next_door: bool) -> QuietTime:
    """A row of `quiet_rows` as it binds whoever is in the room itself, or next door to it."""
    _space, starts_at, ends_at, loudest, next_door, activities, why, place, promise = row
    return QuietTime(
        Span(starts_at, ends_at),
        next_door if is_next_door else loudest,
        place,
        promise,
        why,
        () if is_next_door else tuple(activities),
        is_next_door,
    )


def _near(space_ids: Iterable[int], window: Span) -> dict[str, Any]:
    return {"spaces": list(space_ids), "from": window.start - _DAY, "until": window.end}


def _around(land: Ground, window: Span, *, now: datetime) -> tuple[list[NextDoor], list[Presence]]:
    counts_people = land.venue.fire_limit is not None
    if not (land.hearers or counts_people):
        return [], []
    hearing = land.hearing
    where = Q(space_id__in=land.building if counts_people else hearing)
    rows = (
        Use.objects.filter(
            where,
            Q(occurrence__hold_until__isnull=True) | Q(occurrence__hold_until__gt=now),
            occurrence__state__in=LIVE,
            starts_at__lt=window.end,
            ends_at__gt=window.start,
        )
        .order_by("starts_at", "id")
        .values_list(
            "space_id",
            "space__name",
            "starts_at",
            "ends_at",
            "occurrence_id",
            "occurrence__starts_at",
            "occurrence__ends_at",
            "occurrence__booking__people",
            "occurrence__booking__loudness",
            "occurrence__booking__needs_quiet",
        )
    )
    next_door, in_building = [], {}
    for space_id, place, starts_at, ends_at, date_id, first, last, people, loudness, quiet in rows:
        if space_id in hearing:
            next_door.append(NextDoor(Span(starts_at, ends_at), loudness, quiet, place))
        if counts_people:
            in_building[date_id] = Presence(Span(first, last), people)
    return next_door, list(in_building.values())
