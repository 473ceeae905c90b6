"""What checkers found, and what passers-by say has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

COUNCIL = "northmere"


@dataclass(frozen=True, slots=True)
class RoundSpec:
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitSpec:
    """`days_ago`: when the checker was invited. `found` names an entry of `FOUND`."""

    venue: str
    state: str
    days_ago: int
    email: str = "checker@example.org"
    found: str = "nothing"
    words: str = ""
    reply: str = ""
    expenses: str = ""
    expenses_state: str = "claimed"


@dataclass(frozen=True, slots=True)
class ReportSpec:
    venue: str
    fields: dict[str, Any] = field(default_factory=dict)


ROUND = RoundSpec(
    "Every way in",
    "Go as anybody would, on an ordinary day. Bring a tape measure if you have one.",
)

FOUND: dict[str, dict[str, dict[str, Any]]] = {
    "nothing": {},
    "half": {
        "entrance_step_free": {"value": "yes", "note": "The side door, from the car park"},
        "approach_surface_firm": {"value": "yes"},
    },
    "steps": {
        "entrance_step_free": {"value": "no", "note": "Two steps, no ramp on the day"},
        "accessible_toilet": {"value": "yes"},
        "toilet_alarm_cord_works": {"value": "no", "note": "Tied up out of reach"},
        "assistance_dogs_welcome": {"value": "yes"},
    },
    "good": {
        "entrance_step_free": {"value": "yes"},
        "door_clear_width": {"value": "yes", "measure": Decimal(870)},
        "approach_surface_firm": {"value": "yes"},
        "accessible_toilet": {"value": "yes"},
        "toilet_alarm_cord_works": {"value": "yes"},
        "drop_off_point": {"value": "unknown"},
    },
}

VISITS = (
    VisitSpec(
        "tannery-hill-community-centre", "published", 45, found="good",
        words="Somebody looked up and said hello. The signs to the toilet were easy to follow.",
        reply="Thank you. We have put the drop-off place on our page.",
        expenses="4.40", expenses_state="approved",
    ),
    VisitSpec(
        "abbey-manor", "sent", 12, found="steps",
        words="The front door has two steps. Staff offered to help, but nobody knew of a ramp.",
        expenses="6.20",
    ),
    VisitSpec("larkwood-library", "accepted", 9, found="half"),
    VisitSpec("mere-park", "invited", 2),
    VisitSpec("heathend-community-centre", "invited", 4, email="somebody.else@example.org"),
    VisitSpec("st-elvards-church-and-hall", "declined", 20, email="passing.by@example.org"),
)  # fmt: skip

REPORTS = (
    ReportSpec("abbey-manor", {
        "code": "entrance_step_free", "value": "yes",
        "words": "There is a ramp at the garden door now.", "email": "walker@example.org",
    }),
    ReportSpec("abbey-manor", {"words": "The bell by the gate does not ring."}),
    ReportSpec("tannery-hill-community-centre", {
        "code": "hearing_loop", "value": "no", "words": "The loop was switched off.",
    }),
    ReportSpec("tannery-hill-community-centre", {
        "code": "parking_blue_badge_count", "value": "no", "words": "No bays any more.",
        "state": "set_aside", "reason": "The bays were closed for one day only.",
    }),
)  # fmt: skip
