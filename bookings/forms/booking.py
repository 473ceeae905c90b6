"""The two forms of the booking journey: what and when, then who and why."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import OrganisationPolicy
from bookings.forms.when import WhenForm
from bookings.models import Booking
from bookings.requests import BookingRequest, ContactDetails, OnClash
from bookings.services.shape import MOST_PEOPLE, MOST_SPACES
from spaces.models import Pool, Space, StockItem, Venue
from spaces.models.timetable import Loudness

PRIVATE = "me"


def _digits(width: int) -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "class": f"govuk-input--width-{width}",
            "inputmode": "numeric",
            "autocomplete": "off",
        }
    )


class PickForm(WhenForm):
    """Which spaces and counted things of one venue, for how many people, and when."""

    field_order = ["spaces", "people"]

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pools = list(Pool.objects.filter(venue=venue).order_by("name"))
        bookable = _by_themselves(venue, self.data)
        self.fields["spaces"] = forms.ModelMultipleChoiceField(
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
                help_text=_("How many you need. We choose those that are free"),
                widget=_digits(3),
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "spaces" in cleaned and not cleaned["spaces"] and not self._pools(cleaned):
            self.add_error("spaces", _("Choose at least one space"))
        return cleaned

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


def _by_themselves(venue: Venue, data: Any) -> QuerySet[Space]:
    """The spaces people choose by name; one of a pool only where a link already names it."""
    named = [pk for pk in data.getlist("spaces") if pk.isdecimal()] if data else []
    return Space.objects.filter(
        Q(pool__isnull=True) | Q(pk__in=[pk for pk in named if len(pk) < 19]),
        venue=venue,
        is_bookable=True,
    ).order_by("position", "name")


class DetailsForm(forms.Form):
    """Who hires, what for, who answers for it."""

    hirer = forms.ChoiceField(label=_("Who is booking"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What is it"), max_length=120, help_text=_("For example, “Lunch club”")
    )
    purpose = forms.CharField(
        label=_("Anything the venue should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    loudness = forms.TypedChoiceField(
        label=_("How loud will it be"),
        choices=Loudness.choices,
        coerce=int,
        initial=Loudness.TALK,
        widget=forms.RadioSelect,
    )
    needs_quiet = forms.BooleanField(label=_("We need quiet next door"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who may see what it is"),
        choices=Booking.Visibility.choices,
        initial=Booking.Visibility.PRIVATE,
        widget=forms.RadioSelect,
    )
    adult_name = forms.CharField(
        label=_("Responsible adult"),
        max_length=120,
        help_text=_("The adult who signs for the booking"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    adult_email = forms.EmailField(
        label=_("Their e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    adult_phone = forms.CharField(
        label=_("Their phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    day_name = forms.CharField(
        label=_("Contact on the day"),
        max_length=120,
        required=False,
        help_text=_("Leave empty if it is the same person"),
    )
    day_phone = forms.CharField(
        label=_("Their phone on the day"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    adjustment = forms.CharField(
        label=_("Would a change help somebody take part"),
        max_length=500,
        required=False,
        help_text=_(
            "For example, “the table by the door”. Say what would help, not why. "
            "We delete it 30 days after."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    adjustment_consent = forms.BooleanField(
        label=_("You may pass this on to the venue"), required=False
    )
    on_clash = forms.ChoiceField(
        label=_("If some dates cannot be had"),
        choices=[
            (OnClash.REFUSE_ALL.value, _("Book nothing and show me")),
            (OnClash.BOOK_FREE.value, _("Book the dates that are free and list the rest")),
        ],
        initial=OnClash.REFUSE_ALL.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = OrganisationPolicy(actor).bookable().order_by("name")
        choices = [(str(group.pk), group.name) for group in groups]
        hirer = cast("forms.ChoiceField", self.fields["hirer"])
        hirer.choices = [*choices, (PRIVATE, _("Me, privately"))]
        hirer.initial = choices[0][0] if choices else PRIVATE
        self.fields["adult_name"].initial = actor.name
        self.fields["adult_email"].initial = actor.email
        self.fields["adult_phone"].initial = actor.phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("adult_email") and not cleaned.get("adult_phone"):
            self.add_error("adult_phone", _("Enter a phone number or an e-mail address"))
        if cleaned.get("adjustment") and not cleaned.get("adjustment_consent"):
            self.add_error(
                "adjustment_consent",
                _("Tick the box so that we may pass it on, or leave the words out"),
            )
        return cleaned


def booking_request(venue: Venue, pick: PickForm, details: DetailsForm | None) -> BookingRequest:
    """The request of two valid forms; without details, one that only serves to look ahead."""
    base = BookingRequest(
        venue_id=venue.pk,
        space_ids=tuple(space.pk for space in pick.cleaned_data["spaces"]),
        pattern=pick.pattern(),
        title="-",
        people=pick.cleaned_data["people"],
        pools=pick.chosen_pools(),
        items=pick.chosen_items(),
        responsible_adult=ContactDetails("-", phone="-"),
        on_clash=OnClash.BOOK_FREE,
    )
    return _with_details(base, details.cleaned_data) if details else base


def _with_details(base: BookingRequest, said: dict[str, Any]) -> BookingRequest:
    day = None
    if said["day_name"]:
        day = ContactDetails(said["day_name"], phone=said["day_phone"])
    return BookingRequest(
        venue_id=base.venue_id,
        space_ids=base.space_ids,
        pattern=base.pattern,
        people=base.people,
        pools=base.pools,
        items=base.items,
        organisation_id=None if said["hirer"] == PRIVATE else int(said["hirer"]),
        title=said["title"],
        purpose=said["purpose"],
        loudness=Loudness(said["loudness"]),
        needs_quiet=said["needs_quiet"],
        visibility=said["visibility"],
        responsible_adult=ContactDetails(
            said["adult_name"], said["adult_email"], said["adult_phone"]
        ),
        on_the_day=day,
        on_clash=OnClash(said["on_clash"]),
        adjustment=said["adjustment"],
        adjustment_consent=said["adjustment_consent"],
    )
