"""Venues, spaces and their facts in the back office; changes go through the services."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.admin import AdministratorAdmin, ScopedAdmin
from accounts.models import User
from core import clock
from spaces import stock
from spaces.access_facts import FACTS
from spaces.models import (
    AccessFact,
    Closure,
    Facility,
    Layout,
    Place,
    Pool,
    Space,
    StockItem,
    Stop,
    Venue,
    VenueRole,
    Ward,
)
from spaces.services import catalogue, needs
from spaces.services.catalogue import LayoutSize

# The scheduler registers its models when its own module is read; a change there would bypass
# the rows that everything else reads.
import_module("schedule.admin")
for _model in apps.get_app_config("schedule").get_models():
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)

# Only the councils of the rows that the person may see; one alone is not offered at all.
OWN_COUNCILS = ("council", admin.RelatedOnlyFieldListFilter)
OWN_COUNCILS_BY_VENUE = ("venue__council", admin.RelatedOnlyFieldListFilter)


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


class VenueForm(forms.ModelForm):
    def clean(self) -> dict[str, Any] | None:
        found = super().clean() or {}
        council, operator = found.get("council"), found.get("operator")
        if council and operator and operator.council_id != council.pk:
            raise ValidationError({"operator": _("Choose an operator of the same council.")})
        return found


@admin.register(Venue)
class VenueAdmin(ScopedAdmin):
    form = VenueForm
    operator_path = "operator"
    exclude = ["created_at"]
    list_display = ["name", "kind", "council", "operator", "visibility", "booking_mode"]
    list_filter = [OWN_COUNCILS, "kind", "visibility", "booking_mode"]
    list_select_related = ["council", "operator__organisation"]
    search_fields = ["name", "postcode", "uprn"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save = catalogue.update_venue if change else catalogue.create_venue
        save(obj, actor=_actor(request), now=clock.now())


class LayoutInline(admin.TabularInline):
    """Whoever may change the space may change how it is set out."""

    model = Layout
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.site._registry[Space].has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)


class OfVenueAdmin(ScopedAdmin):
    """Rows that belong to a venue, which they do not leave."""

    council_path = "venue__council"
    operator_path = "venue__operator"
    list_select_related = ["venue"]
    list_filter = [OWN_COUNCILS_BY_VENUE]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["venue", *self.readonly_fields] if obj else list(self.readonly_fields)


@admin.register(Space)
class SpaceAdmin(OfVenueAdmin):
    list_display = ["name", "venue", "kind", "capacity", "is_bookable", "hours_known"]
    list_filter = [OWN_COUNCILS_BY_VENUE, "kind", "is_bookable"]
    search_fields = ["name", "venue__name"]
    exclude = ["acoustic_neighbours", "expanded_until", "hours_known", "pool"]
    inlines = [LayoutInline]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        save = catalogue.update_space if change else catalogue.create_space
        save(obj, actor=_actor(request), now=clock.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What the form says, once more through the service: it keeps the capacity."""
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            sizes = [
                LayoutSize(Layout.Kind(one.kind), one.people, one.wheelchair_places)
                for one in form.instance.layouts.order_by("pk")
            ]
            if any(formset.has_changed() for formset in formsets):
                catalogue.set_layouts(form.instance, sizes, actor=_actor(request), now=clock.now())


@admin.register(Pool)
class PoolAdmin(OfVenueAdmin):
    list_display = ["name", "venue"]
    search_fields = ["name", "venue__name"]


@admin.register(Facility)
class FacilityAdmin(OfVenueAdmin):
    list_display = ["code", "venue", "space", "quantity"]
    list_select_related = ["venue", "space"]
    search_fields = ["venue__name"]


class StockItemForm(forms.ModelForm):
    def clean_quantity(self) -> int:
        quantity: int = self.cleaned_data["quantity"]
        if self.instance.pk:
            most = stock.most_out(self.instance.pk, now=clock.now())
            if quantity < most:
                raise ValidationError(
                    _("%(most)d of them are promised at once already.") % {"most": most}
                )
        return quantity


@admin.register(StockItem)
class StockItemAdmin(OfVenueAdmin):
    form = StockItemForm
    list_display = ["name", "venue", "quantity"]
    search_fields = ["name", "venue__name"]


class AccessFactForm(forms.ModelForm):
    code = forms.ChoiceField(
        choices=lambda: [(code, fact.question) for code, fact in FACTS.items()]
    )


@admin.register(AccessFact)
class AccessFactAdmin(OfVenueAdmin):
    form = AccessFactForm
    list_display = ["code", "value", "venue", "space", "source", "checked_on"]
    list_filter = ["value", "source", OWN_COUNCILS_BY_VENUE]
    list_select_related = ["venue", "space"]
    search_fields = ["code", "venue__name"]
    exclude = ["superseded_by", "node", "link"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        needs.refresh([obj.venue_id], now=clock.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        needs.refresh([obj.venue_id], now=clock.now())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        venues = set(queryset.values_list("venue_id", flat=True))
        super().delete_queryset(request, queryset)
        needs.refresh(venues, now=clock.now())


@admin.register(Closure)
class ClosureAdmin(OfVenueAdmin):
    """To look at: a closure takes claims, so it is made and lifted by the service alone."""

    is_read_only = True
    list_display = ["reason", "venue", "starts_at", "ends_at", "is_lifted"]
    date_hierarchy = "starts_at"


@admin.register(Ward)
class WardAdmin(ScopedAdmin):
    list_display = ["name", "council", "code"]
    list_filter = [OWN_COUNCILS]
    search_fields = ["name", "code"]


@admin.register(Place)
class PlaceAdmin(ScopedAdmin):
    list_display = ["name", "kind", "council", "ward"]
    list_filter = ["kind", OWN_COUNCILS]
    list_select_related = ["council", "ward"]
    search_fields = ["name", "search_key"]


@admin.register(Stop)
class StopAdmin(AdministratorAdmin):
    """Stops belong to no council. Whether there are steps is said here; the list does not know."""

    list_display = ["name", "indicator", "kind", "step_free", "is_served"]
    list_filter = ["kind", "step_free", "is_served"]
    search_fields = ["name", "code"]


@admin.register(VenueRole)
class VenueRoleAdmin(AdministratorAdmin):
    list_display = ["user", "venue", "role"]
    list_filter = ["role"]
    list_select_related = ["user", "venue"]
    raw_id_fields = ["user", "venue"]
