"""What people say about themselves and their organisations: shape only."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Council, Membership, Organisation, User
from accounts.services import OrganisationDetails, PersonDetails

_PHONE = forms.TextInput(
    attrs={"autocomplete": "tel", "inputmode": "tel", "class": "govuk-input--width-20"}
)


class SignupForm(forms.Form):
    """What allauth's sign-up asks besides e-mail and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: Any, user: User) -> None:
        """Keep the name; allauth has saved the rest."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        help_text=_("A venue rings this if something is wrong on the day."),
        widget=_PHONE,
    )
    language = forms.ChoiceField(
        label=_("Language of our emails to you"), choices=settings.LANGUAGES
    )
    mark_optional = True

    def details(self) -> PersonDetails:
        return PersonDetails(**self.cleaned_data)


class OrganisationForm(forms.ModelForm):
    """Checks what an organisation says of itself; a service saves it."""

    class Meta:
        model = Organisation
        fields = [
            "name",
            "kind",
            "is_incorporated",
            "charity_number",
            "company_number",
            "email",
            "phone",
            "website",
        ]
        labels = {
            "name": _("Name of the group"),
            "kind": _("What kind of group is it?"),
            "is_incorporated": _("We are a company, a charitable company or a co-operative"),
            "email": _("Email address"),
            "charity_number": _("Charity number"),
            "company_number": _("Company number"),
            "phone": _("Phone"),
        }
        help_texts = {
            "is_incorporated": _(
                "Most clubs are none of these. Then a named adult signs for the group: "
                "leave the box empty."
            ),
            "charity_number": _("For example 1123456 or SC012345."),
            "company_number": _("8 characters, for example 01234567."),
        }
        widgets = {
            "charity_number": forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            "company_number": forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            "phone": _PHONE,
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    mark_optional = True
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        help_text=_("For example https://www.example.org"),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [
            ("", _("Choose")),
            *Organisation.Kind.choices,
        ]

    def details(self) -> OrganisationDetails:
        names = OrganisationDetails.__dataclass_fields__
        return OrganisationDetails(**{name: self.cleaned_data[name] for name in names})


class NewOrganisationForm(OrganisationForm):
    """Also asks where; an installation with one council does not ask."""

    council = forms.ModelChoiceField(
        Council.objects.all(),
        label=_("Which council area are you in?"),
        empty_label=_("Choose"),
    )
    field_order = ["name", "kind", "council"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = list(Council.objects.all()[:2])
        if len(councils) == 1:
            self.fields["council"].widget = forms.HiddenInput()
            self.fields["council"].initial = councils[0]


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=[
            (Membership.Role.OWNER, _("Owner: book, pay, and change the group and its members")),
            (Membership.Role.BOOKER, _("Booker: book for the group")),
            (Membership.Role.TREASURER, _("Treasurer: see what there is to pay")),
        ],
        widget=forms.RadioSelect,
    )


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("Their email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["email", "role"]


class CloseAccountForm(forms.Form):
    """Their own address, typed, so that nobody closes an account by accident."""

    email = forms.CharField(
        label=_("To be sure, type the email address of this account"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if typed.strip().lower() != self.user.email.lower():
            message = _("That is not the email address of this account")
            raise ValidationError(message)
        return typed
