"""What somebody says of a calendar: whose it is, and the file or the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.calendars.read import LARGEST_OF_A_PAGE
from spaces.models import Space
from spaces.services.calendars import UPLOADED


class _SpaceForm(forms.Form):
    def __init__(self, *args: Any, spaces: QuerySet[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"] = forms.ModelChoiceField(
            label=_("Which space is it about?"), queryset=spaces, empty_label=None
        )
        self.order_fields(["space"])


class UploadForm(_SpaceForm):
    name = forms.CharField(
        label=_("What is this calendar?"),
        help_text=_("A file with the same name as an earlier one takes its place."),
        max_length=100,
        initial=UPLOADED,
    )
    file = forms.FileField(
        label=_("The calendar, as an .ics file"),
        help_text=_("Up to 10 megabytes."),
        allow_empty_file=True,
        max_length=200,
    )

    def clean_file(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["file"]
        if found.size and found.size > LARGEST_OF_A_PAGE:
            raise ValidationError(
                _("The file is too big: it may have up to 10 megabytes. Leave old years out.")
            )
        return found


class SubscribeForm(_SpaceForm):
    address = forms.CharField(
        label=_("Address of the calendar"),
        help_text=_(
            "It begins with https:// or webcal:// and often ends in .ics."
            " We keep it to ourselves and look there every hour."
        ),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("What is this calendar? (you may leave this empty)"), max_length=100, required=False
    )
