"""Bookings, their dates, uses, items and kept quotes; help with the price; searches in vain."""

from bookings.models.booking import AccessRequest, Booking, RefusedDate
from bookings.models.fault_told import FaultTold
from bookings.models.occurrence import ItemUse, Occurrence, State, Use
from bookings.models.quote import QuoteLine
from bookings.models.search_miss import SearchMiss
from bookings.models.support import (
    Allowance,
    AllowanceSpend,
    Grant,
    GrantShare,
    Voucher,
    VoucherUse,
)

__all__ = [
    "AccessRequest",
    "Allowance",
    "AllowanceSpend",
    "Booking",
    "FaultTold",
    "Grant",
    "GrantShare",
    "ItemUse",
    "Occurrence",
    "QuoteLine",
    "RefusedDate",
    "SearchMiss",
    "State",
    "Use",
    "Voucher",
    "VoucherUse",
]
