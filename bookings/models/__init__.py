"""Bookings, their dates, uses and items, kept quotes, rates tried out, and searches that missed."""

from bookings.models.booking import AccessRequest, Booking, RefusedDate
from bookings.models.fault_told import FaultTold
from bookings.models.occurrence import ItemUse, Occurrence, State, Use
from bookings.models.price_change import PriceChange
from bookings.models.quote import QuoteLine
from bookings.models.search_miss import SearchMiss
from bookings.models.terms import By, CancellationCharge, CancelTerms, Deposit, DuePart
from bookings.models.vat_change import VatChange
from bookings.models.what_if_run import WhatIfRun

__all__ = [
    "AccessRequest",
    "Booking",
    "By",
    "CancelTerms",
    "CancellationCharge",
    "Deposit",
    "DuePart",
    "FaultTold",
    "ItemUse",
    "Occurrence",
    "PriceChange",
    "QuoteLine",
    "RefusedDate",
    "SearchMiss",
    "State",
    "Use",
    "VatChange",
    "WhatIfRun",
]
