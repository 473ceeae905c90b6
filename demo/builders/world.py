"""What has been made so far, by the names that the content uses."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import Contact, Council, Operator, Organisation, User
from demo.content.kinds import OrgSpec, SpaceSpec, VenueSpec
from spaces.models import Space, StockItem, Venue, Ward


@dataclass(frozen=True, slots=True)
class Period:
    """Bookings are made for dates in [first, last]."""

    first: date
    last: date


@dataclass(slots=True)
class BuiltSpace:
    """A space with the content it was made from and the atoms it is made of."""

    row: Space
    spec: SpaceSpec
    venue: BuiltVenue
    atoms: tuple[int, ...] = ()

    @property
    def pk(self) -> int:
        return self.row.pk


@dataclass(slots=True)
class BuiltVenue:
    row: Venue
    spec: VenueSpec
    spaces: dict[str, BuiltSpace] = field(default_factory=dict)
    stock: list[StockItem] = field(default_factory=list)


@dataclass(slots=True)
class BuiltOrg:
    row: Organisation
    spec: OrgSpec
    owner: User
    contacts: list[Contact] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """`say` shows how far the load has come."""

    today: date
    now: datetime
    period: Period
    say: Callable[[str], None]
    rng: random.Random = field(default_factory=lambda: random.Random("openhall"))
    councils: dict[str, Council] = field(default_factory=dict)
    wards: dict[str, Ward] = field(default_factory=dict)
    operators: dict[str, Operator] = field(default_factory=dict)
    venues: dict[str, BuiltVenue] = field(default_factory=dict)
    organisations: dict[str, BuiltOrg] = field(default_factory=dict)
    private_hirers: list[tuple[User, Contact]] = field(default_factory=list)
    postcodes: dict[str, list[tuple[str, float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def uid(self) -> uuid.UUID:
        """A calendar identity, the same at every load."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)
