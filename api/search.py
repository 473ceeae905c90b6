"""Find a place: when, how many people, near where, and what they need."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Council, HirerCategory
from api.base import PublicView
from api.quotes import MOST_PEOPLE
from api.schema import asks
from api.shapes import Instant, Output, line
from api.when import WhenMixin
from bookings.finder import (
    SEARCH_RADIUS_M,
    FindQuery,
    FindResult,
    Mark,
    PriceKind,
    Unknowns,
    WhyNot,
    find,
)
from core import clock
from spaces.access_facts import NEEDS, State
from spaces.models import Layout, Space, VenueKind

FURTHEST_M = 50_000
MOST_PAGES = 1_000


def _choices(choices: Any, **options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField(choices=choices), max_length=40, default=list, **options
    )


class SearchInput(WhenMixin):
    """Everything may be left open. Without a time, places that suit at any time are found."""

    text = line(
        100, default="", allow_blank=True, help_text="A kind of place, a name or an activity."
    )
    people = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE, default=None)
    near = line(100, default="", allow_blank=True, help_text="A postcode or the name of a place.")
    within_m = serializers.IntegerField(
        min_value=100, max_value=FURTHEST_M, default=SEARCH_RADIUS_M, help_text="Metres."
    )
    needs = _choices(list(NEEDS))
    hirer_category = serializers.ChoiceField(
        choices=HirerCategory.choices, default=HirerCategory.COMMUNITY.value
    )
    venue_kinds = _choices(VenueKind.choices)
    space_kinds = _choices(Space.Kind.choices)
    council = serializers.SlugField(max_length=60, required=False, help_text="A council's slug.")
    marks = _choices([mark.value for mark in Mark], help_text="All of them must hold.")
    layout = serializers.ChoiceField(
        choices=Layout.Kind.choices,
        default="",
        allow_blank=True,
        help_text="So many `people` must be able to sit or stand like that.",
    )
    most_an_hour = serializers.IntegerField(
        min_value=0, max_value=10_000, default=None, help_text="Pounds, by guide price."
    )
    ask_price = serializers.BooleanField(
        default=False, help_text="With `most_an_hour`: also places that say no price."
    )
    unknowns = serializers.ChoiceField(
        choices=[choice.value for choice in Unknowns],
        default=Unknowns.SHOW.value,
        help_text="Whether to find places of which something that matters is not known yet.",
    )
    facets = serializers.BooleanField(
        default=False, help_text="Also count what the list could be narrowed by; this takes longer."
    )
    page = serializers.IntegerField(min_value=1, max_value=MOST_PAGES, default=1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A time in one of the two ways, or none."""
        if attrs.keys() & {"when", "starts_at", "ends_at"}:
            return super().validate(attrs)
        return {**attrs, "pattern": None}


class FoundPlaceOutput(Output):
    name = serializers.CharField()
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()


class WhyNotOutput(Output):
    starts_at = Instant(source="span.start")
    ends_at = Instant(source="span.end")
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=[why.value for why in WhyNot])
    )


class NeedOutput(Output):
    need = serializers.CharField(source="slug")
    state = serializers.ChoiceField(
        choices=[state.value for state in State], help_text="unknown: not yet checked."
    )
    why = serializers.CharField(help_text="What decides it, in a sentence; may be empty.")


class ShownPriceOutput(Output):
    kind = serializers.ChoiceField(
        choices=[kind.value for kind in PriceKind],
        help_text="quote: `total` for `dates` dates; guide: `an_hour` at the least; ask the venue.",
    )
    total = serializers.DecimalField(14, 2, allow_null=True, help_text="Pounds.")
    each = serializers.DecimalField(14, 2, allow_null=True, help_text="Where all cost the same.")
    an_hour = serializers.DecimalField(14, 2, allow_null=True)
    dates = serializers.IntegerField()
    is_estimate = serializers.BooleanField(help_text="Rates for a date are not published yet.")


class AlsoOutput(Output):
    space = serializers.IntegerField(source="space.pk")
    name = serializers.CharField(source="space.name")
    free_dates = serializers.IntegerField(source="free_count")


