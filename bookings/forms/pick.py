"""The first form of the booking journey: which spaces of a venue, for how many, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings.forms.when import WhenForm
from bookings.services.shape import MOST_PEOPLE, MOST_SPACES
from spaces.models import Pool, Space, StockItem, Venue
from spaces.timetable import dates


def _digits(width: int) -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "class": f"govuk-input--width-{width}",
            "inputmode": "numeric",
            "autocomplete": "off",
        }
    )


class SpacesField(forms.ModelMultipleChoiceField):
    """Spaces by name, each with how many people it takes where somebody has said."""

    def label_from_instance(self, obj: Any) -> str:
        if not obj.capacity:
            return str(obj.name)
        people = ngettext("up to %(n)d person", "up to %(n)d people", obj.capacity)
        people %= {"n": obj.capacity}
        return f"{obj.name}, {people}"


class PickForm(WhenForm):
    """Which spaces and counted things of one venue, for how many people, and when."""

    field_order = ["spaces", "people"]

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pools = list(_pools_of(venue))
        bookable = _by_themselves(venue, self.data)
        self.fields["spaces"] = SpacesField(
            label=_("Spaces"),
            queryset=bookable,
            widget=forms.CheckboxSelectMultiple,
            required=not self.pools,
            error_messages={"required": _("Choose at least one space")},
        )
        self.fields["people"] = forms.IntegerField(
            label=_("How many people"),
            min_value=1,
            max_value=MOST_PEOPLE,
            widget=_digits(4),
            error_messages={"required": _("Enter how many people will come")},
        )
        self.items = list(StockItem.objects.filter(venue=venue))
        for item in self.items:
            self.fields[f"item_{item.pk}"] = forms.IntegerField(
                label=item.name,
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                help_text=_("There are %(n)d") % {"n": item.quantity},
                widget=_digits(3),
            )
        for pool in self.pools:
            self.fields[f"pool_{pool.pk}"] = forms.IntegerField(
                label=pool.name,
                required=False,
                min_value=0,
                max_value=MOST_SPACES,
                help_text=_pool_hint(pool),
                widget=_digits(3),
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "spaces" in cleaned and not cleaned["spaces"] and not self._pools(cleaned):
            self.add_error("spaces", _("Choose at least one space"))
        return cleaned

    def how_many_dates(self) -> int:
        """The dates of the pattern; only when the form is valid. Raises: BadInput."""
        return len(dates(self.pattern()))

    def pool_fields(self) -> list[forms.BoundField]:
        """The boxes for spaces that are alike."""
        return [self[f"pool_{pool.pk}"] for pool in self.pools]

    def chosen_pools(self) -> tuple[tuple[int, int], ...]:
        """(pool id, how many) of what was asked for."""
        return self._pools(self.cleaned_data)

    def _pools(self, cleaned: dict[str, Any]) -> tuple[tuple[int, int], ...]:
        counts = ((pool.pk, cleaned.get(f"pool_{pool.pk}") or 0) for pool in self.pools)
        return tuple((pool, count) for pool, count in counts if count)

    def item_fields(self) -> list[forms.BoundField]:
        """The boxes for counted things."""
        return [self[f"item_{item.pk}"] for item in self.items]

    def chosen_items(self) -> tuple[tuple[int, int], ...]:
        """(stock item id, how many) of what was asked for."""
        counts = ((item.pk, self.cleaned_data.get(f"item_{item.pk}") or 0) for item in self.items)
        return tuple((item, count) for item, count in counts if count)


def _pools_of(venue: Venue) -> QuerySet[Pool]:
    bookable = Q(spaces__is_bookable=True)
    return (
        Pool.objects.filter(venue=venue)
        .annotate(
            size=Count("spaces", filter=bookable),
            sized=Count("spaces__capacity", filter=bookable),
            least=Min("spaces__capacity", filter=bookable),
            most=Max("spaces__capacity", filter=bookable),
        )
        .order_by("name")
    )


def _pool_hint(pool: Any) -> str:
    """How many there are, what they take where that is known of all, and what to type."""
    there = ngettext("There is %(n)d", "There are %(n)d", pool.size) % {"n": pool.size}
    if pool.sized == pool.size and pool.most:
        there = f"{there}, {_takes(pool)}"
    ask = _now("Say how many you need. We choose those that are free")
    return f"{there}. {ask}"


def _takes(pool: Any) -> str:
    if pool.least < pool.most:
        words = _now("the largest for up to %(most)d people")
    elif pool.size == 1:
        words = ngettext("for %(most)d person", "for up to %(most)d people", pool.most)
    else:
        words = ngettext("for %(most)d person each", "for up to %(most)d people each", pool.most)
    return words % {"most": pool.most}


def _by_themselves(venue: Venue, data: Any) -> QuerySet[Space]:
    """The spaces people choose by name; one of a pool only where a link already names it."""
    named = [pk for pk in data.getlist("spaces") if pk.isdecimal()] if data else []
    return Space.objects.filter(
        Q(pool__isnull=True) | Q(pk__in=[pk for pk in named if len(pk) < 19]),
        venue=venue,
        is_bookable=True,
    ).order_by("position", "name")
