"""Other spaces of the venue for the same hire, and what is known of them.

One takes the place of another where it is of a like kind, takes the people, and is known to meet
every access need that the other is known to meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bookings.finder.deciding import holds_at, weakest
from bookings.services.cheaper.answers import Kind
from bookings.services.displacement.moving import takes_as_many
from bookings.services.gather import Ground
from core.intervals import Span
from spaces.access_facts import NEEDS, State, known_needs
from spaces.models import Facility, Layout, Space, SpaceNeed

_MOST = 16
# What people meet in; anything else is only like its own kind.
_ROOMS = {Space.Kind.HALL, Space.Kind.ROOM, Space.Kind.STUDIO}

_GOOD = (State.NO, State.UNKNOWN, State.YES)

Swap = tuple[Kind, int, int]
# Spaces by id, and when.
Place = tuple[Collection[int], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Rooms:
    """The bookable spaces of a venue by id.

    `needs`: those each is known to meet. `answers`: what is kept of a need by space, over time.
    """

    spaces: Mapping[int, Space]
    needs: Mapping[int, set[str]]
    answers: Mapping[tuple[int, str], Sequence[SpaceNeed]]

    def meets_as_much(self, there: Place, than: Place, *, ticked: Collection[str] = ()) -> bool:
        """Whether every need that is known to be met in `than` is known to be met `there`.

        Of `ticked` needs one that is not known must not become a no.
        """
        for need in NEEDS:
            before, after = self.state(need, than), self.state(need, there)
            worse = _GOOD.index(after) < _GOOD.index(before)
            if worse and (before is State.YES or need in ticked):
                return False
        return True

    def state(self, need: str, place: Place) -> State:
        """As good as the weakest of the spaces, at the weakest of the times."""
        space_ids, spans = place
        states = [State.YES]
        for space_id in space_ids:
            rows = [row for row in self.answers.get((space_id, need), ()) if holds_at(row, spans)]
            states.append(State(weakest(rows).state) if rows else State.UNKNOWN)
        return min(states, key=_GOOD.index)


def rooms_of(land: Ground) -> Rooms:
    """All spaces that could be taken instead, in six queries whatever their number."""
    found = Space.objects.filter(venue_id=land.venue.pk, is_bookable=True).prefetch_related(
        "layouts", "facilities"
    )
    spaces = {space.pk: space for space in found}
    answers: dict[tuple[int, str], list[SpaceNeed]] = defaultdict(list)
    for row in SpaceNeed.objects.filter(space__in=spaces):
        if row.space_id is not None:
            answers[row.space_id, row.need].append(row)
    return Rooms(spaces, known_needs(list(spaces)), answers)


def swaps(rooms: Rooms, land: Ground, people: int) -> list[Swap]:
    """(kind, the space left, the space taken), the likest first."""
    return sorted(_swaps(rooms, land, people), key=lambda swap: _unlike(rooms, swap))[:_MOST]


def _swaps(rooms: Rooms, land: Ground, people: int) -> Iterator[Swap]:
    chosen = {space.id for space in land.spaces}
    for old in land.spaces:
        others = {atom for pk in chosen - {old.id} for atom in land.building[pk]}
        for new in rooms.spaces.values():
            atoms = set(land.building[new.pk])
            if new.pk in chosen or not atoms.isdisjoint(others):
                continue
            if _will_do(rooms, new, old, people):
                is_part = atoms < set(land.building[old.id])
                yield Kind.PART if is_part else Kind.OTHER_SPACE, old.id, new.pk


def _will_do(rooms: Rooms, new: Space, old: Space, people: int) -> bool:
    alike = new.kind == old.kind or {new.kind, old.kind} <= _ROOMS
    needs = rooms.needs.get(old.pk, set())
    return alike and takes_as_many(new, old, people) and rooms.needs[new.pk] >= needs


def _unlike(rooms: Rooms, swap: Swap) -> tuple[bool, int, int]:
    _kind, old, new = swap
    before, after = rooms.spaces.get(old), rooms.spaces[new]
    return before is None or before.kind != after.kind, after.capacity or 0, new


def layouts_lost(old: Space, new: Space, people: int) -> list[tuple[str, int | None]]:
    """Ways to set out `people` in the old space that the new one is not known to take.

    Each with how many the new one takes that way; None where nobody has said.
    """
    takes = {layout.kind: layout.people for layout in new.layouts.all()}
    return [
        (str(Layout.Kind(layout.kind).label), takes.get(layout.kind))
        for layout in old.layouts.all()
        if layout.people >= people and takes.get(layout.kind, 0) < people
    ]


def things_lost(old: Space, new: Space) -> list[str]:
    """What the old space is known to have and the new one is not."""
    return sorted(str(Facility.Code(code).label) for code in _has(old) - _has(new))


def _has(space: Space) -> set[str]:
    return {row.code for row in space.facilities.all() if row.value == Facility.Value.YES}
