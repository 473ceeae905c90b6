"""Which ways through a venue are free of steps, and what that says about each need."""

from spaces.routes.answers import Answer, RouteAnswer, need_answers, route_to, why_of
from spaces.routes.build import Moment
from spaces.routes.graph import Cause, Graph, Link, Stop, Way, Weak, best_way
from spaces.routes.load import Room, VenueAccess, load

__all__ = [
    "Answer",
    "Cause",
    "Graph",
    "Link",
    "Moment",
    "Room",
    "RouteAnswer",
    "Stop",
    "VenueAccess",
    "Way",
    "Weak",
    "best_way",
    "load",
    "need_answers",
    "route_to",
    "why_of",
]
