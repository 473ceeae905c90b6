"""Short ways to write the spaces that come back again and again."""

from __future__ import annotations

from typing import Any

from demo.content.kinds import QuietSpec, SpaceSpec

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WEEKDAYS = (0, 1, 2, 3, 4)

NOON_PRAYER = QuietSpec(
    WEEKDAYS, "12:00-13:00", 1, "The chapel is kept for quiet prayer.", "prayer"
)
EVENSONG = QuietSpec((2, 6), "18:00-19:00", 1, "Evening prayer is said next door.", "prayer")
EXAM_QUIET = QuietSpec(WEEKDAYS, "15:00-18:00", 1, "Quiet for homework and revision.", "exams")
RELAXED = QuietSpec((1,), "10:00-12:00", 2, "Relaxed session: low light, no loud sound.", "relaxed")
FRIDAY_PRAYER = QuietSpec(
    (4,), "12:30-14:30", 1, "Friday prayers are held in the building.", "prayer"
)


def hall(name: str, people: int, rate: str, **more: Any) -> SpaceSpec:
    """A hall that is set out in many ways, with time kept free to put chairs away."""
    settings: dict[str, Any] = {
        "kind": "hall",
        "area": round(people * 1.15, 1),
        "buffers": (15, 15),
        "use": "hall",
        "busy": 0.72,
        "layouts": {
            "theatre": people,
            "cabaret": people * 6 // 10,
            "dining": people * 6 // 10,
            "dance": people // 2,
        },
    }
    return SpaceSpec(name=name, people=people, rate=rate, **(settings | more))


def room(name: str, people: int, rate: str, **more: Any) -> SpaceSpec:
    """A room for meetings and classes."""
    settings: dict[str, Any] = {
        "area": round(people * 1.8, 1),
        "use": "room",
        "busy": 0.55,
        "layouts": {"theatre": people, "boardroom": max(4, people * 6 // 10)},
        "has": ("wifi",),
    }
    return SpaceSpec(name=name, people=people, rate=rate, **(settings | more))


def kitchen(name: str, rate: str, **more: Any) -> SpaceSpec:
    """A kitchen, most often booked with the hall beside it."""
    settings: dict[str, Any] = {
        "kind": "kitchen",
        "people": 8,
        "area": 18.0,
        "use": "kitchen",
        "busy": 0.3,
        "has": ("kitchen",),
    }
    return SpaceSpec(name=name, rate=rate, **(settings | more))


def foyer(name: str, people: int, rate: str, **more: Any) -> SpaceSpec:
    settings: dict[str, Any] = {
        "kind": "foyer",
        "area": people * 1.0,
        "use": "foyer",
        "busy": 0.2,
        "layouts": {"standing": people},
    }
    return SpaceSpec(name=name, people=people, rate=rate, **(settings | more))


def studio(name: str, people: int, rate: str, **more: Any) -> SpaceSpec:
    settings: dict[str, Any] = {
        "kind": "studio",
        "area": people * 3.0,
        "buffers": (0, 15),
        "use": "studio",
        "busy": 0.65,
        "layouts": {"dance": people},
    }
    return SpaceSpec(name=name, people=people, rate=rate, **(settings | more))


def outdoor(name: str, people: int, rate: str, **more: Any) -> SpaceSpec:
    settings: dict[str, Any] = {
        "kind": "outdoor",
        "area": people * 4.0,
        "buffers": (60, 60),
        "least": 120,
        "longest": 3 * 24 * 60,
        "use": "outdoor",
        "busy": 0.4,
        "layouts": {"standing": people},
    }
    return SpaceSpec(name=name, people=people, rate=rate, **(settings | more))


def pitch(name: str, people: int, rate: str, **more: Any) -> SpaceSpec:
    settings: dict[str, Any] = {"kind": "pitch", "use": "sports", "busy": 0.7}
    return SpaceSpec(name=name, people=people, rate=rate, **(settings | more))


def desks(pool: str, count: int, rate: str) -> tuple[SpaceSpec, ...]:
    """Numbered desks that are alike; any of them is given to whoever books."""
    return tuple(
        SpaceSpec(
            name=f"Desk {n}", kind="desk", people=1, rate=rate, area=4.0, pool=pool,
            use="desk", busy=0.5, has=("wifi",), longest=12 * 60, layouts={"boardroom": 1},
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def stalls(pool: str, count: int, rate: str) -> tuple[SpaceSpec, ...]:
    """Numbered pitches of a market, three metres by three."""
    return tuple(
        SpaceSpec(
            name=f"Stall {n}", kind="stall", people=4, rate=rate, area=9.0, pool=pool,
            use="none",
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def gallery(name: str, people: int, rate: str) -> tuple[SpaceSpec, ...]:
    """A gallery: an exhibition hangs on the walls for weeks while people meet on the floor."""
    return (
        SpaceSpec(
            name=name, kind="gallery", people=people, rate=rate, area=140.0, use="none",
            parts=(f"{name}: walls", f"{name}: floor"), longest=21 * 24 * 60,
            layouts={"standing": people, "theatre": people * 7 // 10}, has=("wifi",),
            words="Walls and floor together, for a private view or a festival.",
        ),
        SpaceSpec(
            name=f"{name}: walls", kind="walls", rate="1.50", area=60.0, use="exhibition",
            busy=0.8, least=24 * 60, longest=28 * 24 * 60, through_closed=True,
            buffers=(240, 240), has=("hanging_system",),
            words="42 metres of hanging. Shown for one to four weeks.",
        ),
        SpaceSpec(
            name=f"{name}: floor", kind="floor", people=people * 7 // 10, rate=rate, area=140.0,
            use="room", busy=0.6, layouts={"theatre": people * 7 // 10, "boardroom": 24},
            has=("wifi", "projector"), words="The floor, while the walls stay hung.",
        ),
    )  # fmt: skip
