"""Rates in the back office: to look at. Publishing goes through the service."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tariffs.models import TariffVersion


@admin.register(TariffVersion)
class TariffVersionAdmin(admin.ModelAdmin):
    list_display = ("venue_name", "valid_from", "valid_to", "published_at")
    list_filter = ("tariff__venue__council",)
    list_select_related = ("tariff__venue",)
    search_fields = ("tariff__venue__name",)
    date_hierarchy = "valid_from"

    @admin.display(description=TariffVersion._meta.get_field("tariff").verbose_name)
    def venue_name(self, version: TariffVersion) -> str:
        return version.tariff.venue.name

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
