"""The fixed small catalogue of the random histories: two venues, each with a hall and a studio."""

from __future__ import annotations

from datetime import UTC, datetime

from accounts.models import StaffRole
from spaces.models import Space, StockItem, Venue, VenueRole
from tests.factories import SpaceFactory, UserFactory, VenueFactory, divisible_hall, open_always
from tests.factories.tariffs import flat_rates
from tests.model.oracle import House, Room, World

BEGIN = datetime(2027, 3, 25, 9, tzinfo=UTC)


class Catalogue:
    """Two venues: one books at once and counts its people, one answers within a day."""

    def __init__(self) -> None:
        self.quick = VenueFactory(confirmation=Venue.Confirmation.INSTANT, fire_limit=60)
        self.slow = VenueFactory(confirmation=Venue.Confirmation.REQUEST, answer_hours=24)
        buffers = {"setup_minutes": 30, "cleardown_minutes": 30}
        self.halls = [divisible_hall(venue=v, **buffers) for v in (self.quick, self.slow)]
        for hall in self.halls:
            Space.objects.filter(pk=hall.left.pk).update(**buffers)
        self.studios = [SpaceFactory(venue=v, setup_minutes=15) for v in (self.quick, self.slow)]
        for hall, studio in zip(self.halls, self.studios, strict=True):
            studio.acoustic_neighbours.add(hall.left)
        self.items = {
            v.pk: StockItem.objects.create(venue=v, name="Gazebo", quantity=2)
            for v in (self.quick, self.slow)
        }
        for space in Space.objects.all():
            open_always(space, BEGIN, days=60)
        for venue in (self.quick, self.slow):
            flat_rates(venue)
        self.hirers = [UserFactory() for _n in range(3)]
        self.manager = UserFactory()
        for venue in (self.quick, self.slow):
            VenueRole.objects.create(venue=venue, user=self.manager, role=StaffRole.MANAGER)
        self.rooms = [self._room(space) for space in Space.objects.order_by("pk")]

    def _room(self, space: Space) -> Room:
        next_door = [_atoms(other) for other in _neighbours(space)]
        return Room(
            id=space.pk,
            venue=space.venue_id,
            atoms=_atoms(space),
            hears=frozenset().union(*next_door),
            setup=space.setup_minutes,
            cleardown=space.cleardown_minutes,
        )

    def world(self) -> World:
        houses = {
            self.quick.pk: House(self.quick.pk, 60, None, 2),
            self.slow.pk: House(self.slow.pk, None, 24, 2),
        }
        return World(houses, BEGIN)

    def choices(self) -> list[tuple[Room, ...]]:
        """Single rooms, and pairs of one venue that share nothing."""
        pairs = [
            (one, other)
            for n, one in enumerate(self.rooms)
            for other in self.rooms[n + 1 :]
            if one.venue == other.venue and not one.atoms & other.atoms
        ]
        return [*((room,) for room in self.rooms), *((room,) for room in self.rooms), *pairs]


def _atoms(space: Space) -> frozenset[int]:
    return frozenset(space.atom_rows.values_list("part_id", flat=True))


def _neighbours(space: Space) -> set[Space]:
    """Whoever hears the space or one that shares an atom with it."""
    sharing = Space.objects.filter(atom_rows__part_id__in=_atoms(space))
    return set(Space.objects.filter(acoustic_neighbours__in=sharing))
