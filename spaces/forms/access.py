"""What is known of getting in at one place: yes, no or not checked, with kinds and measures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from core.forms import DateParts
from spaces.access_facts import GROUPS, Fact, Kind
from spaces.forms.groups import GroupedForm
from spaces.models import AccessFact
from spaces.services.access import FactPlace, Said

_ANSWERS = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not checked yet"))]
_UNITS = {
    "m": _("Metres"),
    "mm": _("Millimetres"),
    "bays": _("How many bays"),
    "steps": _("How many steps"),
    "ratio": _("One in how many, like 12"),
    "places": _("How many places"),
    "dB(A)": _("Decibels, dB(A)"),
}
# Where a few words help most; a box for each of the others would only make the page long.
_NOTED = frozenset(
    {"entrance_step_free", "parking_blue_badge_count", "lift", "accessible_toilet", "hearing_loop",
     "quiet_space", "emergency_evacuation", "internal_route_step_free", "door_entry_help"}
)  # fmt: skip
_NUMBER = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})


class FactsForm(forms.Form, GroupedForm):
    """One question for each fact. What nobody changed keeps the day on which it was checked."""

    def __init__(
        self,
        *args: Any,
        place: FactPlace,
        rows: Mapping[str, AccessFact],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.rows, self.facts = place, rows, place.facts()
        for fact in self.facts:
            self._question(fact, rows.get(fact.code))
        self.fields["checked_on"] = DateParts(
            label=_("When was this checked?"), initial=today, help_text=_("For example, 12 1 2027")
        )
        self.fields["all_checked"] = forms.BooleanField(
            label=_("All of this was checked on that day, also what I left as it was"),
            required=False,
        )

    def _question(self, fact: Fact, row: AccessFact | None) -> None:
        self.fields[fact.code] = forms.ChoiceField(
            label=str(fact.question),
            choices=_ANSWERS,
            initial=row.value if row else AccessFact.Value.UNKNOWN,
            widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        )
        if fact.kind is Kind.MULTI:
            self.fields[f"{fact.code}_choice"] = forms.MultipleChoiceField(
                label=_("Which of these?"),
                required=False,
                choices=fact.choices,
                initial=row.choice.split() if row else [],
                widget=forms.CheckboxSelectMultiple,
            )
        elif fact.choices or fact.no_choices:
            self.fields[f"{fact.code}_choice"] = forms.ChoiceField(
                label=_g("Which kind? %(question)s") % {"question": fact.question},
                required=False,
                choices=[("", _("Nobody has said")), *fact.choices, *fact.no_choices],
                initial=row.choice if row else "",
            )
        if fact.unit:
            self._measures(fact, row)
        if fact.code in _NOTED or fact.kind is Kind.TEXT or (row and row.note):
            self.fields[f"{fact.code}_note"] = forms.CharField(
                label=_("In a few words"),
                required=False,
                max_length=300,
                initial=row.note if row else "",
            )

    def _measures(self, fact: Fact, row: AccessFact | None) -> None:
        names = {"measure": _UNITS.get(fact.unit, fact.unit)}
        if fact.kind is Kind.SIZE:
            names = {"measure": _("Width in millimetres"), "measure_2": _("Length in millimetres")}
        for name, label in names.items():
            value = getattr(row, name) if row else None
            self.fields[f"{fact.code}_{name}"] = forms.DecimalField(
                label=label,
                required=False,
                min_value=0,
                max_digits=7,
                decimal_places=2,
                initial=value.normalize().to_eng_string() if value else None,
                widget=_NUMBER,
            )

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        found = []
        for heading, facts in GROUPS:
            names = [name for fact in facts for name in self._names(fact.code)]
            if names:
                found.append((str(heading), [self[name] for name in names]))
        return [*found, (_g("The check"), [self["checked_on"], self["all_checked"]])]

    def _names(self, code: str) -> list[str]:
        names = [code, *(f"{code}_{end}" for end in ("choice", "measure", "measure_2", "note"))]
        return [name for name in names if name in self.fields]

    def said(self) -> list[Said]:
        """Every answer, with the day it holds for."""
        return [self._said(fact) for fact in self.facts]

    def _said(self, fact: Fact) -> Said:
        cleaned, row = self.cleaned_data, self.rows.get(fact.code)
        choice = cleaned.get(f"{fact.code}_choice") or ""
        told: dict[str, Any] = {
            "value": cleaned[fact.code],
            "choice": " ".join(choice) if isinstance(choice, list) else choice,
            "measure": self._number(f"{fact.code}_measure"),
            "measure_2": self._number(f"{fact.code}_measure_2"),
            "note": cleaned.get(f"{fact.code}_note", ""),
        }
        is_kept = row is not None and all(getattr(row, name) == told[name] for name in told)
        day = cleaned["checked_on"]
        if row is not None and is_kept and not cleaned["all_checked"]:
            day = row.checked_on
        return Said(fact.code, checked_on=day, **told)

    def _number(self, name: str) -> Decimal | None:
        value: Decimal | None = self.cleaned_data.get(name)
        return value
