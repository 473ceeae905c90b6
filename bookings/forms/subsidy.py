"""Which figures to show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bookings.subsidy import By
from core.forms import DateParts


class SubsidyForm(forms.Form):
    by = forms.ChoiceField(
        label=_("By"),
        choices=[
            (By.ORGANISATION.value, _("Group")),
            (By.CATEGORY.value, _("Kind of hirer")),
            (By.MONTH.value, _("Month")),
        ],
        required=False,
    )
    first = DateParts(label=_("From"), required=False)
    last = DateParts(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError(_("The last day must not be before the first."))
        return cleaned
