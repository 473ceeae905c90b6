"""The questions of a tariff as boxes of a form. Nobody has to answer: what is not said is open."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tariffs.asking import AnswerKind, Question, said

_UNKNOWN, _NONE, _YES, _NO = "unknown", "none-of-these", "yes", "no"
_MOST = 1_000_000


class SeveralField(forms.MultipleChoiceField):
    """Some of the choices, or the box that says none; an empty list is an answer, None is not."""

    def clean(self, value: Any) -> Any:
        """A list of choices, or None where nothing is ticked."""
        ticked = super().clean(value)
        if _NONE in ticked and len(ticked) > 1:
            raise ValidationError(_("Tick “None of these”, or tick the others"))
        return [one for one in ticked if one != _NONE] if ticked else None


def box_name(question: Question) -> str:
    """The name of its box in the form."""
    return f"ask-{question.name.replace('.', '-')}"


def box(question: Question) -> forms.Field:
    """The box for one question."""
    more: dict[str, Any] = {
        "label": question.words,
        "required": False,
        "help_text": _hint(question),
    }
    choices = [(choice.value, choice.words) for choice in question.choices]
    if question.kind is AnswerKind.SEVERAL:
        choices.append((_NONE, _("None of these")))
        return SeveralField(choices=choices, widget=forms.CheckboxSelectMultiple, **more)
    if question.kind in (AnswerKind.YES_NO, AnswerKind.CHOICE):
        if question.kind is AnswerKind.YES_NO:
            choices = [(_YES, _("Yes")), (_NO, _("No"))]
        choices.append((_UNKNOWN, _("I do not know yet")))
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more)
    mode = "numeric" if question.is_whole else "decimal"
    digits = {"class": "govuk-input--width-5", "inputmode": mode, "autocomplete": "off"}
    return forms.DecimalField(
        min_value=0,
        max_value=_MOST,
        decimal_places=0 if question.is_whole else 2,
        widget=forms.TextInput(attrs=digits),
        **more,
    )


def answer(question: Question, cleaned: Mapping[str, Any]) -> Any:
    """The answer in the form in which services take it; None: not answered."""
    value = cleaned.get(box_name(question))
    if question.kind is AnswerKind.YES_NO:
        return {_YES: True, _NO: False}.get(value or "")
    if question.kind is AnswerKind.CHOICE:
        return None if value in ("", _UNKNOWN) else value
    return str(value) if isinstance(value, Decimal) else value


def _hint(question: Question) -> str:
    parts = []
    if question.kind is AnswerKind.MONEY:
        parts.append(_("In pounds, like 12.50."))
    if question.assumed is not None:
        taken = said(question, question.assumed)
        parts.append(_("If you do not say, we take it as: %(taken)s.") % {"taken": taken})
    return " ".join(parts)
