"""When places are shut: days counted from today, and what comes round every year."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClosureSpec:
    """Spaces of a venue (none named: all) from one day to another, counted from today."""

    venue: str
    spaces: tuple[str, ...]
    first_day: int
    last_day: int
    hours: str
    reason: str


CLOSURES = (
    ClosureSpec("tannery-hill-community-centre", ("Small Hall",), 24, 27, "08:00-18:00",
                "The floor is being sanded and sealed."),
    ClosureSpec("st-elvards-church-and-hall", ("Church Hall",), 40, 41, "09:00-17:00",
                "The boiler is being replaced."),
    ClosureSpec("heathend-community-centre", ("Common Hall B",), -130, -116, "08:00-22:00",
                "The roof was mended after the storm."),
    ClosureSpec("eastwold-assembly-rooms", ("Ballroom North",), 65, 67, "08:00-23:00",
                "The sliding wall is being serviced."),
    ClosureSpec("saltings-community-centre", ("Pantry Kitchen",), 10, 11, "08:00-20:00",
                "Deep clean and gas safety check."),
    ClosureSpec("northmere-corn-exchange", (), -240, -229, "08:00-22:00",
                "The roof lights were being replaced."),
    ClosureSpec("beacon-hill-park", ("Hill Field",), 90, 110, "07:30-21:00",
                "The grass is being reseeded."),
)  # fmt: skip

# Kinds of venue that shut from noon on Christmas Eve until 2 January.
SHUT_AT_CHRISTMAS = frozenset({
    "community_centre", "library", "youth_centre", "leisure_centre", "office_hub", "studio",
    "gallery", "school", "heritage_site",
})  # fmt: skip
CHRISTMAS_REASON = "Closed for Christmas and New Year."
