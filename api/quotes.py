"""What it would cost, line by line, and whether it could be had. Nothing is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import HirerCategory
from api import reading
from api.base import PublicView
from api.schema import BreachOutput, asks
from api.shapes import Input, Instant, Output, key, keys
from api.when import WhenMixin
from bookings.requests import BookingRequest
from bookings.services import preview_booking
from core import clock
from spaces.models import Space

MOST_SPACES = 20
MOST_ITEMS = 30
MOST_PEOPLE = 100_000
# Rules about the people behind a booking do not matter before there is one.
_NOT_YET = {"adult_not_named", "adult_not_reachable"}


class ItemInput(Input):
    item = key(help_text="The number of a venue's item.")
    quantity = serializers.IntegerField(min_value=1, max_value=100_000)


class QuoteInput(WhenMixin):
    spaces = keys(MOST_SPACES, help_text="All of one venue.")
    people = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE, default=1)
    hirer_category = serializers.ChoiceField(
        choices=HirerCategory.choices, default=HirerCategory.COMMUNITY.value
    )
    items = serializers.ListField(child=ItemInput(), max_length=MOST_ITEMS, default=list)


class LineOutput(Output):
    kind = serializers.CharField()
    what = serializers.CharField()
    quantity = serializers.DecimalField(12, 4)
    unit = serializers.CharField()
    unit_price = serializers.DecimalField(12, 6)
    amount = serializers.DecimalField(14, 2, help_text="Pounds.")
    list_amount = serializers.DecimalField(14, 2, help_text="The full price of the same.")
    vat = serializers.CharField()
    why = serializers.CharField()


class DecisionOutput(Output):
    code = serializers.CharField()
    words = serializers.CharField()


class QuotedDateOutput(Output):
    starts_at = Instant()
    ends_at = Instant()
    is_free = serializers.BooleanField()
    breaches = BreachOutput(many=True)
    total = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Null: somebody at the venue must decide."
    )
    list_total = serializers.DecimalField(14, 2, allow_null=True)
    is_estimate = serializers.BooleanField(help_text="Rates for that day are not published yet.")
    needs_decision = DecisionOutput(many=True)
    lines = LineOutput(many=True)


class QuoteOutput(Output):
    currency = serializers.CharField()
    hirer_category = serializers.CharField()
    is_instant = serializers.BooleanField(help_text="Booked at once; else the venue answers.")
    total = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Of all dates; null where one needs a decision."
    )
    needs_decision = serializers.BooleanField()
    breaches = BreachOutput(many=True, help_text="Rules that every date breaks.")
    dates = QuotedDateOutput(many=True)


class QuoteView(PublicView):
    """The price of a request, with its working."""

    @asks("What would it cost?", request=QuoteInput, answer=QuoteOutput)
    def quote(self, request: Request) -> Response:
        """For one date or a pattern; anybody may ask."""
        data = QuoteInput(data=request.data)
        data.is_valid(raise_exception=True)
        asked = data.validated_data
        spaces = reading.require_spaces(request, asked["spaces"])
        plan = preview_booking(
            _as_request(asked, venue_id=one_venue(spaces)),
            actor=request.user,
            now=clock.now(),
            category=asked["hirer_category"],
        )
        return Response(QuoteOutput(_quoted(plan, asked)).data)


def one_venue(spaces: dict[int, Space]) -> int:
    """The venue of all these spaces.

    Raises: ValidationError where they are of several.
    """
    venues = {space.venue_id for space in spaces.values()}
    if len(venues) > 1:
        message = _("Choose spaces of one venue.")
        raise serializers.ValidationError(
            {"spaces": [serializers.ErrorDetail(message, code="one_venue")]}
        )
    return venues.pop()


def items_of(asked: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    """Items as the services take them."""
    return tuple((item["item"], item["quantity"]) for item in asked["items"])


def _as_request(asked: dict[str, Any], *, venue_id: int) -> BookingRequest:
    return BookingRequest(
        venue_id=venue_id,
        space_ids=tuple(asked["spaces"]),
        pattern=asked["pattern"],
        title=_("A price"),
        people=asked["people"],
        items=items_of(asked),
    )


def _quoted(plan: Any, asked: dict[str, Any]) -> dict[str, Any]:
    dates = [_date(date) for date in plan.dates]
    totals = [date["total"] for date in dates]
    is_open = any(total is None for total in totals)
    return {
        "currency": "GBP",
        "hirer_category": asked["hirer_category"],
        "is_instant": plan.is_instant,
        "total": None if is_open else sum(totals, Decimal("0.00")),
        "needs_decision": is_open,
        "breaches": [breach for breach in plan.breaches if breach.code not in _NOT_YET],
        "dates": dates,
    }


def _date(date: Any) -> dict[str, Any]:
    quoted = date.quote
    priced = quoted.priced if quoted else None
    return {
        "starts_at": date.span.start,
        "ends_at": date.span.end,
        "is_free": date.is_free,
        "breaches": date.breaches,
        "total": priced.total if priced else None,
        "list_total": priced.list_total if priced else None,
        "is_estimate": bool(quoted and quoted.is_estimate),
        "needs_decision": priced.needs_decision if priced else [],
        "lines": priced.lines if priced else [],
    }
