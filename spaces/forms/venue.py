"""What a venue is, where it is and how it is booked; asked is what fits its kind."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Operator
from spaces.forms.groups import GroupedForm
from spaces.models import Venue, VenueKind
from spaces.models.venue import NOT_BY_THE_HOUR
from spaces.places import FoundPlace, find_place

_DEGREES = re.compile(
    r"\s*(-?\d{1,2}(?:\.\d{1,12})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*", re.ASCII
)
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})", re.ASCII)
_PLACE = ("address", "town", "postcode", "coordinates", "getting_there")
_BOOKING = ("confirmation", "answer_hours", "notice_hours", "booking_window_days")
_SHORT = forms.TextInput(attrs={"class": "govuk-input--width-10"})
_NUMBER = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})
_PASSAGE = forms.Textarea(attrs={"rows": 4})


class PlacedForm(forms.ModelForm, GroupedForm):
    """A form of a venue whose questions follow its kind, also the one that is just being chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place: FoundPlace | None = None
        self.kind = self._kind()
        if self.kind == VenueKind.DIGITAL:
            self._drop(*_PLACE)
            if "website" in self.fields:
                self.fields["website"].required = True
        elif self.kind not in NOT_BY_THE_HOUR:
            self._drop("procedure")
        if self.kind in NOT_BY_THE_HOUR:
            self._drop(*_BOOKING)
        self._offer_modes()

    def _kind(self) -> str:
        said = self.data.get(self.add_prefix("kind"), "") if self.is_bound else ""
        return said if said in VenueKind.values else self.instance.kind

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _offer_modes(self) -> None:
        """Here only where it is hired by the hour."""
        if field := self.fields.get("booking_mode"):
            is_here = self.kind not in NOT_BY_THE_HOUR
            modes = [one for one in Venue.BookingMode.choices if is_here or one[0] != "here"]
            cast("forms.ChoiceField", field).choices = modes

    def clean_postcode(self) -> str:
        typed = " ".join(self.cleaned_data["postcode"].upper().split())
        if not typed:
            return ""
        found = _POSTCODE.fullmatch(typed) or _POSTCODE.fullmatch(typed.replace(" ", ""))
        if found is None:
            raise ValidationError(_("Enter a full postcode, like DA1 1AA"))
        return f"{found[1]} {found[2]}"

    def _post_clean(self) -> None:
        """What the kind does not have is emptied, and the place found, before the model looks."""
        if self.kind == VenueKind.DIGITAL:
            for name in ("address", "postcode"):
                setattr(self.instance, name, "")
            self.instance.latitude = self.instance.longitude = None
        else:
            self._put_on_the_map()
        self._fit_booking()
        super()._post_clean()  # type: ignore[misc]

    def _fit_booking(self) -> None:
        """Where the page does not ask how it is booked, and it cannot be here: by asking."""
        is_here = self.instance.booking_mode == Venue.BookingMode.HERE
        if self.kind in NOT_BY_THE_HOUR and "booking_mode" not in self.fields and is_here:
            self.instance.booking_mode = Venue.BookingMode.ASK

    def _put_on_the_map(self) -> None:
        """Degrees as typed; else those of the postcode, where the gazetteer knows it."""
        if typed := self.cleaned_data.get("coordinates"):
            self.instance.latitude, self.instance.longitude = typed
            return
        postcode = self.cleaned_data.get("postcode", "")
        is_new = "postcode" in self.changed_data or self.instance.latitude is None
        if not postcode or not (is_new or "coordinates" in self.changed_data):
            return
        found = find_place(postcode, council_id=self.instance.council_id)
        if found is not None and not found.is_guess:
            self.place = found
            self.instance.latitude, self.instance.longitude = found.latitude, found.longitude
            if found.council_id == self.instance.council_id:
                self.instance.ward_id = found.ward_id


