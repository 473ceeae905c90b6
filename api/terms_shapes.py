"""Deposits, payments due and terms of cancelling, as quotes and bookings show them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from api.shapes import Instant, Output
from bookings import paying
from bookings.agreement import Scale
from bookings.models import Booking, By, State
from bookings.services import terms
from bookings.services.planning import Plan

_STANDING = (State.REQUESTED, State.HELD, State.CONFIRMED, State.ATTENDED)


class DepositOutput(Output):
    name = serializers.CharField()
    amount = serializers.DecimalField(
        14,
        2,
        allow_null=True,
        help_text="Pounds, given back after the hire; null: the venue must decide.",
    )
    why = serializers.CharField()


class DueOutput(Output):
    on = serializers.DateField(allow_null=True, help_text="By this day; null: not known yet.")
    amount = serializers.DecimalField(14, 2, help_text="Pounds.")
    why = serializers.CharField()
    returned = serializers.BooleanField(
        source="is_returnable", help_text="Whether it is given back after cancelling."
    )


class CancelTermsOutput(Output):
    by = serializers.ChoiceField(choices=By.choices, help_text="Who cancels.")
    dates = serializers.CharField(help_text="For which dates; empty: for all of them.")
    steps = serializers.ListField(
        child=serializers.CharField(), help_text="What each length of notice costs, in words."
    )


class ChargeOutput(Output):
    """What a date that was called off costs, by the terms and the price agreed for it."""

    by = serializers.ChoiceField(choices=By.choices, help_text="Who cancelled.")
    agreed = serializers.DecimalField(14, 2, help_text="The price agreed, in pounds.")
    charge = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Pounds to pay; null: the venue must decide."
    )
    refund = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Pounds given back where all was paid."
    )
    why = serializers.CharField()
    cancelled_at = Instant()


def of_plan(plan: Plan) -> dict[str, Any]:
    """The terms of a quote; `deposit` None while somebody must decide it, or the price."""
    agreed = plan.agreement.terms
    is_known = plan.total is not None and bool(plan.free) and agreed.open_deposit is None
    return {
        "deposit": agreed.deposit if is_known else None,
        "deposits": [held for held in agreed.deposits if held.amount],
        "due": paying.owed(agreed.due),
        "terms_to_decide": list(agreed.open),
        "cancellation_terms": _scales(plan.agreement.scales),
    }


def deposit_of(booking: Booking) -> str | None:
    """All deposits kept with a booking; None while the venue must say one."""
    amounts = [row.amount for row in booking.deposits.all()]
    known = [amount for amount in amounts if amount is not None]
    return str(sum(known, Decimal("0.00"))) if len(known) == len(amounts) else None


def cancellation_of(booking: Booking) -> list[dict[str, Any]]:
    """The scales agreed for the dates that stand."""
    dates = [row for row in booking.occurrences.all() if row.state in _STANDING]
    return _scales(terms.read_scales(dates))


def _scales(scales: Sequence[tuple[Scale, ...]]) -> list[dict[str, Any]]:
    return [
        {"by": by, "dates": group.heading, "steps": group.lines}
        for by in By.values
        for group in paying.groups(scales, by)
    ]
