"""Guide rates: what an hour costs, roughly, for each kind of hirer and time of week."""

from __future__ import annotations

from rest_framework import serializers

from api.shapes import Output
from spaces.models import Venue
from tariffs.models import GuidePrice


class GuideRateOutput(Output):
    space = serializers.IntegerField(source="space_id")
    hirer_category = serializers.CharField(source="category")
    daypart = serializers.CharField(help_text="weekday, evening or weekend.")
    pounds_an_hour = serializers.DecimalField(
        14, 2, source="amount", allow_null=True, help_text="Null: ask the venue."
    )


def guide_of(venue: Venue) -> list[GuidePrice]:
    """The guide prices of a venue's spaces; one query."""
    rows = GuidePrice.objects.filter(space__venue=venue)
    return list(rows.order_by("space_id", "category", "daypart"))
