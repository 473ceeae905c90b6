"""When people meet: for each use of a space its weekly slots, and what happens once.

A slot is (weekdays, hours, how likely it is taken where the space is as busy as can be).
"""

from __future__ import annotations

Slot = tuple[tuple[int, ...], str, float]

_WORK_WEEK = (0, 1, 2, 3, 4)

WEEKLY: dict[str, tuple[Slot, ...]] = {
    "hall": (
        (_WORK_WEEK, "10:00-12:00", 0.62),
        (_WORK_WEEK, "13:00-15:00", 0.52),
        ((0, 1, 2, 3), "16:00-17:30", 0.48),
        (_WORK_WEEK, "18:00-19:15", 0.74),
        ((0, 1, 2, 3), "19:30-21:30", 0.92),
        ((5,), "10:00-12:00", 0.7),
        ((6,), "10:00-12:30", 0.75),
    ),
    "room": (
        (_WORK_WEEK, "10:00-12:00", 0.6),
        (_WORK_WEEK, "13:30-15:30", 0.5),
        ((0, 1, 2, 3), "16:00-17:30", 0.42),
        ((0, 1, 2, 3), "18:30-20:30", 0.8),
        ((5,), "10:00-13:00", 0.55),
    ),
    "studio": (
        (_WORK_WEEK, "09:30-10:30", 0.55),
        (_WORK_WEEK, "12:00-13:00", 0.4),
        (_WORK_WEEK, "16:00-17:30", 0.65),
        (_WORK_WEEK, "18:00-19:00", 0.85),
        ((0, 1, 2, 3), "19:30-21:00", 0.9),
        ((5,), "09:30-12:30", 0.8),
    ),
    "music": (
        (_WORK_WEEK, "16:30-18:30", 0.7),
        (_WORK_WEEK, "19:00-21:00", 0.85),
        ((5,), "12:00-16:00", 0.75),
    ),
    "sports": (
        (_WORK_WEEK, "17:00-18:00", 0.85),
        (_WORK_WEEK, "18:00-19:00", 0.9),
        (_WORK_WEEK, "19:00-20:30", 0.9),
        ((1, 3), "10:00-11:30", 0.6),
        ((5, 6), "10:00-12:00", 0.85),
        ((6,), "13:00-15:00", 0.6),
    ),
    "youth": (
        (_WORK_WEEK, "10:00-12:00", 0.4),
        (_WORK_WEEK, "16:00-18:00", 0.8),
        (_WORK_WEEK, "18:30-20:30", 0.85),
        ((5,), "11:00-14:00", 0.6),
    ),
    "family": (
        (_WORK_WEEK, "09:30-11:30", 0.9),
        (_WORK_WEEK, "12:30-14:30", 0.6),
        ((5,), "10:00-12:00", 0.5),
    ),
    "quiet": (
        (_WORK_WEEK, "10:00-11:00", 0.5),
        ((1, 3), "19:00-20:00", 0.8),
    ),
    "social": (
        ((0, 1, 2, 3), "18:30-21:00", 0.7),
        ((1, 3), "14:00-16:00", 0.5),
    ),
    "study": (
        (_WORK_WEEK, "16:00-18:00", 0.9),
        (_WORK_WEEK, "18:00-19:30", 0.4),
        ((5,), "10:00-12:00", 0.6),
    ),
    "desk": ((_WORK_WEEK, "09:00-17:00", 0.85),),
    "refuge": (((0, 2, 4), "10:00-12:00", 0.8), ((1,), "18:00-19:30", 0.6)),
}

# Private people and groups who come once: weekend days, hours and how likely.
PARTIES: tuple[Slot, ...] = (
    ((5,), "14:00-17:30", 0.42),
    ((5,), "18:30-22:30", 0.4),
    ((6,), "14:00-17:30", 0.34),
)
PARTY_USES = frozenset({"hall", "social", "youth"})
PARTY_TITLES = (
    "Birthday party", "Naming day", "Anniversary", "Wedding reception", "Baby shower",
    "Retirement do", "Family gathering", "Engagement party", "Wake",
)  # fmt: skip

MEETINGS: tuple[Slot, ...] = (
    ((0, 1, 2, 3, 4), "09:30-12:30", 0.11),
    ((0, 1, 2, 3, 4), "13:00-16:00", 0.1),
    ((2, 3), "18:00-20:00", 0.08),
)
MEETING_USES = frozenset({"room", "hall", "foyer"})
MEETING_TITLES = (
    "Yearly general meeting", "Training day", "Trustees", "Interviews", "Planning day",
    "Open day", "First aid course", "Public meeting",
)  # fmt: skip

OPEN_AIR: tuple[Slot, ...] = (
    ((5,), "11:00-16:00", 0.5),
    ((6,), "11:00-16:00", 0.45),
    ((2,), "14:00-17:00", 0.12),
)
OPEN_AIR_TITLES = ("Summer fair", "Picnic", "Fun run", "Open air concert", "Volunteer day")

DECLINE_REASONS = (
    "The hall is being painted that week.",
    "That is too loud for the flats next door at that hour.",
    "We keep that evening for the youth club.",
)
CANCEL_REASONS = (
    "Not enough people could come.",
    "The tutor is unwell.",
    "We found the date clashed with a festival.",
    "The group is taking a break.",
)
VENUE_CANCEL_REASONS = ("The boiler failed.", "The building is needed as a polling station.")