class FoundOutput(Output):
    venue = serializers.CharField(source="venue.slug")
    venue_name = serializers.CharField(source="venue.name")
    latitude = serializers.FloatField(source="venue.latitude", allow_null=True)
    longitude = serializers.FloatField(source="venue.longitude", allow_null=True)
    distance_m = serializers.FloatField(source="metres", allow_null=True)
    space = serializers.IntegerField(source="space.pk")
    space_name = serializers.CharField(source="space.name")
    free_dates = serializers.IntegerField(source="free_count")
    not_free = WhyNotOutput(many=True)
    needs = NeedOutput(many=True)
    price = ShownPriceOutput()
    also = AlsoOutput(many=True, help_text="Other spaces of the venue that suit.")


class ToAskOutput(Output):
    venue = serializers.CharField(source="venue.slug")
    venue_name = serializers.CharField(source="venue.name")
    booking_mode = serializers.CharField(source="venue.booking_mode")
    booking_url = serializers.CharField(source="venue.booking_url")
    distance_m = serializers.FloatField(source="metres", allow_null=True)
    needs = NeedOutput(many=True)


class RuledOutOutput(Output):
    venue = serializers.CharField(source="venue.slug")
    venue_name = serializers.CharField(source="venue.name")
    space = serializers.IntegerField(source="space.pk")
    space_name = serializers.CharField(source="space.name")
    needs = NeedOutput(many=True, help_text="Each is a known no, with the reason.")


class RelaxedOutput(Output):
    wish = serializers.CharField(
        help_text="A need, a mark, or words, people, near, times, kinds, rooms, layout or price."
    )
    venues = serializers.IntegerField(help_text="So many would be found without it.")


class OptionOutput(Output):
    value = serializers.CharField()
    count = serializers.IntegerField(help_text="So many venues would remain with it.")
    is_chosen = serializers.BooleanField()


class FacetOutput(Output):
    facet = serializers.CharField(
        source="slug", help_text="kinds, rooms, needs, marks, layout, price or ask_price."
    )
    options = OptionOutput(many=True)


class SearchOutput(Output):
    count = serializers.IntegerField(help_text="Venues in all.")
    pages = serializers.IntegerField()
    dates = serializers.SerializerMethodField(help_text="Dates asked for; 0 for any time.")
    on_every_date = serializers.IntegerField(help_text="Venues that are free on all of them.")
    near = FoundPlaceOutput(
        source="place", allow_null=True, help_text="What `near` was taken for; null: not known."
    )
    results = FoundOutput(many=True, source="places", help_text="Best first, by venue.")
    to_ask = ToAskOutput(many=True, help_text="Places that suit but are not booked here.")
    facets = FacetOutput(many=True, help_text="Where asked for: what narrows the list.")
    relaxed = RelaxedOutput(many=True, help_text="Where nothing was found: what keeps most away.")
    ruled_out = RuledOutOutput(
        many=True, help_text="Some of those that would suit but for a need, on page 1."
    )
    ruled_out_count = serializers.IntegerField()
    unsure_count = serializers.IntegerField(
        help_text="So many more would be found with unknowns shown."
    )

    def get_dates(self, result: FindResult) -> int:
        """Those of the pattern."""
        return len(result.spans)


class SearchView(PublicView):
    """The search of the home page for programs. What partners look for is not counted."""

    @asks("Find a place", request=SearchInput, answer=SearchOutput)
    def search(self, request: Request) -> Response:
        """Twenty venues a page, each by its best space, with dates, needs and price."""
        data = SearchInput(data=request.data)
        data.is_valid(raise_exception=True)
        result = find(_query(data.validated_data), now=clock.now())
        return Response(SearchOutput(result).data)


def _query(asked: dict[str, Any]) -> FindQuery:
    return FindQuery(
        pattern=asked["pattern"],
        people=asked["people"],
        near=asked["near"],
        radius_m=asked["within_m"],
        text=asked["text"],
        needs=tuple(dict.fromkeys(asked["needs"])),
        category=asked["hirer_category"],
        venue_kinds=tuple(asked["venue_kinds"]),
        space_kinds=tuple(asked["space_kinds"]),
        council_id=_council(asked.get("council", "")),
        marks=tuple(dict.fromkeys(asked["marks"])),
        layout=asked["layout"],
        most_an_hour=asked["most_an_hour"],
        ask_price=asked["ask_price"],
        unknowns=Unknowns(asked["unknowns"]),
        with_facets=asked["facets"],
        page=asked["page"],
    )


def _council(slug: str) -> int | None:
    """Raises: ValidationError for a council that is not here."""
    if not slug:
        return None
    found = Council.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if found is None:
        message = _("There is no such council here.")
        raise serializers.ValidationError(
            {"council": [serializers.ErrorDetail(message, code="unknown")]}
        )
    return found
