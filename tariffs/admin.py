"""Rates in the back office: to look at. Publishing goes through the service."""

from __future__ import annotations

from django.contrib import admin

from accounts.admin import ScopedAdmin
from tariffs.models import TariffVersion


@admin.register(TariffVersion)
class TariffVersionAdmin(ScopedAdmin):
    """The rates of the person's own venues."""

    council_path = "tariff__venue__council"
    operator_path = "tariff__venue__operator"
    is_read_only = True
    list_display = ("venue_name", "valid_from", "valid_to", "published_at")
    list_filter = (("tariff__venue__council", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("tariff__venue",)
    search_fields = ("tariff__venue__name",)
    date_hierarchy = "valid_from"

    @admin.display(description=TariffVersion._meta.get_field("tariff").verbose_name)
    def venue_name(self, version: TariffVersion) -> str:
        return version.tariff.venue.name
