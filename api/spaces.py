"""Spaces: what can be booked, how large it is and how it is set out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from api import reading
from api.base import PublicView, validated
from api.feeds.links import feed_links
from api.paging import Order, PageQuery, page, page_of
from api.schema import validates
from api.shapes import Output
from spaces.models import Space


class SpacesQuery(PageQuery):
    """Which spaces."""

    venue = serializers.SlugField(required=False, max_length=160, help_text="A venue's slug.")
    kind = serializers.ChoiceField(required=False, choices=Space.Kind.choices)
    people = serializers.IntegerField(
        required=False, min_value=1, max_value=100_000, help_text="It takes at least so many."
    )


class LayoutOutput(Output):
    kind = serializers.CharField()
    words = serializers.CharField(source="get_kind_display")
    people = serializers.IntegerField()
    wheelchair_places = serializers.IntegerField(
        allow_null=True, help_text="Null: nobody has said."
    )


class FacilityOutput(Output):
    code = serializers.CharField()
    words = serializers.CharField(source="get_code_display")
    quantity = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()


class FeedsOutput(Output):
    busy_ics = serializers.CharField(help_text="A calendar of busy times, over https.")
    webcal = serializers.CharField(help_text="The same for calendar programs.")


class SpaceOutput(Output):
    id = serializers.IntegerField()
    venue = serializers.CharField(source="venue.slug", help_text="The venue's slug.")
    name = serializers.CharField()
    slug = serializers.CharField()
    kind = serializers.CharField()
    words = serializers.CharField(source="get_kind_display", help_text="The kind, in words.")
    description = serializers.CharField()
    floor = serializers.IntegerField(allow_null=True, help_text="0 is the ground floor.")
    area_m2 = serializers.DecimalField(8, 1, allow_null=True)
    capacity = serializers.IntegerField(allow_null=True, help_text="Null: nobody has said.")
    is_bookable = serializers.BooleanField()
    hours_known = serializers.BooleanField(
        help_text="False: nobody has said when it opens. That is not the same as closed."
    )
    pool = serializers.IntegerField(
        source="pool_id", allow_null=True, help_text="The pool it is given from; null: none."
    )
    least_minutes = serializers.IntegerField()
    longest_minutes = serializers.IntegerField()
    setup_minutes = serializers.IntegerField(help_text="Kept free before each use.")
    cleardown_minutes = serializers.IntegerField(help_text="Kept free after each use.")
    parts = serializers.SerializerMethodField(
        help_text="The spaces it is made of; itself where it is not divided."
    )
    layouts = LayoutOutput(many=True)
    facilities = FacilityOutput(many=True)
    feeds = serializers.SerializerMethodField(help_text="Null where the venue is not public.")

    def get_parts(self, space: Space) -> list[int]:
        """Read from the rows that the queryset fetched."""
        return sorted(row.part_id for row in space.atom_rows.all())

    @extend_schema_field(FeedsOutput(allow_null=True))
    def get_feeds(self, space: Space) -> dict[str, str] | None:
        """Where its calendar is."""
        return feed_links(space)


class SpaceView(PublicView):
    """Spaces of the venues that the caller may see."""

    queries: ClassVar = {"list": SpacesQuery}

    @validates("List spaces", query=SpacesQuery, answer=page_of(SpaceOutput, "SpacePage"))
    def list(self, request: Request) -> HttpResponseBase:
        """In order of their numbers."""
        rows = reading.spaces_listed(request)
        if "venue" in self.asked:
            rows = rows.filter(venue__slug=self.asked["venue"])
        if "kind" in self.asked:
            rows = rows.filter(kind=self.asked["kind"])
        if "people" in self.asked:
            rows = rows.filter(capacity__gte=self.asked["people"])
        found, following = page(rows, order=Order("id", int), request=request, asked=self.asked)
        data: Any = SpaceOutput(found, many=True).data
        return validated(request, {"results": data, "next": following})

    @validates("Read one space", answer=SpaceOutput)
    def retrieve(self, request: Request, pk: int) -> HttpResponseBase:
        """By its number."""
        return validated(request, SpaceOutput(reading.space_numbered(request, pk)).data)
