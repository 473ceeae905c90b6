"""The ways through a few buildings, what is out of order, and what visitors saw otherwise.

Written as people tell them: doors, then what each leads to. `*` marks a way with steps, `?` one
that nobody checked.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """`level`: yes, no or unknown. `hours`: (first day, last day, opens, closes), 0 is Monday."""

    name: str
    level: str = "yes"
    steps: int = 0
    hours: tuple[tuple[int, int, int, int], ...] = ()
    width: int = 0


@dataclass(frozen=True, slots=True)
class WaysSpec:
    """`ways`: pairs of names; a room is called as its space."""

    venue: str
    doors: tuple[Door, ...]
    ways: tuple[tuple[str, str], ...]
    lifts: tuple[str, ...] = ()
    toilets: tuple[tuple[str, str], ...] = ()  # name, accessible
    hallways: tuple[str, ...] = ()
    steps: frozenset[tuple[str, str]] = frozenset()
    unchecked: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class FaultSpec:
    """`place`: of the ways, or empty. Days from today; `until` 0 is not known."""

    venue: str
    what: str
    place: str
    since: int
    until: int
    note: str


@dataclass(frozen=True, slots=True)
class DiffersSpec:
    """What a visitor saw otherwise; what the venue says stays beside it."""

    venue: str
    code: str
    owner: str
    visitor: str
    note: str


WAYS = (
    WaysSpec(
        venue="tannery-hill-community-centre",
        doors=(
            Door("Front door", "no", steps=3),
            Door("Side door", hours=((0, 4, 8, 22), (5, 5, 9, 17)), width=900),
        ),
        hallways=("Hallway",),
        toilets=(("Toilet by the hallway", "yes"),),
        ways=(
            ("Front door", "Foyer"), ("Side door", "Hallway"), ("Foyer", "Hallway"),
            ("Hallway", "Main Hall East"), ("Hallway", "Main Hall West"),
            ("Hallway", "Small Hall"), ("Hallway", "Meeting Room"),
            ("Hallway", "Toilet by the hallway"), ("Main Hall West", "Kitchen"),
        ),
        unchecked=frozenset({("Main Hall West", "Kitchen")}),
    ),
    WaysSpec(
        venue="northmere-central-library",
        doors=(Door("Main entrance", width=900), Door("Station side door", "no", steps=6)),
        lifts=("Lift",),
        hallways=("Ground floor", "First floor", "Second floor"),
        toilets=(("Toilet on the ground floor", "yes"), ("Toilet on the second floor", "no")),
        ways=(
            ("Main entrance", "Ground floor"), ("Station side door", "Ground floor"),
            ("Ground floor", "Story Corner"), ("Ground floor", "Lift"), ("Lift", "First floor"),
            ("Lift", "Second floor"), ("First floor", "Events Floor"),
            ("First floor", "Mere Room"), ("Second floor", "Study Room 1"),
            ("Second floor", "Study Room 2"), ("Ground floor", "Toilet on the ground floor"),
            ("Second floor", "Toilet on the second floor"),
        ),
    ),
    WaysSpec(
        venue="eastwold-assembly-rooms",
        doors=(
            Door("Portico", "no", steps=5),
            Door("Garden door", hours=((0, 6, 10, 18),), width=900),
        ),
        hallways=("Lobby",),
        toilets=(("Toilet off the lobby", "yes"),),
        ways=(("Portico", "Lobby"), ("Garden door", "Lobby"), ("Lobby", "Toilet off the lobby")),
    ),
    WaysSpec(
        venue="northmere-corn-exchange",
        doors=(Door("Market door", "unknown"),),
        lifts=("Platform lift",),
        hallways=("Trading floor",),
        toilets=(("Toilet in the vault", "yes"),),
        ways=(
            ("Market door", "Trading floor"), ("Trading floor", "Platform lift"),
            ("Trading floor", "Toilet in the vault"),
        ),
        steps=frozenset({("Trading floor", "Toilet in the vault")}),
    ),
)  # fmt: skip

FAULTS = (
    FaultSpec(
        "northmere-central-library", "lift", "Lift", -2, 9,
        "A part is on its way. Ask at the desk for a room on the ground floor.",
    ),
    FaultSpec(
        "tannery-hill-community-centre", "loop", "", -1, 0, "Ask for the portable loop.",
    ),
    FaultSpec(
        "heathend-community-centre", "parking", "", 3, 6, "The bays are painted anew.",
    ),
)  # fmt: skip

DIFFERS = (
    DiffersSpec(
        "tannery-hill-community-centre", "quiet_space", "yes", "no",
        "The room we were shown is a store now.",
    ),
    DiffersSpec(
        "eastwold-library", "accessible_toilet", "yes", "no",
        "It was locked and nobody had the key.",
    ),
    DiffersSpec(
        "quayside-community-centre", "hearing_loop", "yes", "no", "It was not switched on.",
    ),
)  # fmt: skip
