"""What managers say for VAT: registration, option to tax, spaces for sport, classes of things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Operator, VatRegistration
from core.forms import DateParts
from spaces.forms.groups import GroupedForm
from spaces.models import OptionToTax, SportsDecision, StockItem, Venue

_EXAMPLE = _("For example, 1 4 2027")


class RegistrationForm(forms.Form, GroupedForm):
    """A registration of an operator; `held` is the one that is changed."""

    number = forms.CharField(
        label=_("VAT number"),
        max_length=20,
        help_text=_("9 digits, with or without GB"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    first_on = DateParts(label=_("Registered from"), help_text=_EXAMPLE)
    last_on = DateParts(
        label=_("Last day of the registration"),
        required=False,
        help_text=_("Leave it empty while the registration goes on"),
    )
    prices = forms.ChoiceField(
        label=_("Where a rate sheet does not say it, what do prices mean?"),
        choices=VatRegistration.Prices.choices,
        initial=VatRegistration.Prices.INCLUDED,
        widget=forms.RadioSelect,
    )
    headings = (("", ("number", "first_on", "last_on", "prices")),)

    def __init__(self, *args: Any, held: VatRegistration | None = None, **kwargs: Any) -> None:
        if held is not None:
            kwargs["initial"] = {name: getattr(held, name) for name in _OF_A_REGISTRATION}
        super().__init__(*args, **kwargs)
        self.held = held

    def registration(self, operator: Operator) -> VatRegistration:
        """Only when the form is valid."""
        made = self.held or VatRegistration(operator=operator)
        for name in _OF_A_REGISTRATION:
            setattr(made, name, self.cleaned_data[name])
        return made


_OF_A_REGISTRATION = ("number", "first_on", "last_on", "prices")


class OptionForm(forms.Form, GroupedForm):
    """An option to tax of a building; `held` is the one that is changed."""

    first_on = DateParts(label=_("Opted to tax from"), help_text=_EXAMPLE)
    last_on = DateParts(
        label=_("Last day of the option"),
        required=False,
        help_text=_("Leave it empty while the option goes on"),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("For example, the date of the letter to the tax office"),
    )
    headings = (("", ("first_on", "last_on", "note")),)

    def __init__(self, *args: Any, held: OptionToTax | None = None, **kwargs: Any) -> None:
        if held is not None:
            kwargs["initial"] = {name: getattr(held, name) for name in _OF_AN_OPTION}
        super().__init__(*args, **kwargs)
        self.held = held

    def option(self, venue: Venue) -> OptionToTax:
        """Only when the form is valid."""
        made = self.held or OptionToTax(venue=venue)
        for name in _OF_AN_OPTION:
            setattr(made, name, self.cleaned_data[name])
        return made


_OF_AN_OPTION = ("first_on", "last_on", "note")
_UNDECIDED = "undecided"


class SportsForm(forms.Form, GroupedForm):
    """Whether a space is designed or adapted for sport: yes, no, or nobody has decided."""

    decision = forms.ChoiceField(
        label=_("Is this a space for sport?"),
        choices=[
            ("yes", _("Yes: it is made for sport")),
            ("no", _("No: it is a room for all kinds of use")),
            (_UNDECIDED, _("Not decided yet")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("For example, “Courts are marked on the floor”"),
    )
    headings = (("", ("decision", "note")),)

    def __init__(self, *args: Any, held: SportsDecision | None, **kwargs: Any) -> None:
        said = _UNDECIDED
        if held is not None:
            said = "yes" if held.is_sports_facility else "no"
        kwargs["initial"] = {"decision": said, "note": held.note if held else ""}
        super().__init__(*args, **kwargs)

    def is_sports(self) -> bool | None:
        """Only when the form is valid."""
        said = self.cleaned_data["decision"]
        return None if said == _UNDECIDED else said == "yes"


class ThingsForm(forms.Form, GroupedForm):
    """How VAT looks at each thing that is lent."""

    def __init__(self, *args: Any, items: Sequence[StockItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            self.fields[f"item_{item.pk}"] = forms.ChoiceField(
                label=item.name,
                choices=StockItem.VatClass.choices,
                initial=item.vat_class,
            )
        self.items = items
        self.headings = (("", [f"item_{item.pk}" for item in items]),)

    def classes(self) -> dict[int, str]:
        """Only when the form is valid."""
        return {item.pk: self.cleaned_data[f"item_{item.pk}"] for item in self.items}
