"""Venues: where they are, how to get in, what they have, and what an hour costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import Council
from api import nearby, reading
from api.access import FactOutput, facts_of
from api.base import PublicView, validated
from api.paging import Order, PageQuery, page, page_of
from api.rates import GuideRateOutput, guide_of
from api.schema import validates
from api.shapes import Output, line
from api.spaces import FacilityOutput, SpaceOutput
from spaces.models import Venue, VenueKind


class VenuesQuery(PageQuery):
    """Which venues."""

    q = line(100, required=False, help_text="Words in the name, address, town or postcode.")
    kind = serializers.ChoiceField(required=False, choices=VenueKind.choices)
    council = serializers.SlugField(required=False, max_length=60, help_text="A council's slug.")
    bbox = nearby.Box(required=False, help_text="west,south,east,north in degrees.")
    near = nearby.Point(required=False, help_text="latitude,longitude: nearest first.")
    within_km = serializers.FloatField(required=False, min_value=0.1, max_value=100, default=5.0)

    def validate_council(self, slug: str) -> str:
        if not Council.objects.filter(slug=slug).exists():
            raise serializers.ValidationError(_("There is no council with that slug."))
        return slug


class VenueOutput(Output):
    """What a list tells."""

    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    words = serializers.CharField(source="get_kind_display", help_text="The kind, in words.")
    council = serializers.CharField(source="council.slug")
    operator = serializers.CharField(source="operator.organisation.name")
    address = serializers.CharField()
    town = serializers.CharField()
    postcode = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    booking_mode = serializers.CharField(
        help_text="here, elsewhere, phone, ask, not_for_hire or not_known."
    )
    booking_url = serializers.CharField()
    distance_km = serializers.SerializerMethodField(help_text="From `near`; null without it.")

    def get_distance_km(self, venue: Venue) -> float | None:
        """As the query worked it out."""
        distance = getattr(venue, nearby.DISTANCE, None)
        return None if distance is None else round(distance, 3)


class ItemOutput(Output):
    id = serializers.IntegerField()
    name = serializers.CharField()
    quantity = serializers.IntegerField(help_text="How many there are in all.")


class PoolOutput(Output):
    """Spaces that are alike, such as desks: ask for a number, and free ones are chosen."""

    id = serializers.IntegerField(help_text="Send it as `pool` with a `quantity`.")
    name = serializers.CharField()
    quantity = serializers.IntegerField(help_text="How many can be booked in all.")
    spaces = serializers.ListField(
        child=serializers.IntegerField(), help_text="Their numbers, to ask when they are free."
    )


class VenueDetailOutput(VenueOutput):
    """What a venue's page tells."""

    description = serializers.CharField()
    uprn = serializers.CharField()
    getting_there = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    website = serializers.CharField()
    how_to_ask = serializers.CharField()
    confirmation = serializers.CharField(help_text="instant, or request: the venue answers.")
    notice_hours = serializers.IntegerField()
    booking_window_days = serializers.IntegerField()
    fire_limit = serializers.IntegerField(allow_null=True)
    house_rules = serializers.CharField()
    facilities = FacilityOutput(many=True)
    items = ItemOutput(many=True, source="stock", help_text="Counted things to book along.")
    pools = serializers.SerializerMethodField(
        help_text="Spaces that are alike, booked by how many."
    )
    access = serializers.SerializerMethodField()
    rates_guide = serializers.SerializerMethodField(
        help_text="Roughly, for lists; ask for a quote to know."
    )
    spaces = SpaceOutput(many=True)

    @extend_schema_field(PoolOutput(many=True))
    def get_pools(self, venue: Venue) -> Any:
        """Each with those of its spaces that can be booked, as the venue orders them."""
        return PoolOutput(_pools(venue), many=True).data

    @extend_schema_field(FactOutput(many=True))
    def get_access(self, venue: Venue) -> Any:
        """Every fact we ask about, known or not."""
        return FactOutput(facts_of(venue), many=True).data

    @extend_schema_field(GuideRateOutput(many=True))
    def get_rates_guide(self, venue: Venue) -> Any:
        """Pounds an hour by kind of hirer and time of week."""
        return GuideRateOutput(guide_of(venue), many=True).data


class VenueView(PublicView):
    """Venues that the caller may see."""

    queries: ClassVar = {"list": VenuesQuery}

    @validates("List venues", query=VenuesQuery, answer=page_of(VenueOutput, "VenuePage"))
    def list(self, request: Request) -> HttpResponseBase:
        """By name, or nearest first where `near` is given."""
        rows = _narrowed(reading.venues_listed(request), self.asked)
        order = Order(nearby.DISTANCE, float) if "near" in self.asked else Order("name", str)
        found, following = page(rows, order=order, request=request, asked=self.asked)
        data: Any = VenueOutput(found, many=True).data
        return validated(request, {"results": data, "next": following})

    @validates("Read one venue", answer=VenueDetailOutput)
    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        """By its slug, with spaces, access facts and guide rates."""
        venue = reading.venue_named(request, slug)
        return validated(request, VenueDetailOutput(venue).data)


def _pools(venue: Venue) -> Iterator[dict[str, Any]]:
    """Read from the rows that the queryset fetched."""
    for pool in sorted(venue.pools.all(), key=lambda one: one.name):
        members = [one for one in venue.spaces.all() if one.pool_id == pool.pk and one.is_bookable]
        numbers = [one.pk for one in sorted(members, key=lambda one: (one.position, one.name))]
        yield {"id": pool.pk, "name": pool.name, "quantity": len(numbers), "spaces": numbers}


def _narrowed(rows: QuerySet[Venue], asked: dict[str, Any]) -> QuerySet[Venue]:
    if "kind" in asked:
        rows = rows.filter(kind=asked["kind"])
    if "council" in asked:
        rows = rows.filter(council__slug=asked["council"])
    if "q" in asked:
        rows = nearby.named(rows, asked["q"])
    if "bbox" in asked:
        rows = nearby.inside(rows, asked["bbox"])
    if "near" in asked:
        rows = nearby.around(rows, asked["near"], within_km=asked["within_km"])
    return rows
