"""The public search: free, suitable and priced places, best first."""

from bookings.finder.facets import CEILINGS
from bookings.finder.find import find
from bookings.finder.misses import daypart_of, record_miss
from bookings.finder.query import (
    PAGE_SIZE,
    AlsoHere,
    DateAnswer,
    Facet,
    FindQuery,
    FindResult,
    FoundSpace,
    NeedAnswer,
    Option,
    PriceKind,
    Relaxed,
    RuledOut,
    ShownPrice,
    Unknowns,
    VenueToAsk,
    WhyNot,
)
from bookings.finder.radius import RADIUS_CHOICES_M, SEARCH_RADIUS_M, walk_minutes
from bookings.finder.traits import LAYOUTS, Mark

__all__ = [
    "CEILINGS",
    "LAYOUTS",
    "PAGE_SIZE",
    "RADIUS_CHOICES_M",
    "SEARCH_RADIUS_M",
    "AlsoHere",
    "DateAnswer",
    "Facet",
    "FindQuery",
    "FindResult",
    "FoundSpace",
    "Mark",
    "NeedAnswer",
    "Option",
    "PriceKind",
    "Relaxed",
    "RuledOut",
    "ShownPrice",
    "Unknowns",
    "VenueToAsk",
    "WhyNot",
    "daypart_of",
    "find",
    "record_miss",
    "walk_minutes",
]
