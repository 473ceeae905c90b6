"""Bookings, their dates, uses and items, kept quotes, help with the price, rates tried out, and
searches in vain."""

from bookings.models.booking import AccessRequest, Booking, RefusedDate
from bookings.models.fault_told import FaultTold
from bookings.models.occurrence import ItemUse, Occurrence, State, Use
from bookings.models.price_change import PriceChange
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
from bookings.models.terms import By, CancellationCharge, CancelTerms, Deposit, DuePart
from bookings.models.vat_change import VatChange
from bookings.models.what_if_run import WhatIfRun

__all__ = [
    "AccessRequest",
    "Allowance",
    "AllowanceSpend",
    "Booking",
    "By",
    "CancelTerms",
    "CancellationCharge",
    "Deposit",
    "DuePart",
    "FaultTold",
    "Grant",
    "GrantShare",
    "ItemUse",
    "Occurrence",
    "PriceChange",
    "QuoteLine",
    "RefusedDate",
    "SearchMiss",
    "State",
    "Use",
    "VatChange",
    "Voucher",
    "VoucherUse",
    "WhatIfRun",
]
