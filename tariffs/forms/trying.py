"""What would this cost? One hire, to try rates with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import between
from core.forms import DateParts, TimeText
from core.intervals import Span
from tariffs.cards.naming import Names
from tariffs.engine import AskedSpace, PriceAsk
from tariffs.forms.fields import Figure


class TryForm(forms.Form):
    """Gives a `PriceAsk` of one date."""

    mark_optional = True

    spaces = forms.MultipleChoiceField(
        label=gettext_lazy("Which space"), widget=forms.CheckboxSelectMultiple
    )
    day = DateParts(label=gettext_lazy("On which day"))
    starts = TimeText(label=gettext_lazy("From"), help_text=gettext_lazy("Like 6pm"))
    ends = TimeText(label=gettext_lazy("Until"))
    kind = forms.ChoiceField(label=gettext_lazy("What kind of hirer"))
    people = Figure(label=gettext_lazy("How many people"), most=99_999)

    def __init__(self, data: Mapping[str, Any] | None = None, *, names: Names) -> None:
        super().__init__(data, prefix="try", auto_id="id_%s")
        self.names = names
        for field, choices in (("spaces", names.spaces), ("kind", names.kinds)):
            self.fields[field].choices = list(choices.items())  # type: ignore[attr-defined]

    def clean_people(self) -> int:
        """A whole number, 0 where nobody said."""
        people = self.cleaned_data["people"] or "0"
        if not people.isdecimal():
            raise forms.ValidationError(_("Write a whole number of people"))
        return int(people)

    def ask(self) -> PriceAsk:
        """Only when the form is valid."""
        said = self.cleaned_data
        return PriceAsk(
            spaces=tuple(AskedSpace(slug, self.names.space(slug)) for slug in said["spaces"]),
            span=Span(*between(said["day"], said["starts"], said["ends"])),
            category=said["kind"],
            people=said["people"],
        )
