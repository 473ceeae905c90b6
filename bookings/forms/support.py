"""Giving help with the price: free hours, a voucher, a grant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from accounts.models import HirerCategory, Organisation
from bookings.models import Voucher
from bookings.services.support.granting import GrantTerms, HoursGiven, VoucherTerms, Where
from core import plain_text
from core.forms import DateParts
from spaces.forms.groups import GroupedForm
from spaces.models import Venue

_HERE, _EVERYWHERE = "here", "everywhere"


def _amount(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=Decimal(0),
        max_digits=9,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )


class _GivingForm(forms.Form, GroupedForm):
    """Where, from when to when, and why; `everywhere`: whether all venues may be chosen."""

    at = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect, initial=_HERE)
    first_on = DateParts(label=_("First day"), help_text=_("For example, 12 1 2027"))
    last_on = DateParts(label=_("Last day"))
    reason = forms.CharField(
        label=_("What it is for"),
        max_length=120,
        validators=[plain_text.one_line],
        help_text=_("The group reads this beside the price."),
    )

    def __init__(self, *args: Any, venue: Venue, everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.venue = venue
        if everywhere:
            all_of = _("All venues of %(name)s") % {"name": venue.operator.organisation.name}
            choices = [(_HERE, venue.name), (_EVERYWHERE, str(all_of))]
            cast("forms.ChoiceField", self.fields["at"]).choices = choices
        else:
            del self.fields["at"]

    def where(self) -> Where:
        """Only when the form is valid."""
        said = self.cleaned_data
        return Where(
            venue=self.venue,
            everywhere=said.get("at") == _EVERYWHERE,
            first_on=said["first_on"],
            last_on=said["last_on"],
            reason=said["reason"],
        )


class _GroupForm(_GivingForm):
    """Also for which group: `groups` are those to choose from."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Which group"), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["organisation"]).queryset = groups


class HoursForm(_GroupForm):
    hours = _amount(_("How many hours in all"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=lambda: [(n, dates.WEEKDAYS[n]) for n in range(7)],
        coerce=int,
        required=False,
        help_text=_("Leave empty for every day"),
        widget=forms.CheckboxSelectMultiple,
    )
    spaces = forms.TypedMultipleChoiceField(
        label=_("In which spaces"),
        coerce=int,
        required=False,
        help_text=_("Leave empty for every space"),
        widget=forms.CheckboxSelectMultiple,
    )
    headings = (
        (
            "",
            ("organisation", "hours", "first_on", "last_on", "weekdays", "spaces", "at", "reason"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.venue.spaces.order_by("position", "name").values_list("pk", "name")
        cast("forms.TypedMultipleChoiceField", self.fields["spaces"]).choices = list(rows)

    def given(self) -> HoursGiven:
        """Only when the form is valid."""
        said = self.cleaned_data
        return HoursGiven(
            organisation=said["organisation"],
            hours=said["hours"],
            weekdays=said["weekdays"],
            space_ids=said["spaces"],
        )


class VoucherForm(_GivingForm):
    kind = forms.ChoiceField(
        label=_("What it gives"), choices=Voucher.Kind.choices, widget=forms.RadioSelect
    )
    value = _amount(_("How much"), help_text=_("Pounds, percent or hours"))
    uses = forms.IntegerField(
        label=_("For how many bookings"),
        min_value=1,
        max_value=100_000,
        initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    once_each = forms.BooleanField(
        label=_("Each hirer may use it once only"), required=False, initial=True
    )
    categories = forms.MultipleChoiceField(
        label=_("Only for"),
        choices=HirerCategory.choices,
        required=False,
        help_text=_("Leave empty for everybody"),
        widget=forms.CheckboxSelectMultiple,
    )
    headings = (
        (
            "",
            (
                "kind", "value", "uses", "once_each", "first_on", "last_on", "categories", "at",
                "reason",
            ),
        ),
    )  # fmt: skip

    def terms(self) -> VoucherTerms:
        """Only when the form is valid."""
        said = self.cleaned_data
        names = ("kind", "value", "uses", "once_each", "categories")
        return VoucherTerms(**{name: said[name] for name in names})


class GrantForm(_GroupForm):
    funder = forms.CharField(label=_("Who pays"), max_length=100, validators=[plain_text.one_line])
    budget = _amount(_("Up to how many pounds in all"))
    percent = _amount(
        _("Percent of each date"), required=False, help_text=_("Fill in this or the next one")
    )
    per_date = _amount(_("Pounds for each date at most"), required=False)
    headings = (
        (
            "",
            (
                "organisation", "funder", "budget", "percent", "per_date", "first_on", "last_on",
                "at", "reason",
            ),
        ),
    )  # fmt: skip

    def terms(self) -> GrantTerms:
        """Only when the form is valid."""
        said = self.cleaned_data
        names = ("organisation", "funder", "budget", "percent", "per_date")
        return GrantTerms(**{name: said[name] for name in names})
