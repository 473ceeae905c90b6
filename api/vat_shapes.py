"""VAT of a block of sports dates: what cancelling would do, and what it did."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.shapes import Instant, Output
from bookings.services.vat import Breaks


class VatChangeOutput(Output):
    """A block that is no series for VAT any more. Nothing is charged until it is settled."""

    at = Instant()
    failed = serializers.ListField(
        child=serializers.CharField(), help_text="The conditions that no longer hold."
    )
    words = serializers.CharField()
    amount = serializers.DecimalField(14, 2, help_text="Pounds of VAT that became due.")
    rate = serializers.DecimalField(5, 2, help_text="Percent.")
    is_added = serializers.BooleanField(help_text="By the rates VAT comes on top of prices.")
    settled = serializers.CharField(help_text="added, borne, or empty while it is open.")


class VatBreakOutput(Output):
    """The block would no longer be a series: VAT becomes due on its other dates."""

    failed = serializers.SerializerMethodField()
    words = serializers.CharField(help_text="Guidance, not tax advice.")
    amount = serializers.DecimalField(14, 2, help_text="Pounds of VAT that would become due.")
    rate = serializers.DecimalField(5, 2, help_text="Percent.")
    is_added = serializers.BooleanField(help_text="By the rates VAT comes on top of prices.")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_failed(self, breaks: Breaks) -> list[str]:
        """The conditions that would no longer hold."""
        return [failed.code for failed in breaks.answer.failed_conditions]


class BeforeCancelOutput(Output):
    """What cancelling would bring about besides freeing the times."""

    vat = VatBreakOutput(allow_null=True, help_text="Null: the VAT of the others stays.")


def before_cancel(breaks: Breaks | None) -> Any:
    """The answer, from what the service found."""
    return BeforeCancelOutput({"vat": breaks}).data
