"""Venues, spaces, places, access facts, times, claims and stock."""

from spaces.models.access import AccessFact
from spaces.models.activity import Activity, ActivityBuffer
from spaces.models.calendar import CalendarSource, ImportedDate
from spaces.models.claim import Claim
from spaces.models.fact_photo import FactPhoto
from spaces.models.hours import HoursVariant, VariantDates
from spaces.models.importing import ImportChange, ImportedRecord, ImportProfile, VenueImport
from spaces.models.limits import EventNotice, PremisesLimit
from spaces.models.picture import FloorPlan, Photo, PlanMark
from spaces.models.place import MapShape, Place, Ward
from spaces.models.role import VenueRole
from spaces.models.route import (
    AccessFault,
    AccessLink,
    AccessNode,
    EntranceHours,
    NeedMasks,
    SpaceNeed,
)
from spaces.models.space import Facility, Layout, Pool, Space, SpacePart
from spaces.models.stock import StockClaim, StockItem
from spaces.models.stop import Stop
from spaces.models.timetable import Closure, OpeningSpan, QuietSpan, Series, TimeRule
from spaces.models.vat import OptionToTax, SportsDecision
from spaces.models.venue import Venue, VenueKind
from spaces.models.words import VenueWords

__all__ = [
    "AccessFact",
    "AccessFault",
    "AccessLink",
    "AccessNode",
    "Activity",
    "ActivityBuffer",
    "CalendarSource",
    "Claim",
    "Closure",
    "EntranceHours",
    "EventNotice",
    "Facility",
    "FactPhoto",
    "FloorPlan",
    "HoursVariant",
    "ImportChange",
    "ImportProfile",
    "ImportedDate",
    "ImportedRecord",
    "Layout",
    "MapShape",
    "NeedMasks",
    "OpeningSpan",
    "OptionToTax",
    "Photo",
    "Place",
    "PlanMark",
    "Pool",
    "PremisesLimit",
    "QuietSpan",
    "Series",
    "Space",
    "SpaceNeed",
    "SpacePart",
    "SportsDecision",
    "StockClaim",
    "StockItem",
    "Stop",
    "TimeRule",
    "VariantDates",
    "Venue",
    "VenueImport",
    "VenueKind",
    "VenueRole",
    "VenueWords",
    "Ward",
]
