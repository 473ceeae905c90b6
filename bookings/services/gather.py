"""Loads what the rules look at, in a constant number of queries for any number of dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.models import Booking, Use
from bookings.requests import BookingRequest
from bookings.rules.facts import Facts, NextDoor, Presence, QuietTime
from bookings.transitions import LIVE, WAITING
from core.errors import BadInput, NotFound
from core.intervals import Span, merge
from spaces import locks
from spaces.models import OpeningSpan, QuietSpan, Space, Venue

_DAY = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class Ground:
    """The chosen spaces, and the atoms that hear them.

    `building`: every space of the venue with the atoms it is made of.
    """

    venue: Venue
    spaces: Sequence[Space]
    building: Mapping[int, Sequence[int]]
    hearers: frozenset[int]

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
        .select_related("venue__council", "venue__operator__organisation")
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
    return Ground(spaces[0].venue, spaces, building, frozenset(locks.hearers_of(flat)))


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
    )


def waiting_bookings(request: BookingRequest, actor_id: int, *, now: datetime) -> int:
    """How many bookings of this hirer wait for an answer."""
    if request.organisation_id is not None:
        mine = Q(organisation_id=request.organisation_id)
    else:
        mine = Q(private_hirer_id=actor_id)
    return (
        Booking.objects.filter(
            mine, occurrences__state__in=WAITING, occurrences__hold_until__gt=now
        )
        .values("pk")
        .distinct()
        .count()
    )


def _opening(land: Ground, window: Span) -> dict[int, list[Span]]:
    rows = OpeningSpan.objects.filter(
        space_id__in=[space.id for space in land.spaces],
        starts_at__lt=window.end,
        starts_at__gt=window.start - _DAY,
    ).values_list("space_id", "starts_at", "ends_at")
    found: dict[int, list[Span]] = defaultdict(list)
    for space_id, starts_at, ends_at in rows:
        found[space_id].append(Span(starts_at, ends_at))
    return {space_id: merge(spans) for space_id, spans in found.items()}


def _quiet(land: Ground, window: Span) -> list[QuietTime]:
    rows = QuietSpan.objects.filter(
        space_id__in=land.sharing | land.hearing,
        starts_at__lt=window.end,
        starts_at__gt=window.start - _DAY,
    ).values_list("starts_at", "ends_at", "loudest", "space__name", "rule__promise")
    return [
        QuietTime(Span(starts_at, ends_at), loudest, place, promise)
        for starts_at, ends_at, loudest, place, promise in rows
    ]


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
