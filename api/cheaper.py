"""Cheaper ways to do what a quote is asked for, each ready to be booked. Nothing is kept."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import PublicView
from api.chosen import venue_of
from api.quotes import QuoteInput, as_request
from api.schema import asks
from api.shapes import Output
from api.when import WhenOutput, when_of
from bookings.services import preview_booking
from bookings.services.cheaper import Alternative, Kind, cheaper_ways
from core import clock


class ChosenItemOutput(Output):
    item = serializers.IntegerField()
    quantity = serializers.IntegerField()


class CheaperRequestOutput(Output):
    spaces = serializers.ListField(child=serializers.IntegerField())
    items = ChosenItemOutput(many=True)
    when = WhenOutput()
    people = serializers.IntegerField()


class CheaperWayOutput(Output):
    kind = serializers.ChoiceField(
        choices=[kind.value for kind in Kind], help_text="In what it differs from what was asked."
    )
    words = serializers.CharField(help_text="What to do instead, for people.")
    why = serializers.CharField(help_text="Why that costs less; empty where it speaks for itself.")
    assumptions = serializers.ListField(
        child=serializers.CharField(), help_text="What is taken as so, for people."
    )
    dates = serializers.IntegerField()
    total = serializers.DecimalField(14, 2, help_text="Pounds, for all its dates.")
    usual = serializers.DecimalField(
        14, 2, help_text="The same as it was asked for; of more dates, each further one by itself."
    )
    saving = serializers.DecimalField(14, 2, help_text="`usual` less `total`; above zero.")
    is_instant = serializers.BooleanField(help_text="Booked at once; else the venue answers.")
    is_estimate = serializers.BooleanField(help_text="Rates for then are not published yet.")
    request = CheaperRequestOutput(help_text="Ready to be sent as part of a booking.")


class CheaperOutput(Output):
    currency = serializers.CharField()
    hirer_category = serializers.CharField()
    total = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Of what was asked; null where it needs a decision."
    )
    ways = CheaperWayOutput(
        many=True,
        help_text="At most five, one of each kind, the greatest saving first. Empty also where "
        "what was asked cannot be had on every date or has no known price.",
    )


class CheaperView(PublicView):
    """Like requests that cost less."""

    @asks(
        "Is there a cheaper way?",
        request=QuoteInput,
        answer=CheaperOutput,
        examples=[
            OpenApiExample(
                "A hall for an evening",
                value={
                    "spaces": [3],
                    "when": {"first": "2027-01-12", "starts": "17:30", "ends": "20:00"},
                    "people": 20,
                    "hirer_category": "community",
                },
                request_only=True,
            ),
            OpenApiExample(
                "An hour earlier",
                value={
                    "currency": "GBP",
                    "hirer_category": "community",
                    "total": "33.00",
                    "ways": [
                        {
                            "kind": "shift",
                            "words": "Start at 4:30pm, not 5:30pm",
                            "why": "The “evening” rate begins at 6pm.",
                            "assumptions": [],
                            "dates": 1,
                            "total": "29.00",
                            "usual": "33.00",
                            "saving": "4.00",
                            "is_instant": True,
                            "is_estimate": False,
                            "request": {
                                "spaces": [3],
                                "items": [],
                                "when": {
                                    "first": "2027-01-12",
                                    "starts": "16:30",
                                    "ends": "19:00",
                                    "more_days": 0,
                                    "repeats": "once",
                                    "interval": 1,
                                    "weekdays": [],
                                    "nth": [],
                                    "struck": [],
                                    "added": [],
                                    "skip_bank_holidays": False,
                                },
                                "people": 20,
                            },
                        }
                    ],
                },
                response_only=True,
            ),
        ],
    )
    def cheaper(self, request: Request) -> Response:
        """Each way is free now and keeps to the same rules; anybody may ask."""
        data = QuoteInput(data=request.data)
        data.is_valid(raise_exception=True)
        asked = data.validated_data
        now, category = clock.now(), asked["hirer_category"]
        plan = preview_booking(
            as_request(asked, venue_id=venue_of(request, asked)),
            actor=request.user,
            now=now,
            category=category,
        )
        ways = cheaper_ways(plan, actor=request.user, now=now, category=category)
        answer = {
            "currency": "GBP",
            "hirer_category": category,
            "total": None if plan.refused else plan.total,
            "ways": [_way(way) for way in ways],
        }
        return Response(CheaperOutput(answer).data)


def _way(way: Alternative) -> dict[str, Any]:
    request = way.request
    return {
        "kind": way.kind.value,
        "words": way.words,
        "why": way.why,
        "assumptions": way.assumptions,
        "dates": way.dates,
        "total": way.total,
        "usual": way.usual,
        "saving": way.saving,
        "is_instant": way.is_instant,
        "is_estimate": way.is_estimate,
        "request": {
            "spaces": request.space_ids,
            "items": [{"item": item, "quantity": count} for item, count in request.items],
            "when": when_of(request.pattern),
            "people": request.people,
        },
    }