class NewVenueForm(PlacedForm):
    """The least that makes a venue; the rest can wait until it is there."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    headings = (("", ("operator", "name", "kind", "address", "postcode", "website", "how_to_ask")),)

    class Meta:
        model = Venue
        fields = ["operator", "name", "kind", "address", "postcode", "website", "how_to_ask"]
        widgets = {"postcode": _SHORT, "how_to_ask": _PASSAGE}
        labels = {"operator": _("Who runs it"), "kind": _("What kind of place"),
                  "website": _("Website")}  # fmt: skip

    def __init__(self, *args: Any, operators: QuerySet[Operator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Operator]", self.fields["operator"])
        field.queryset = operators
        choices = list(operators[:2])
        if len(choices) == 1:
            del self.fields["operator"]
            self.instance.operator = choices[0]
            self.instance.council = choices[0].council
        if self.kind in NOT_BY_THE_HOUR:
            self.fields["how_to_ask"].required = True
        else:
            self._drop("how_to_ask")
        if self.kind != VenueKind.DIGITAL:
            self._drop("website")

    def clean_operator(self) -> Operator:
        operator: Operator = self.cleaned_data["operator"]
        self.instance.council = operator.council
        return operator


class VenueForm(PlacedForm):
    """All that is said of a venue itself."""

    headings = (
        (_("What it is"), ("name", "kind", "description", "house_rules")),
        (_("Where it is"), _PLACE),
        (_("Who may see it"), ("visibility",)),
        (
            _("How people get it"),
            ("booking_mode", "booking_url", "how_to_ask", "procedure", *_BOOKING, "fire_limit"),
        ),
        (_("Contact"), ("phone", "email", "website")),
    )
    booking_url = forms.URLField(label=_("Booking website"), required=False, assume_scheme="https")
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    coordinates = forms.CharField(
        label=_("Place on the map"),
        required=False,
        max_length=60,
        help_text=_(
            "Latitude and longitude, like 51.45, 0.15. Leave it empty and we look the postcode up."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    class Meta:
        model = Venue
        fields = [
            "name", "kind", "description", "house_rules", "address", "town", "postcode",
            "getting_there", "visibility", "booking_mode", "booking_url", "how_to_ask",
            "procedure", "confirmation", "answer_hours", "notice_hours", "booking_window_days",
            "fire_limit", "phone", "email", "website",
        ]  # fmt: skip
        widgets = {
            "postcode": _SHORT,
            "description": _PASSAGE,
            "house_rules": _PASSAGE,
            "getting_there": _PASSAGE,
            "how_to_ask": _PASSAGE,
            "procedure": _PASSAGE,
            "visibility": forms.RadioSelect,
            "booking_mode": forms.RadioSelect,
            "confirmation": forms.RadioSelect,
            "answer_hours": _NUMBER,
            "notice_hours": _NUMBER,
            "booking_window_days": _NUMBER,
            "fire_limit": _NUMBER,
        }
        labels = {"kind": _("What kind of place")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = (self.instance.latitude, self.instance.longitude)
        if "coordinates" in self.fields and None not in at:
            self.fields["coordinates"].initial = f"{at[0]}, {at[1]}"
        seen = cast("forms.ChoiceField", self.fields["visibility"])
        # A venue that people know does not become a draft again.
        is_draft = self.instance.visibility == Venue.Visibility.DRAFT
        choices = [one for one in Venue.Visibility.choices if is_draft or one[0] != "draft"]
        seen.choices = choices

    def clean_coordinates(self) -> tuple[float, float] | None:
        typed = self.cleaned_data["coordinates"]
        # The old place goes when the postcode changes and nobody typed another.
        if not typed.strip() or (
            "postcode" in self.changed_data and "coordinates" not in self.changed_data
        ):
            return None
        found = _DEGREES.fullmatch(typed)
        if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
            raise ValidationError(_("Enter two numbers, like 51.45, 0.15"))
        return float(found[1]), float(found[2])
