"""What somebody says of a list of venues: the file, where it belongs, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from spaces.importing.columns import choices
from spaces.importing.sniffing import MOST_BYTES
from spaces.importing.table import Table
from spaces.importing.vocabulary import Target
from spaces.services.imports import Columns

_EXAMPLES = 3


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The list, as a CSV file"),
        help_text=_("From a spreadsheet: choose “Save as”, then “CSV UTF-8”. Up to 20 megabytes."),
        allow_empty_file=True,
        max_length=200,
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["belongs_to"] = field = forms.ChoiceField(
            label=_("Who runs these places?"),
            help_text=_("Where you do not know, choose the council. You can change it later."),
            choices=list(places),
        )
        if len(places) == 1:
            field.widget = forms.HiddenInput()
            field.initial = places[0][0]

    def clean_file(self) -> UploadedFile:
        found: UploadedFile = self.cleaned_data["file"]
        if found.size and found.size > MOST_BYTES:
            message = _("The file is too big: it may have up to 20 megabytes. Split it.")
            raise ValidationError(message)
        return found


class ColumnsForm(forms.Form):
    """One choice for each column of the list, with what stands in its first rows."""

    only_authority = forms.CharField(
        label=_("Only the rows of one council"),
        required=False,
        max_length=150,
        help_text=_("For a list of many councils: its name as the list writes it."),
    )
    label = forms.CharField(
        label=_("Keep these columns under a name"),
        required=False,
        max_length=100,
        help_text=_("The next list with the same columns is then read the same way."),
    )

    def __init__(self, *args: Any, table: Table, mapping: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = {f"column_{at}": name for at, name in enumerate(table.columns)}
        offered = choices()
        for field, name in self.columns.items():
            self.fields[field] = forms.ChoiceField(
                label=name,
                choices=offered,
                required=False,
                initial=mapping.get(name, ""),
                help_text=_examples(table, name),
            )
        if Target.AUTHORITY not in mapping.values():
            self.fields["only_authority"].widget = forms.HiddenInput()
        self.order_fields([*self.columns, "only_authority", "label"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and Target.NAME not in {found.get(one) for one in self.columns}:
            message = _("Say which column holds the names of the places.")
            self.add_error(next(iter(self.columns)), message)
        return found

    def confirmed(self) -> Columns:
        """What was said, for the service."""
        data = self.cleaned_data
        return Columns(
            mapping={name: data[field] for field, name in self.columns.items()},
            only_authority=data["only_authority"],
            label=data["label"],
        )


def _examples(table: Table, name: str) -> str:
    found = dict.fromkeys(
        " ".join(row.cells.get(name, "").split())[:40]
        for row in table.rows[:50]
        if row.cells.get(name, "").strip()
    )
    return "; ".join(list(found)[:_EXAMPLES])
