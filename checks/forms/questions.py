"""The questions of access facts as boxes: what was found, how much, which kind, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from checks.answers import Given
from checks.models import Answered
from core.errors import DomainError
from core.plain_text import one_line
from spaces.access_facts import Fact, Kind

_UNITS = {
    "m": _("How many metres?"),
    "mm": _("How many millimetres? A tape measure will do."),
    "bays": _("How many bays?"),
    "steps": _("How many steps?"),
    "ratio": _("How steep is it? If it climbs 1 metre in 12 metres, write 12."),
    "places": _("How many places?"),
    "dB(A)": _("How loud is it in decibels, if you can measure it?"),
}
_MEASURED = {Kind.NUMBER, Kind.SIZE}


@dataclass(frozen=True, slots=True)
class Question:
    """One fact and its boxes, in the order in which they are asked."""

    fact: Fact
    boxes: list[forms.BoundField]
    known: str = ""


class QuestionsForm(forms.Form):
    """Boxes for some facts. Nothing has to be answered; the service says what does not fit."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        facts: Iterable[Fact],
        given: dict[str, Answered] | None = None,
        known: dict[str, str] | None = None,
        has_notes: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts = list(facts)
        self.known = known or {}
        self.has_notes = has_notes
        for fact in self.facts:
            self._ask(fact, (given or {}).get(fact.code))

    def questions(self) -> list[Question]:
        """Each fact with its boxes, and what the venue's page says now."""
        return [
            Question(
                fact,
                [self[name] for name in self._names(fact)],
                self.known.get(fact.code, ""),
            )
            for fact in self.facts
        ]

    def given(self) -> dict[str, Given]:
        """What was typed, by the code of the fact."""
        return {fact.code: self._given(fact) for fact in self.facts}

    def refuse(self, error: DomainError) -> None:
        """Put a service's refusal at its box, or above all of them."""
        field = error.details.get("field")
        name = field if isinstance(field, str) else None
        if name and name not in self.fields and len(self.facts) == 1:
            code = self.facts[0].code
            name = code if name == "value" else f"{code}_{name}"
        self.add_error(name if name in self.fields else None, str(error.message))

    def _names(self, fact: Fact) -> list[str]:
        parts = ("", "_measure", "_measure_2", "_choice", "_note")
        return [f"{fact.code}{part}" for part in parts if f"{fact.code}{part}" in self.fields]

    def _ask(self, fact: Fact, row: Answered | None) -> None:
        code = fact.code
        self.fields[code] = forms.ChoiceField(
            label=str(fact.question),
            choices=_values(fact),
            required=False,
            initial=row.value if row else "",
            widget=forms.RadioSelect,
        )
        if fact.unit:
            sizes = fact.kind is Kind.SIZE
            label = _g("How wide, in millimetres?") if sizes else _UNITS[fact.unit]
            self.fields[f"{code}_measure"] = _number(label, row.measure if row else None)
        if fact.kind is Kind.SIZE:
            label = _g("How long, in millimetres?")
            self.fields[f"{code}_measure_2"] = _number(label, row.measure_2 if row else None)
        if kinds := (*fact.choices, *fact.no_choices):
            self.fields[f"{code}_choice"] = _kinds(fact, kinds, row.choice if row else "")
        if self.has_notes:
            self.fields[f"{code}_note"] = forms.CharField(
                label=_("Anything to add? Write about the building."),
                max_length=300,
                required=False,
                initial=row.note if row else "",
                validators=[one_line],
            )

    def _given(self, fact: Fact) -> Given:
        data, code = self.cleaned_data, fact.code
        choice = data.get(f"{code}_choice") or ""
        return Given(
            value=data.get(code) or "",
            choice=" ".join(choice) if isinstance(choice, list) else choice,
            measure=data.get(f"{code}_measure"),
            measure_2=data.get(f"{code}_measure_2"),
            note=data.get(f"{code}_note") or "",
        )


def _values(fact: Fact) -> list[tuple[str, Any]]:
    """Yes and no; where the question is no yes-or-no one, what yes and no mean."""
    yes: Any = Answered.Value.YES.label
    no: Any = Answered.Value.NO.label
    if fact.kind in _MEASURED:
        yes, no = _("I counted or measured it"), fact.no
    elif fact.kind is Kind.CHOICE and not str(fact.question).startswith(("Is ", "Are ")):
        yes, no = fact.yes, fact.no
    unknown = Answered.Value.UNKNOWN
    return [(Answered.Value.YES, yes), (Answered.Value.NO, no), (unknown, unknown.label)]


def _number(label: Any, initial: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=2,
        initial=initial.normalize().__format__("f") if initial is not None else None,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )


def _kinds(fact: Fact, kinds: Iterable[tuple[str, Any]], initial: str) -> forms.Field:
    if fact.kind is Kind.MULTI:
        return forms.MultipleChoiceField(
            label=_("Which of these did you find?"),
            choices=list(kinds),
            required=False,
            initial=initial.split(),
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(
        label=_("Which kind?"),
        choices=[("", _("Not sure")), *kinds],
        required=False,
        initial=initial,
    )
