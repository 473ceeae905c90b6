"""What a council's officers type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Council
from core.forms import DateParts
from core.plain_text import one_line, passage
from spaces.forms.groups import GroupedForm
from spaces.models import Venue


class _OfCouncil(GroupedForm, forms.Form):
    """Asks for the council only where the person has several."""

    def __init__(self, *args: Any, councils: QuerySet[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.councils = list(councils.order_by("name", "pk"))
        if len(self.councils) > 1:
            self.fields["council"] = forms.ModelChoiceField(
                label=_("Council"), queryset=councils.order_by("name", "pk"), empty_label=None
            )
            self.headings = (("", ("council", *self.fields)),)

    def council(self) -> Council:
        """The one chosen, or the only one."""
        chosen: Council = self.cleaned_data.pop("council", None) or self.councils[0]
        return chosen


class RoundForm(_OfCouncil):
    name = forms.CharField(
        label=_("Name of the round"),
        help_text=_("For example, “Spring visits 2027”."),
        max_length=120,
        validators=[one_line],
    )
    words = forms.CharField(
        label=_("What should checkers know?"),
        help_text=_("It is in the e-mail that invites them. Do not ask about anybody’s health."),
        max_length=2000,
        required=False,
        validators=[passage],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    visit_by = DateParts(label=_("Last day for the visits"))
    headings = (("", ("name", "words", "visit_by")),)


class InviteForm(GroupedForm, forms.Form):
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.none())
    email = forms.EmailField(
        label=_("E-mail of the checker"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    headings = (("", ("venue", "email")),)

    def __init__(self, *args: Any, venues: QuerySet[Venue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["venue"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = venues.order_by("name", "pk")


class ReplyDaysForm(_OfCouncil):
    days = forms.IntegerField(
        label=_("How many days do venues have to reply?"),
        min_value=1,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    starts_on = DateParts(label=_("For visits sent in from which day on?"))
    headings = (("", ("days", "starts_on")),)


class ReasonForm(GroupedForm, forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, validators=[one_line])
    headings = (("", ("reason",)),)
