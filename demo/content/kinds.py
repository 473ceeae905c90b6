"""The shapes in which the demo's content is written: plain values, checked by the type checker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A spot on the map: the ward, then how far east and north of its middle (-1 to 1).
Anchor = tuple[str, float, float]
# Weekdays (0 is Monday) and wall times, "08:00-22:00"; an end at or before the start is next day.
Hours = tuple[tuple[tuple[int, ...], str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CouncilSpec:
    name: str
    slug: str
    town: str
    gss_code: str
    district: str
    wards: tuple[str, ...]
    first_column: int
    postcodes_per_ward: int = 4


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    kind: str
    name: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class ShapeSpec:
    """`anchors` is a line, or for a park or a lake its middle; `size` its half width in km."""

    kind: str
    name: str
    anchors: tuple[Anchor, ...]
    size: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class QuietSpec:
    days: tuple[int, ...]
    hours: str
    loudest: int
    promise: str
    why: str = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class SpaceSpec:
    """One space. `use` names the rhythm of its bookings, `busy` how full it gets (0 to 1)."""

    name: str
    kind: str = "room"
    people: int | None = None
    rate: str = "12.00"
    area: float | None = None
    floor: int = 0
    parts: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()
    hours: str = ""
    buffers: tuple[int, int] = (0, 0)
    least: int = 60
    longest: int = 24 * 60
    layouts: Mapping[str, int] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    quiet: tuple[QuietSpec, ...] = ()
    pool: str = ""
    through_closed: bool = False
    bookable: bool = True
    use: str = "room"
    busy: float = 0.6
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VenueSpec:
    name: str
    kind: str
    at: Anchor
    street: str
    operator: str
    words: str
    spaces: tuple[SpaceSpec, ...] = ()
    mode: str = "here"
    instant: bool = False
    answer_hours: int = 72
    notice_hours: int = 24
    window_days: int = 365
    fire_limit: int | None = None
    hours: str = "centre"
    scheme: str = "council"
    access: str = "mixed"
    stock: Mapping[str, int] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    getting_there: str = ""
    how_to_ask: str = ""
    procedure: str = ""
    house_rules: str = ""
    visibility: str = "public"
    website: str = ""

    @property
    def council(self) -> str:
        return self.operator.split(".", maxsplit=1)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatorSpec:
    """An organisation that runs venues; its key begins with the council's slug."""

    key: str
    name: str
    kind: str
    category: str
    contact_line: str
    is_incorporated: bool = True
    charity_number: str = ""
    company_number: str = ""
    vat: str = "not_registered"


@dataclass(frozen=True, slots=True)
class OrgSpec:
    """A hirer. `concession` is the state of its proof; `likes` are the uses it books."""

    council: str
    name: str
    kind: str
    category: str
    concession: str
    likes: tuple[str, ...]
    titles: tuple[str, ...]
    people: int = 20
    loudness: int = 2
    visibility: str = "private"
    number: str = ""


@dataclass(frozen=True, slots=True)
class LogIn:
    """Somebody to sign in as. `grants` are "council:officer:northmere" and the like."""

    email: str
    name: str
    role: str
    try_this: str
    grants: tuple[str, ...]
