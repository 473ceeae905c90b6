"""The search form: when, how many, where, what is needed. Every question may be left open."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Council, HirerCategory
from bookings.finder import (
    CEILINGS,
    RADIUS_CHOICES_M,
    SEARCH_RADIUS_M,
    FindQuery,
    Mark,
    Unknowns,
)
from bookings.finder.find import MOST_PEOPLE
from bookings.forms.when import WhenForm
from spaces.access_facts import NEEDS
from spaces.models import Layout, Space, VenueKind

_DISTANCES = {
    800: _("Half a mile"),
    1_600: _("1 mile"),
    3_200: _("2 miles"),
    4_800: _("3 miles"),
    8_000: _("5 miles"),
    16_000: _("10 miles"),
}
_TIMES = ("on", "starts", "ends")
MARKS = {
    Mark.OPEN_LATE: _("Open after 9pm"),
    Mark.OPEN_WEEKEND: _("Open at weekends"),
    Mark.STUDY: _("A place to study"),
    Mark.FREE: _("Free to use"),
    Mark.QUIET_TIMES: _("Has quiet times"),
}
# What a list is narrowed by, beside the questions that the form shows.
NARROWED = ("room", "has", "layout", "price", "ask")


def _ceiling(pounds: int) -> str:
    return gettext("Up to £%(pounds)d an hour") % {"pounds": pounds}


class FindForm(WhenForm):
    """Gives a `FindQuery`. Without a date it asks for places that suit at any time."""

    text = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=100,
        help_text=_("A kind of place, a name, or what you will do there"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    people = forms.IntegerField(
        label=_("People"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    near = forms.CharField(
        label=_("Near"),
        required=False,
        max_length=100,
        help_text=_("A postcode or a place"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    within = forms.TypedChoiceField(
        label=_("How far from there"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(metres, _DISTANCES[metres]) for metres in RADIUS_CHOICES_M],
        initial=SEARCH_RADIUS_M,
    )
    needs = forms.MultipleChoiceField(
        label=_("What you need"),
        required=False,
        choices=[(need.slug, need.label) for need in NEEDS.values()],
        widget=forms.CheckboxSelectMultiple,
    )
    unchecked = forms.BooleanField(
        label=_("Also show places where one of these is not checked yet"), required=False
    )
    category = forms.ChoiceField(
        label=_("Show the price for"),
        required=False,
        choices=HirerCategory.choices,
        initial=HirerCategory.COMMUNITY,
    )
    kind = forms.MultipleChoiceField(
        label=_("Kind of place"),
        required=False,
        choices=VenueKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    room = forms.MultipleChoiceField(
        label=_("Kind of room"),
        required=False,
        choices=Space.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    has = forms.MultipleChoiceField(
        label=_("Open and free"),
        required=False,
        choices=[(mark.value, words) for mark, words in MARKS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    layout = forms.ChoiceField(
        label=_("How people sit or stand"),
        required=False,
        choices=[("", _("Any way")), *Layout.Kind.choices],
    )
    price = forms.TypedChoiceField(
        label=_("Price"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Any price")), *((most, lazy(_ceiling, str)(most)) for most in CEILINGS)],
    )
    ask = forms.BooleanField(label=_("Also places that tell the price when asked"), required=False)

    def __init__(self, *args: Any, councils: list[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _TIMES:
            self.fields[name].required = False
        self.fields["council"] = forms.ChoiceField(
            label=_("Council area"),
            required=False,
            choices=[("", _("Everywhere")), *((c.slug, c.name) for c in councils)],
        )
        self._councils = {council.slug: council.pk for council in councils}

    def clean(self) -> dict[str, Any]:
        """A date needs its times, and times their date; without any, no time is asked for."""
        cleaned = self.cleaned_data
        wrong = [name for name in _TIMES if name in self.errors]
        given = [name for name in _TIMES if cleaned.get(name) is not None]
        if not given and not wrong:
            return cleaned
        asked_again = {
            "on": _("Enter the date, or leave the times out"),
            "starts": _("Enter when it starts, or leave the date out"),
            "ends": _("Enter when it ends, or leave the date out"),
        }
        for name in _TIMES:
            if name not in given and name not in wrong:
                self.add_error(name, asked_again[name])
        return super().clean()

    @property
    def has_time(self) -> bool:
        """Whether a date was asked for; only when the form is valid."""
        return self.cleaned_data.get("on") is not None

    def query(self, *, page: int) -> FindQuery:
        """What was asked for; only when the form is valid."""
        said = self.cleaned_data
        return FindQuery(
            text=said["text"],
            pattern=self.pattern() if self.has_time else None,
            people=said["people"],
            near=said["near"],
            radius_m=said["within"] or SEARCH_RADIUS_M,
            needs=tuple(said["needs"]),
            category=said["category"] or HirerCategory.COMMUNITY.value,
            venue_kinds=tuple(said["kind"]),
            space_kinds=tuple(said["room"]),
            marks=tuple(said["has"]),
            layout=said["layout"],
            most_an_hour=said["price"],
            ask_price=said["ask"],
            council_id=self._councils.get(said["council"]),
            unknowns=Unknowns.SHOW if said["unchecked"] else Unknowns.LEAVE_OUT,
            with_facets=True,
            page=page,
        )

    def narrowed(self) -> list[BoundField]:
        """The fields that are kept, but not shown beside the others."""
        return [self[name] for name in NARROWED if self[name].value()]

    def words_of(self, name: str) -> str:
        """The chosen answer to a question with choices, as people read it."""
        field = cast("forms.ChoiceField", self.fields[name])
        chosen = self.cleaned_data.get(name)
        found = [chosen] if not isinstance(chosen, list) else chosen
        labels = {str(value): str(label) for value, label in cast("Any", field.choices)}
        return ", ".join(labels[str(one)] for one in found if str(one) in labels)
