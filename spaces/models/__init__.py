"""Venues, spaces, places, access facts, times, claims and stock."""

from spaces.models.access import AccessFact
from spaces.models.claim import Claim
from spaces.models.place import MapShape, Place, Ward
from spaces.models.role import VenueRole
from spaces.models.space import Facility, Layout, Pool, Space, SpacePart
from spaces.models.stock import StockClaim, StockItem
from spaces.models.timetable import Closure, OpeningSpan, QuietSpan, Series, TimeRule
from spaces.models.venue import Venue, VenueKind

__all__ = [
    "AccessFact",
    "Claim",
    "Closure",
    "Facility",
    "Layout",
    "MapShape",
    "OpeningSpan",
    "Place",
    "Pool",
    "QuietSpan",
    "Series",
    "Space",
    "SpacePart",
    "StockClaim",
    "StockItem",
    "TimeRule",
    "Venue",
    "VenueKind",
    "VenueRole",
    "Ward",
]
