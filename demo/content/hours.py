"""Opening hours by name. A space without a name of its own keeps its venue's hours."""

from demo.content.kinds import Hours
from demo.content.makers import EVERY_DAY, WEEKDAYS

HOURS: dict[str, Hours] = {
    "centre": ((WEEKDAYS, "08:00-22:30"), ((5,), "08:00-23:30"), ((6,), "09:00-21:30")),
    "late": (((0, 1, 2, 3), "09:00-23:00"), ((4, 5), "09:00-00:30"), ((6,), "10:00-22:30")),
    "village": (((0, 1, 2, 3, 4, 5, 6), "08:00-23:00"),),
    "library": (((0, 1, 3, 4), "09:00-18:00"), ((2,), "09:00-20:00"), ((5,), "09:30-16:30")),
    "library_late": ((WEEKDAYS, "09:00-21:00"), ((5,), "09:30-17:30"), ((6,), "11:00-16:00")),
    "church": (((0, 1, 2, 3, 4, 5), "09:00-22:00"), ((6,), "13:00-20:30")),
    "mosque": (((0, 1, 2, 3, 5, 6), "09:00-21:30"), ((4,), "15:00-21:30")),
    "gurdwara": ((EVERY_DAY, "08:00-21:00"),),
    "school": ((WEEKDAYS, "17:30-21:30"), ((5,), "09:00-18:00")),
    "park": ((EVERY_DAY, "07:30-21:00"),),
    "always": ((EVERY_DAY, "00:00-00:00"),),
    "office": ((WEEKDAYS, "07:30-20:00"),),
    "studio": ((WEEKDAYS, "08:00-22:30"), ((5, 6), "09:00-21:00")),
    "pub": (((0, 1, 2, 3), "11:00-23:30"), ((4, 5), "11:00-01:00"), ((6,), "12:00-22:30")),
    "cafe": (((0, 1, 2, 5), "08:00-18:00"), ((3, 4), "08:00-22:00")),
    "leisure": ((WEEKDAYS, "06:30-22:00"), ((5, 6), "08:00-20:00")),
    "youth": ((WEEKDAYS, "09:00-21:30"), ((5,), "10:00-18:00")),
    "sunday": (((6,), "10:00-17:00"),),
    "market": ((EVERY_DAY, "07:00-20:00"),),
    "heritage": (((1, 2, 3, 4, 5, 6), "09:00-23:00"),),
    "gallery": (((1, 2, 4, 5, 6), "10:00-18:00"), ((3,), "10:00-21:00")),
    "shop": (((0, 1, 2, 3, 4, 5), "08:00-19:00"), ((6,), "10:00-17:00")),
    "unknown": (),
}

# Open in school terms only, and closed in the holidays.
TERM_TIME = frozenset({"school"})
# People are about on bank holidays too.
BANK_HOLIDAYS_AS_USUAL = frozenset({"park", "always", "pub", "leisure", "market", "sunday"})
