"""“This has changed”, without an account, and the answer to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checks.forms.questions import QuestionsForm
from core.plain_text import one_line, passage
from spaces.access_facts import GROUPS, Fact, Kind

OTHER = "other"


def fact_choices() -> list[tuple[Any, Any]]:
    """Every fact that somebody could have seen, by group, and something else."""
    groups: list[tuple[Any, Any]] = [
        (heading, [(fact.code, fact.question) for fact in facts if _can_be_seen(fact)])
        for heading, facts in GROUPS
    ]
    return [*[group for group in groups if group[1]], (OTHER, _("Something else"))]


def _can_be_seen(fact: Fact) -> bool:
    return fact.kind is not Kind.DERIVED and not fact.code.startswith("recorded_")


class WhichForm(forms.Form):
    """What the report is about, and where."""

    fact = forms.ChoiceField(label=_("What has changed?"), choices=fact_choices)
    place = forms.ChoiceField(label=_("Where?"), required=False)

    def __init__(self, *args: Any, places: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(places)


class ReportForm(QuestionsForm):
    """What is true now, in a choice and in words. The last box is a trap for machines."""

    words = forms.CharField(
        label=_("What is true now, in your own words?"),
        help_text=_("Write about the building. Leave out names and your own health."),
        max_length=500,
        required=False,
        validators=[passage],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=_("Your e-mail, if you want to hear what comes of it (optional)"),
        help_text=_("We delete it once the venue has decided."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    homepage = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_machine(self) -> bool:
        """Whether the box that people cannot see was filled in."""
        return bool(self.data.get("homepage"))


class DecideForm(QuestionsForm):
    """What the fact is to say, or why nothing changes."""

    reason = forms.CharField(
        label=_("What do you want to tell the person who wrote?"),
        max_length=300,
        required=False,
        validators=[one_line],
    )
