"""What checkers write besides the facts, and what venues reply."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from checks.services.drafts import Story
from core.forms import DateParts
from core.plain_text import one_line, passage
from spaces.forms.groups import GroupedForm
from spaces.forms.pictures import PictureField

_MONEY = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"})


class StoryForm(GroupedForm, forms.Form):
    visited_on = DateParts(label=_("Which day were you there?"), required=False)
    words = forms.CharField(
        label=_("What was it like?"),
        help_text=_(
            "Write about the building and the welcome. Leave out names, and your own health."
        ),
        max_length=2000,
        required=False,
        validators=[passage],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    headings = (("", ("visited_on", "words")),)
    mark_optional = False

    def story(self) -> Story:
        return Story(**self.cleaned_data)


class ExpensesForm(GroupedForm, forms.Form):
    amount = forms.DecimalField(
        label=_("How much, in pounds?"),
        help_text=_("For example, 4.50. Leave it empty if you claim nothing."),
        max_digits=7,
        decimal_places=2,
        required=False,
        widget=_MONEY,
    )
    what_for = forms.CharField(
        label=_("What for?"),
        help_text=_("For example, the bus there and back."),
        max_length=300,
        required=False,
        validators=[one_line],
    )
    headings = (("", ("amount", "what_for")),)
    mark_optional = False


class PhotoForm(GroupedForm, forms.Form):
    file = PictureField(
        label=_("Photo"),
        help_text=_("Show the building, not people. We remove where it was taken."),
    )
    alt = forms.CharField(
        label=_("What does it show?"),
        help_text=_("For people who cannot see it. For example, “The ramp at the side door.”"),
        max_length=250,
        validators=[one_line],
    )
    headings = (("", ("file", "alt")),)


class ReplyForm(GroupedForm, forms.Form):
    words = forms.CharField(
        label=_("Your reply"),
        help_text=_("It is published beside what the visitor found."),
        max_length=2000,
        required=False,
        validators=[passage],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    headings = (("", ("words",)),)
    mark_optional = False
