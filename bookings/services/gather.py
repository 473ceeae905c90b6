"""Loads what the rules look at, in a constant number of queries for any number of dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bookings.models import State
from bookings.requests import BookingRequest
from bookings.rules.facts import Facts, QuietTime
from bookings.services import limits
from bookings.services.around import who_is_around
from bookings.transitions import WAITING
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


@dataclass(frozen=True, slots=True)
class Wish:
    """Where, and the spans of the dates in time order."""

    land: Ground
    spans: Sequence[Span]


def _touching(building: Mapping[int, Sequence[int]], atoms: Collection[int]) -> set[int]:
    return {space for space, parts in building.items() if any(part in atoms for part in parts)}


def ground(request: BookingRequest) -> Ground:
    """The catalogue side of a request.

    Raises: NotFound for a venue or space that is not there, BadInput for spaces that overlap
    each other (a hall and its own half) or too many of them.
    """
    return grounds([request])[0]


def grounds(requests: Sequence[BookingRequest]) -> list[Ground]:
    """The same for several requests of one venue and one activity, in as many queries as for one.

    Raises: NotFound, BadInput, as `ground`.
    """
    venue_id = requests[0].venue_id
    wanted = {space_id for request in requests for space_id in request.space_ids}
    spaces = list(
        Space.objects.filter(id__in=wanted, venue_id=venue_id)
        .select_related("venue__council", "venue__operator__organisation", "venue__tariff")
        .order_by("position", "name", "id")
    )
    if len(spaces) != len(wanted):
        raise NotFound(_("We could not find that space. Choose one from the venue’s page."))
    building = locks.atoms_in(venue_id)
    heard_by = locks.hearers_of_each({atom for space in spaces for atom in building[space.id]})
    buffers = limits.buffers(spaces, requests[0].activity)
    found = []
    for request in requests:
        chosen = [space for space in spaces if space.id in set(request.space_ids)]
        flat = [atom for space in chosen for atom in building[space.id]]
        if len(flat) != len(set(flat)):
            raise BadInput(
                _("You chose a space together with a part of it. Choose the whole or the part.")
            )
        hearers = frozenset().union(*(heard_by.get(atom, ()) for atom in flat)) - set(flat)
        own = {space.id: buffers[space.id] for space in chosen}
        found.append(Ground(chosen[0].venue, chosen, building, hearers, own))
    return found


def facts(
    request: BookingRequest, land: Ground, spans: Sequence[Span], *, waiting: int, now: datetime
) -> Facts:
    """Everything the rules need for all dates; read after the locks are held."""
    return facts_of_each(request, [Wish(land, spans)], waiting=waiting, now=now)[0]


def facts_of_each(
    request: BookingRequest, wishes: Sequence[Wish], *, waiting: int, now: datetime
) -> list[Facts]:
    """The same for several wishes of which one will be had, in as many queries as for one.

    They are of one venue, and as `request` in all but their spaces and their dates.
    """
    window, venue = window_of(wishes), wishes[0].land.venue
    opening = _opening({space.id for wish in wishes for space in wish.land.spaces}, window)
    quiet = _quiet([wish.land for wish in wishes], window)
    hearing = [wish.land.hearing for wish in wishes]
    around = who_is_around(venue, wishes[0].land.building, hearing, window, now=now)
    licence = limits.licence(request)
    event_notices = limits.event_notices(request, window)
    return [
        Facts(
            request=request,
            venue=venue,
            spaces=wish.land.spaces,
            now=now,
            opening=opening,
            quiet=of_quiet,
            next_door=next_door,
            in_building=in_building,
            waiting=waiting,
            licence=licence,
            event_notices=event_notices,
        )
        for wish, of_quiet, (next_door, in_building) in zip(wishes, quiet, around, strict=True)
    ]


def window_of(wishes: Sequence[Wish]) -> Span:
    """From the first date of all wishes until the last."""
    spans = [span for wish in wishes for span in wish.spans]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def waiting_bookings(request: BookingRequest, actor_id: int, *, now: datetime) -> int:
    """How many bookings of this hirer wait for an answer."""
    of_whom = "private_hirer_id" if request.organisation_id is None else "organisation_id"
    waits = {"whose": request.organisation_id or actor_id, "states": _names(WAITING), "now": now}
    ((count,),) = sql.rows(_WAITING_OF.format(of_whom=of_whom), waits)
    return int(count)


def _names(states: Iterable[State]) -> list[str]:
    return sorted(state.value for state in states)


def _opening(space_ids: Collection[int], window: Span) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    wanted = _near(space_ids, window)
    for space_id, starts_at, ends_at in sql.rows(_OPENING, wanted):
        found[space_id].append(Span(starts_at, ends_at))
    return {space_id: merge(spans) for space_id, spans in found.items()}


def _quiet(lands: Sequence[Ground], window: Span) -> list[list[QuietTime]]:
    near = [(land.sharing, land.hearing) for land in lands]
    rows = quiet_rows(set().union(*(sharing | hearing for sharing, hearing in near)), window)
    return [
        [
            quiet_time(row, is_next_door=row[0] in hearing)
            for row in rows
            if row[0] in sharing or row[0] in hearing
        ]
        for sharing, hearing in near
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
