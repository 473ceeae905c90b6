"""Which bookings to try rates on, and what becomes of agreed prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.services.what_if import Period, last_year
from core.errors import BadInput
from core.forms import DateParts
from spaces.forms.groups import GroupedForm
from tariffs.models import Tariff

_OVER = 10


class WhatIfForm(GroupedForm, forms.Form):
    """Gives a period and from how many percent more somebody is listed."""

    first = DateParts(label=_("First day"), help_text=_("For example, 1 4 2026"))
    last = DateParts(label=_("Last day"))
    over = forms.DecimalField(
        label=_("List who would pay over so many percent more"),
        min_value=0,
        max_value=1000,
        max_digits=5,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "step": "any"}),
    )

    def __init__(self, asked: Mapping[str, Any], *, today: date) -> None:
        year = last_year(today)
        usual = {"first": str(year.first), "last": str(year.last), "over": str(_OVER)}
        sent = {name.split("_")[0] for name in asked}
        unsaid = {name: value for name, value in usual.items() if name not in sent}
        super().__init__({name: asked[name] for name in asked} | unsaid)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                Period(cleaned["first"], cleaned["last"])
            except BadInput as error:
                self.refuse(error)
        return cleaned

    def period(self) -> Period:
        """Only when the form is valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    def over_percent(self) -> Decimal:
        """Only when the form is valid."""
        return Decimal(self.cleaned_data["over"])


class AgreedForm(GroupedForm, forms.Form):
    """Whether booked dates keep their price."""

    agreed = forms.ChoiceField(
        label=_("When new rates are published, dates that are booked already"),
        choices=[
            (Tariff.Agreed.AT_BOOKING, _("keep the price that was agreed")),
            (Tariff.Agreed.ON_THE_DAY, _("pay the rates in force on the day")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "This counts for bookings made from now on: those made before keep what they were "
            "promised. An estimate always becomes final when rates for its day are published."
        ),
    )
    headings = (("", ("agreed",)),)
