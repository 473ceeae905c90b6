"""What it would cost, line by line, and whether it could be had. Nothing is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import HirerCategory
from api import terms_shapes
from api.answers import QuestionOutput, answers_field, unanswered
from api.base import PublicView
from api.chosen import ChosenMixin, items_of, pools_of, venue_of
from api.schema import BreachOutput, asks
from api.shapes import Instant, Output, line
from api.terms_shapes import CancelTermsOutput, DepositOutput, DueOutput
from bookings.requests import BookingRequest
from bookings.services import preview_booking
from core import clock
from tariffs.asking import in_order

MOST_PEOPLE = 100_000
# Rules about the people behind a booking do not matter before there is one.
_NOT_YET = {"adult_not_named", "adult_not_reachable"}


class QuoteInput(ChosenMixin):
    people = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE, default=1)
    hirer_category = serializers.ChoiceField(
        choices=HirerCategory.choices, default=HirerCategory.COMMUNITY.value
    )
    answers = answers_field()
    voucher_code = line(
        40, default="", allow_blank=True, help_text="For those who are signed in or send a token."
    )


class LineOutput(Output):
    kind = serializers.CharField()
    what = serializers.CharField()
    quantity = serializers.DecimalField(12, 4)
    unit = serializers.CharField()
    unit_price = serializers.DecimalField(12, 6)
    amount = serializers.DecimalField(14, 2, help_text="Pounds.")
    list_amount = serializers.DecimalField(14, 2, help_text="The full price of the same.")
    vat = serializers.CharField(help_text="exempt, outside, inclusive or exclusive.")
    vat_rate = serializers.DecimalField(5, 2, help_text="Percent.")
    vat_amount = serializers.DecimalField(14, 2, help_text="Pounds of VAT within `amount`.")
    vat_why = serializers.CharField(help_text="Why this VAT. Guidance, not tax advice.")
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
    vat = serializers.DecimalField(14, 2, allow_null=True, help_text="VAT within `total`.")
    is_estimate = serializers.BooleanField(help_text="Rates for that day are not published yet.")
    needs_decision = DecisionOutput(many=True)
    questions = QuestionOutput(
        many=True, help_text="Without these answers there is no price for this date."
    )
    lines = LineOutput(many=True)


class QuoteOutput(Output):
    currency = serializers.CharField()
    hirer_category = serializers.CharField()
    spaces = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="What it is the price of; of a pool, those that would be given now.",
    )
    is_instant = serializers.BooleanField(help_text="Booked at once; else the venue answers.")
    total = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Of all dates; null where one needs a decision."
    )
    vat = serializers.DecimalField(14, 2, allow_null=True, help_text="VAT within `total`.")
    needs_decision = serializers.BooleanField()
    questions = QuestionOutput(
        many=True, help_text="What is not answered and may change the price of a date."
    )
    breaches = BreachOutput(many=True, help_text="Rules that every date breaks.")
    dates = QuotedDateOutput(many=True)
    deposit = serializers.DecimalField(
        14, 2, allow_null=True, help_text="All deposits, apart from the total; null: not known."
    )
    deposits = DepositOutput(many=True)
    due = DueOutput(many=True, help_text="Parts of the total of the free dates, and when.")
    terms_to_decide = DecisionOutput(many=True, help_text="What the venue must say of these.")
    cancellation_terms = CancelTermsOutput(many=True)


class QuoteView(PublicView):
    """The price of a request, with its working."""

    @asks(
        "What would it cost?",
        request=QuoteInput,
        answer=QuoteOutput,
        examples=[
            OpenApiExample(
                "Any two desks for three mornings",
                value={
                    "pools": [{"pool": 4, "quantity": 2}],
                    "when": {
                        "first": "2027-01-05",
                        "starts": "09:00",
                        "ends": "12:30",
                        "repeats": "daily",
                        "count": 3,
                    },
                    "people": 2,
                },
                request_only=True,
            ),
            OpenApiExample(
                "A party with food",
                value={
                    "spaces": [12],
                    "starts_at": "2027-01-09T14:00:00Z",
                    "ends_at": "2027-01-09T17:00:00Z",
                    "people": 40,
                    "hirer_category": "private",
                    "answers": {"event.purpose": "party", "tag.food": True},
                },
                request_only=True,
            ),
        ],
    )
    def quote(self, request: Request) -> Response:
        """For one date or a pattern; anybody may ask."""
        data = QuoteInput(data=request.data)
        data.is_valid(raise_exception=True)
        asked = data.validated_data
        plan = preview_booking(
            as_request(asked, venue_id=venue_of(request, asked)),
            actor=request.user,
            now=clock.now(),
            category=asked["hirer_category"],
        )
        return Response(QuoteOutput(_quoted(plan, asked)).data)


def as_request(asked: dict[str, Any], *, venue_id: int) -> BookingRequest:
    """The request of somebody who only wants a price."""
    return BookingRequest(
        venue_id=venue_id,
        space_ids=tuple(asked["spaces"]),
        pattern=asked["pattern"],
        title=_("A price"),
        people=asked["people"],
        pools=pools_of(asked),
        items=items_of(asked),
        answers=asked["answers"],
        voucher_code=asked["voucher_code"],
    )


def _quoted(plan: Any, asked: dict[str, Any]) -> dict[str, Any]:
    dates = [_date(date) for date in plan.dates]
    totals = [date["total"] for date in dates]
    is_open = any(total is None for total in totals)
    vat = [date["vat"] for date in dates]
    return {
        "currency": "GBP",
        "hirer_category": asked["hirer_category"],
        "spaces": [space.pk for space in plan.land.spaces],
        "is_instant": plan.is_instant,
        "total": None if is_open else sum(totals, Decimal("0.00")),
        "vat": None if is_open else sum(vat, Decimal("0.00")),
        "needs_decision": is_open,
        "questions": in_order(
            question for date in plan.dates if date.quote for question in date.quote.questions
        ),
        "breaches": [breach for breach in plan.breaches if breach.code not in _NOT_YET],
        "dates": dates,
        **terms_shapes.of_plan(plan),
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
        "vat": priced.vat if priced and priced.total is not None else None,
        "is_estimate": bool(quoted and quoted.is_estimate),
        "needs_decision": priced.needs_decision if priced else [],
        "questions": unanswered(quoted) if quoted else [],
        "lines": priced.lines if priced else [],
    }
