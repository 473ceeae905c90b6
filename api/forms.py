"""Naming a token and saying how long it works."""

from __future__ import annotations

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from api.tokens import LONGEST_NAME


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("Such as “our website’s calendar”. Only you see this."),
        max_length=LONGEST_NAME,
        validators=[ProhibitNullCharactersValidator()],
        error_messages={"required": _("Say what the token is for")},
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the token works")},
    )
