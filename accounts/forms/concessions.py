"""Asking to count as something, and the council's answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    PERSONAL_STATUSES,
    Concession,
    Council,
    HirerCategory,
    HirerStatus,
)
from accounts.services import ConcessionClaim, ConcessionDecision
from core import plain_text
from core.errors import DomainError
from core.forms import DateParts

_NOT_ASKED = {HirerCategory.PRIVATE, HirerCategory.COMMERCIAL}
_ACCEPT, _REFUSE = Concession.State.ACCEPTED.value, Concession.State.REFUSED.value
_A_YEAR = timedelta(days=365)


def _evidence(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("How can we check that?"),
        help_text=help_text,
        max_length=300,
        validators=[plain_text.passage],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ConcessionForm(forms.Form):
    """A group asks to count as a kind of hirer, or to have a status."""

    category = forms.ChoiceField(
        label=_("What do you count as?"),
        choices=[
            (
                _("Kind of group"),
                [pair for pair in HirerCategory.choices if pair[0] not in _NOT_ASKED],
            ),
            (_("Besides"), HirerStatus.choices),
        ],
    )
    evidence = _evidence(
        _(
            "For example your charity number, a link to your rules, or who your parent body is. "
            "For young people say their ages, like “Brownies, 7 to 10”."
        )
    )

    def claim(self) -> ConcessionClaim:
        """Only when the form is valid."""
        what, evidence = self.cleaned_data["category"], self.cleaned_data["evidence"]
        if what in HirerStatus.values:
            return ConcessionClaim(status=what, evidence=evidence)
        return ConcessionClaim(category=what, evidence=evidence)


class PersonalClaimForm(forms.Form):
    """A private person asks a council for help with the price."""

    what = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=[(status.value, status.label) for status in PERSONAL_STATUSES],
        widget=forms.RadioSelect,
    )
    council = forms.ModelChoiceField(
        Council.objects.all(),
        label=_("Which council do you ask?"),
        empty_label=_("Choose"),
        help_text=_("It counts at the venues in its area."),
    )
    evidence = _evidence(
        _(
            "For example, “I can show you a letter about Universal Credit”. Do not write down "
            "numbers, or anything about your health. We delete this 30 days after our answer."
        )
    )

    def claim(self) -> ConcessionClaim:
        """Only when the form is valid."""
        return ConcessionClaim(
            status=self.cleaned_data["what"], evidence=self.cleaned_data["evidence"]
        )


class DecisionForm(forms.Form):
    """Yes until a day, or no with a reason. `last`: the last day of what it would replace."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(_ACCEPT, _("Accept it")), (_REFUSE, _("Refuse it"))],
        widget=forms.RadioSelect,
    )
    valid_to = DateParts(
        label=_("It counts until"),
        required=False,
        help_text=_("The last day. Leave it empty if it need not be checked again."),
    )
    reason = forms.CharField(
        label=_("If you refuse it: why"),
        required=False,
        max_length=300,
        validators=[plain_text.passage],
        help_text=_("They read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, last: date | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].initial = max(last or today, today) + _A_YEAR

    def decision(self) -> ConcessionDecision:
        """Only when the form is valid."""
        said = self.cleaned_data
        return ConcessionDecision(
            state=said["answer"], valid_to=said["valid_to"], reason=said["reason"]
        )

    def refuse(self, error: DomainError) -> None:
        """Put a service's refusal at its question, or above all of them."""
        field = error.details.get("field")
        name = field if isinstance(field, str) and field in self.fields else None
        self.add_error(name, str(error.message))
