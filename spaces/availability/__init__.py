"""When spaces are free: opening hours, less closures, live claims and buffers.

Every function costs the same few queries for one space and for two hundred. A hold that has run
out is free, whether or not anybody has released it.
"""

from spaces.availability.answers import MOST_SPANS, Answer, Reason, is_free
from spaces.availability.free import FreeTime, busy_intervals, free_intervals
from spaces.availability.week import Segment, SpaceWeek, week

__all__ = [
    "MOST_SPANS",
    "Answer",
    "FreeTime",
    "Reason",
    "Segment",
    "SpaceWeek",
    "busy_intervals",
    "free_intervals",
    "is_free",
    "week",
]
