"""Cheaper ways to do what somebody asks a price for."""

from bookings.services.cheaper.answers import Alternative, Kind
from bookings.services.cheaper.find import cheaper_ways

__all__ = ["Alternative", "Kind", "cheaper_ways"]
